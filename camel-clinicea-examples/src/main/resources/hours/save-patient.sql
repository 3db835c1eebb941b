MERGE INTO patient p
USING (VALUES (CAST(:#PatientID AS VARCHAR(64)), CAST(:#FirstName AS VARCHAR(100)),
               CAST(:#LastName AS VARCHAR(100)), CAST(:#ModifiedDatetime AS VARCHAR(40))))
      n (id, first_name, last_name, modified)
ON p.id = n.id
-- An older version never replaces a newer one.
WHEN MATCHED AND (p.modified IS NULL OR p.modified <= n.modified)
    THEN UPDATE SET first_name = n.first_name, last_name = n.last_name, modified = n.modified
WHEN NOT MATCHED
    THEN INSERT (id, first_name, last_name, modified) VALUES (n.id, n.first_name, n.last_name, n.modified)
