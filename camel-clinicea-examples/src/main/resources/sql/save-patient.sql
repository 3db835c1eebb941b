MERGE INTO patient (id, first_name, last_name) KEY (id) VALUES (:#PatientID, :#FirstName, :#LastName)
