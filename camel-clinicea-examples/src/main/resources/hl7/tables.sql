-- What the receiver has acknowledged, one row for each record.
CREATE TABLE IF NOT EXISTS hl7_sent (
    resource   VARCHAR(20) NOT NULL,
    record_id  VARCHAR(100) NOT NULL,
    -- The event of the last message, such as A04 or S13.
    event      VARCHAR(3) NOT NULL,
    -- The record's version in it. Set it to '' to have the version sent again by the next emission.
    version    VARCHAR(64) NOT NULL,
    -- The number of acknowledged messages.
    messages   BIGINT NOT NULL,
    start_at   VARCHAR(40),
    end_at     VARCHAR(40),
    patient_id VARCHAR(100),
    PRIMARY KEY (resource, record_id)
);

-- Messages without a response: on their way, or perhaps received. They are repeated as they are.
CREATE TABLE IF NOT EXISTS hl7_pending (
    resource   VARCHAR(20) NOT NULL,
    record_id  VARCHAR(100) NOT NULL,
    event      VARCHAR(3) NOT NULL,
    version    VARCHAR(64) NOT NULL,
    control_id VARCHAR(20) NOT NULL,
    start_at   VARCHAR(40),
    end_at     VARCHAR(40),
    patient_id VARCHAR(100),
    -- The message itself. It has a patient's data, and is gone with the response.
    message    VARCHAR NOT NULL,
    since      TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (resource, record_id)
);

-- Documents of results. Without a document_id, an upload was begun and its end is not known.
CREATE TABLE IF NOT EXISTS hl7_received (
    sender      VARCHAR(500) NOT NULL,
    control_id  VARCHAR(200) NOT NULL,
    part        INT NOT NULL,
    -- A hash of the patient's identifiers and of all documents of the message.
    digest      VARCHAR(64) NOT NULL,
    document_id VARCHAR(100),
    since       TIMESTAMP NOT NULL DEFAULT CURRENT_TIMESTAMP,
    PRIMARY KEY (sender, control_id, part)
);
