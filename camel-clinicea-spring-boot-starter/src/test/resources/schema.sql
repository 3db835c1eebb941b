CREATE TABLE IF NOT EXISTS patient (
  id VARCHAR(40) PRIMARY KEY,
  first_name VARCHAR(100),
  status VARCHAR(20),
  times_saved INTEGER NOT NULL
);
