CREATE TABLE IF NOT EXISTS patients (
    id VARCHAR(64) PRIMARY KEY,
    full_name VARCHAR(200),
    city VARCHAR(100),
    modified VARCHAR(40)
);
