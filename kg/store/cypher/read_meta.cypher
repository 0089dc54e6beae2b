// The facts of the last build.
// parameters: none
// columns: props
MATCH (b:PrecedentBuild {id: 'build'})
RETURN properties(b) AS props
