CREATE TABLE IF NOT EXISTS patient (
    id         VARCHAR(64) PRIMARY KEY,
    first_name VARCHAR(100),
    last_name  VARCHAR(100),
    -- The stamp of the stored version, as sent.
    modified   VARCHAR(40)
);

-- The list of all patients, as the last check read it. A record may be on it twice.
CREATE TABLE IF NOT EXISTS listed (
    id       VARCHAR(64) NOT NULL,
    status   VARCHAR(20),
    modified VARCHAR(40)
);
CREATE INDEX IF NOT EXISTS listed_by_id ON listed (id);

-- Patients that are only on the list, only in the database, or in both with different stamps.
CREATE OR REPLACE VIEW unequal AS
    SELECT l.id FROM listed l
    WHERE l.status <> 'Deleted'
      AND NOT EXISTS (SELECT 1 FROM patient p WHERE p.id = l.id AND p.modified IS NOT DISTINCT FROM l.modified)
    UNION
    SELECT p.id FROM patient p
    WHERE NOT EXISTS (SELECT 1 FROM listed l WHERE l.id = p.id AND l.status <> 'Deleted');
