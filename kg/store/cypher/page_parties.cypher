// Collective parties of some episodes, each once.
// Parameters: ids (of episodes). Columns: episode, id, name.
MATCH (a:Actor)-[r:PARTICIPATED_IN]->(e:Episode)
WHERE e.id IN $ids AND a.type <> 'Person'
RETURN DISTINCT e.id AS episode, a.id AS id, a.name AS name, a.short AS short
ORDER BY episode, name
