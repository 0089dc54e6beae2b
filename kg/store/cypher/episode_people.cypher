// Persons who took part in episodes, and the actors that they represented there.
// Parameters: none. Columns: episode, id, represents.
MATCH (p:Person)-[r:PARTICIPATED_IN]->(e:Episode)
RETURN e.id AS episode, p.id AS id, r.represents AS represents
ORDER BY episode, id, represents
