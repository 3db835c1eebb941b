-- The look-up, kept fresh by the patients feed.
CREATE TABLE IF NOT EXISTS patients (
    id        text PRIMARY KEY,
    name      text,
    language  text,
    -- Null if there is none that can be used.
    mail      text,
    -- Digits with the country code.
    mobile    text,
    no_mail   boolean NOT NULL,
    no_mobile boolean NOT NULL,
    active    boolean NOT NULL
);

CREATE TABLE IF NOT EXISTS appointments (
    id         text PRIMARY KEY,
    patient_id text,
    start_at   timestamptz,
    end_at     timestamptz,
    clinic     text,
    -- False if it is cancelled or deleted, or the patient did not come.
    open       boolean NOT NULL,
    -- Grows with each change that a calendar shows.
    sequence   int NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS appointments_of_patient ON appointments (patient_id);

CREATE TABLE IF NOT EXISTS reminders (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    appointment_id text NOT NULL,
    start_at       timestamptz NOT NULL,
    kind           text NOT NULL,
    due_at         timestamptz NOT NULL,
    send_before    timestamptz NOT NULL,
    state          text NOT NULL DEFAULT 'due'
        CHECK (state IN ('due', 'withdrawn', 'sending', 'sent', 'refused', 'unknown')),
    channel        text,
    tries          int NOT NULL DEFAULT 0,
    retry_at       timestamptz,
    claimed_at     timestamptz,
    ended_at       timestamptz,
    UNIQUE (appointment_id, start_at, kind)
);
CREATE INDEX IF NOT EXISTS reminders_due ON reminders (due_at) WHERE state = 'due';

-- For the desk: nobody knows whether these were sent. The time-outs end each request within five minutes, so a line that
-- is older and still 'sending' belongs to a process that has ended.
CREATE OR REPLACE VIEW reminders_unknown AS
    SELECT id, appointment_id, start_at, kind, channel, claimed_at
    FROM reminders
    WHERE state = 'unknown' OR state = 'sending' AND claimed_at < now() - interval '5 minutes';

-- For the desk: what is due and cannot be sent, and what was refused, with the reason.
CREATE OR REPLACE VIEW reminders_stuck AS
    SELECT r.id, r.appointment_id, r.start_at, r.kind, r.due_at,
           CASE WHEN r.state = 'refused' THEN 'refused ' || r.tries || ' times by ' || r.channel
                WHEN now() >= r.send_before THEN 'too late'
                WHEN p.id IS NULL THEN 'the patient is not in the table patients'
                WHEN NOT p.active THEN 'the patient is inactive'
                WHEN (p.mail IS NULL OR p.no_mail) AND (p.mobile IS NULL OR p.no_mobile)
                    THEN 'no address, or the patient wants no message'
                WHEN r.retry_at > now() THEN 'refused, and tried again'
                ELSE 'waits for a feed, quiet hours, the rate, or a channel' END AS reason
    FROM reminders r
    JOIN appointments a ON a.id = r.appointment_id AND a.start_at = r.start_at AND a.open
    LEFT JOIN patients p ON p.id = a.patient_id
    WHERE r.state = 'refused' OR r.state = 'due' AND r.due_at < now();
