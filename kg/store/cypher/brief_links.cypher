// What a brief needs of the relationships that leave the records of some episodes: what led to what, who acted, owed,
// judged, held and read, what a claim is about and which it disputes, and where in a source a statement stands. Citations without a place are in the property sources.
// Parameters: ids (of the episodes). Columns: record, type, source, target, name (of the far end), how, locator.
MATCH (n:Entity)-[r:LED_TO|BY|OWED_BY|OWED_TO|HELD_BY|HAS_ASSESSMENT|HAS_RESPONSE|READ_BY|CONCERNS|DISPUTES|CITES]->(m:Entity)
WHERE n.record IN $ids AND (type(r) <> 'CITES' OR r.locator IS NOT NULL)
RETURN n.record AS record, type(r) AS type, n.id AS source, m.id AS target, m.name AS name, r.how AS how,
       r.locator AS locator
ORDER BY source, type, target
