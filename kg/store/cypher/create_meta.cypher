// Write down the facts of a build where none are yet.
// parameters: props (map)
// columns: none
OPTIONAL MATCH (old:PrecedentBuild {id: 'build'})
WITH old
WHERE old IS NULL
CREATE (b:PrecedentBuild)
SET b = $props
