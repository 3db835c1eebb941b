INSERT INTO patient (id, first_name, status, times_saved)
VALUES (:#CamelCliniceaRecordId, :#FirstName, :#CamelCliniceaDataStatus, 1)
ON CONFLICT (id) DO UPDATE SET
  first_name = EXCLUDED.first_name, status = EXCLUDED.status, times_saved = patient.times_saved + 1
