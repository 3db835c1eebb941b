MERGE INTO patients (id, full_name, city, modified) KEY (id)
VALUES (:#CamelCliniceaRecordId, :#FullName, :#City, :#CamelCliniceaModified)
