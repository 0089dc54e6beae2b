// Analogies that somebody drew with an episode, as precedent or as situation.
// Parameters: id (of the episode). Columns: props, part, drawn_by, drawn_by_id.
MATCH (u:AnalogyUse)-[r]->(e:Episode {id: $id})
WHERE type(r) IN ['PRECEDENT', 'SITUATION']
MATCH (u)-[:DRAWN_BY]->(a:Actor)
RETURN properties(u) AS props, type(r) AS part, a.name AS drawn_by, a.id AS drawn_by_id
ORDER BY u.earliest, u.id
