// Delete the nodes of Precedent whose vectors belong to an index that is about to change its dimensions.
// __LABEL__: the label of the index.
// parameters: none
// columns: none
MATCH (n:__LABEL__)
WHERE n._hash IS NOT NULL
DETACH DELETE n
