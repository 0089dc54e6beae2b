// The vectors that the graph holds, so that a build encodes only texts that are new.
// Parameters: none. Columns: hash (of the text), model, embedding.
MATCH (p:Passage)
RETURN p.content_hash AS hash, p.model AS model, p.embedding AS embedding
