// Replace the facts of the last build.
// parameters: props (map)
// columns: none
MATCH (b:PrecedentBuild {id: 'build'})
SET b = $props
