// Every source, with the number of records that cite it.
// Parameters: none. Columns: props, records.
MATCH (s:Source)
OPTIONAL MATCH (n:Entity)-[:CITES]->(s)
WITH s, count(DISTINCT n.record) AS records
RETURN properties(s) AS props, records
ORDER BY s.id
