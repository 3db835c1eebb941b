DELETE FROM patients WHERE id = :#CamelCliniceaRecordId
