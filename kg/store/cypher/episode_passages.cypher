// Episodes with their passages, as the search reads them.
// Parameters: none. Columns: id, name, date, latest, passages (maps of id, kind, text, model, embedding,
// situation_model, situation_embedding: null where it has none).
MATCH (p:Passage)-[:PASSAGE_OF]->(e:Episode)
WITH e, collect({id: p.id, kind: p.kind, text: p.text, model: p.model, embedding: p.embedding,
                situation_model: p.situation_model, situation_embedding: p.situation_embedding}) AS passages
RETURN e.id AS id, e.name AS name, e.date AS date, e.latest AS latest, passages
ORDER BY id
