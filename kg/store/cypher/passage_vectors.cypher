// The vectors that the graph holds, so that a build encodes only texts that are new.
// Parameters: none. Columns: hash (of the text), model, embedding, situation_model, situation_embedding (null where it has none).
MATCH (p:Passage)
RETURN p.content_hash AS hash, p.model AS model, p.embedding AS embedding,
       p.situation_model AS situation_model, p.situation_embedding AS situation_embedding
