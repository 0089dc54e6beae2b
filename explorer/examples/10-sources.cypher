// Primary sources by the number of statements that rest on them
MATCH (n:Entity)-[:CITES]->(s:PrimarySource)
RETURN s.name AS source, count(n) AS statements
ORDER BY statements DESC, source
LIMIT 20
