// Analogies that somebody drew, with those who drew them and the episodes they link.
// Parameters: none. Columns: props, drawn_by (names), precedent, precedent_name, situation, situation_name.
MATCH (u:AnalogyUse)
OPTIONAL MATCH (u)-[:DRAWN_BY]->(a:Actor)
OPTIONAL MATCH (u)-[:PRECEDENT]->(p:Episode)
OPTIONAL MATCH (u)-[:SITUATION]->(s:Episode)
WITH u, p, s, collect(DISTINCT a.name) AS drawn_by
RETURN properties(u) AS props, drawn_by, p.id AS precedent, p.name AS precedent_name,
       s.id AS situation, s.name AS situation_name
ORDER BY u.earliest, u.id
