// All episodes, by date.
// Parameters: none. Columns: id, name, type, date, earliest_year, latest_year, summary.
MATCH (e:Episode)
RETURN e.id AS id, e.name AS name, e.type AS type, e.date AS date, e.earliest_year AS earliest_year,
       e.latest_year AS latest_year, e.summary AS summary
ORDER BY e.earliest, e.id
