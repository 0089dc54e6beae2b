// Texts of the situations in which analogies were drawn, as the search reads them.
// Parameters: none. Columns: analogy (id), passage (id), kind, ordinal, text, model, embedding,
// situation_model and situation_embedding (null where it has none).
MATCH (p:Passage)-[:PASSAGE_OF]->(u:AnalogyUse)
RETURN u.id AS analogy, p.id AS passage, p.kind AS kind, p.ordinal AS ordinal, p.text AS text, p.model AS model,
       p.embedding AS embedding, p.situation_model AS situation_model, p.situation_embedding AS situation_embedding
ORDER BY analogy, kind, ordinal
