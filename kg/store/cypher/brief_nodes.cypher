// Records of some episodes with all their parts.
// Parameters: ids (of the episodes). Columns: props.
MATCH (n:Entity)
WHERE n.record IN $ids
RETURN properties(n) AS props
ORDER BY n.id
