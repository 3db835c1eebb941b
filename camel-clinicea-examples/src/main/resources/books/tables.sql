-- The clinic's bills and payments as they are now. Only the syncs write here, except the column unposted.
CREATE TABLE books_bill (
    id            VARCHAR PRIMARY KEY,
    number        VARCHAR,
    party         VARCHAR,
    dated         DATE,
    amount        NUMERIC,
    tax           NUMERIC,
    -- Also for a document of a day before books.begin.
    cancelled     BOOLEAN NOT NULL DEFAULT FALSE,
    -- When the bill was changed and deleted, by the clinic. Not exact: in an hour that clocks repeat or skip.
    stamp         TIMESTAMPTZ,
    stamp_exact   BOOLEAN,
    deleted       BOOLEAN NOT NULL DEFAULT FALSE,
    deleted_stamp TIMESTAMPTZ,
    deleted_exact BOOLEAN,
    unposted      BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE INDEX books_bill_unposted ON books_bill (id) WHERE unposted;

CREATE TABLE books_payment (
    id            VARCHAR PRIMARY KEY,
    number        VARCHAR,
    party         VARCHAR,
    dated         DATE,
    amount        NUMERIC,
    mode          VARCHAR,
    -- The bill that is paid, which may come later. Null for an advance.
    bill          VARCHAR,
    cancelled     BOOLEAN NOT NULL DEFAULT FALSE,
    stamp         TIMESTAMPTZ,
    stamp_exact   BOOLEAN,
    deleted       BOOLEAN NOT NULL DEFAULT FALSE,
    unposted      BOOLEAN NOT NULL DEFAULT TRUE
);
CREATE INDEX books_payment_unposted ON books_payment (id) WHERE unposted;

-- Bills and payments in one shape, and whether they count: a document that does not has no voucher that stands.
CREATE VIEW books_document AS
    SELECT 'bill' AS kind, id, number, party, dated, amount, tax, NULL AS mode, id AS bill, unposted,
           amount IS NOT NULL AND amount <> 0 AND NOT cancelled
               -- Changed after its deletion: it was restored.
               AND (NOT deleted OR (deleted_stamp < stamp AND deleted_exact AND stamp_exact) IS TRUE) AS counts
    FROM books_bill
    UNION ALL
    SELECT 'payment', id, number, party, dated, amount, 0, mode, bill, unposted,
           amount IS NOT NULL AND amount <> 0 AND NOT cancelled AND NOT deleted
    FROM books_payment;

-- The last number of each series, and the last entry in series ''. The row is locked until the voucher is committed, so
-- that a number is neither missing nor used twice.
CREATE TABLE books_counter (
    series VARCHAR PRIMARY KEY,
    last   BIGINT NOT NULL
);

-- The ledger. A trigger refuses to change or delete what is here.
CREATE TABLE books_voucher (
    -- The order of all vouchers, from 1 without gaps.
    entry         BIGINT PRIMARY KEY,
    number        VARCHAR NOT NULL UNIQUE,
    -- The id that the sink knows the voucher by. No other voucher ever has it, not even after a restore of a backup.
    uid           UUID NOT NULL UNIQUE DEFAULT gen_random_uuid(),
    kind          VARCHAR NOT NULL,
    document      VARCHAR NOT NULL,
    -- The voucher that this one takes back. A voucher is taken back once at most.
    reverses      BIGINT UNIQUE REFERENCES books_voucher,
    dated         DATE NOT NULL,
    narration     VARCHAR NOT NULL,
    -- The document as it was posted.
    document_date DATE NOT NULL,
    party         VARCHAR,
    amount        NUMERIC NOT NULL,
    tax           NUMERIC NOT NULL,
    mode          VARCHAR,
    bill          VARCHAR,
    posted        TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX books_voucher_document ON books_voucher (kind, document);
CREATE INDEX books_voucher_bill ON books_voucher (bill);

-- Line 1 has the amount of the document: what the patient owes, or the money that came.
CREATE TABLE books_line (
    entry   BIGINT NOT NULL REFERENCES books_voucher,
    line    INT NOT NULL,
    account VARCHAR NOT NULL,
    debit   NUMERIC NOT NULL CHECK (debit >= 0),
    credit  NUMERIC NOT NULL CHECK (credit >= 0),
    PRIMARY KEY (entry, line),
    CHECK ((debit = 0) <> (credit = 0))
);

-- Names or ids that accounts have in the sink, where they differ. An operator may change them at any time.
CREATE TABLE books_account (
    account      VARCHAR PRIMARY KEY,
    name_in_sink VARCHAR NOT NULL
);

CREATE FUNCTION books_refuse() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a voucher with a number is never changed or deleted';
END $$;
CREATE TRIGGER books_voucher_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON books_voucher
    EXECUTE FUNCTION books_refuse();
CREATE TRIGGER books_line_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON books_line
    EXECUTE FUNCTION books_refuse();

CREATE FUNCTION books_balance() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    IF (SELECT SUM(debit) IS DISTINCT FROM SUM(credit) FROM books_line WHERE entry = NEW.entry) THEN
        RAISE EXCEPTION 'the debits and credits of entry % differ', NEW.entry;
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER books_line_balances AFTER INSERT ON books_line DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION books_balance();
CREATE CONSTRAINT TRIGGER books_voucher_balances AFTER INSERT ON books_voucher DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION books_balance();

-- What became of each voucher at the sink.
CREATE TABLE books_outbox (
    entry     BIGINT PRIMARY KEY REFERENCES books_voucher,
    state     VARCHAR NOT NULL DEFAULT 'WAITING' CHECK (state IN ('WAITING', 'CONFIRMED', 'REFUSED')),
    attempts  INT NOT NULL DEFAULT 0,
    -- Of these, how many got a response like 500 or HTML.
    failures  INT NOT NULL DEFAULT 0,
    -- Set before a send, and removed if the sink has certainly not taken the voucher. The outcome is unknown meanwhile.
    sent      TIMESTAMPTZ,
    -- Why the sink has refused the voucher, in its words.
    reason    VARCHAR,
    changed   TIMESTAMPTZ NOT NULL DEFAULT now()
);
CREATE INDEX books_outbox_waiting ON books_outbox (entry) WHERE state = 'WAITING';
CREATE INDEX books_outbox_refused ON books_outbox (entry) WHERE state = 'REFUSED';

-- One row. A node locks it while it sends, so that vouchers go in the order of their numbers from any number of nodes.
CREATE TABLE books_sink (
    paused_until TIMESTAMPTZ NOT NULL DEFAULT '-infinity',
    reason       VARCHAR
);
INSERT INTO books_sink DEFAULT VALUES;

-- Vouchers behind a refused one of the same bill, payment or receipt wait for it. The others do not.
CREATE VIEW books_waiting AS
    SELECT v.entry, v.number, v.kind, v.document, o.attempts, o.sent,
           (SELECT MIN(e.number) FROM books_outbox r JOIN books_voucher e ON e.entry = r.entry
            WHERE r.state = 'REFUSED' AND r.entry < v.entry
              AND (e.bill = v.bill OR (e.kind = v.kind AND e.document = v.document))) AS behind
    FROM books_outbox o JOIN books_voucher v ON v.entry = o.entry
    WHERE o.state = 'WAITING';

CREATE VIEW books_due AS
    SELECT entry FROM books_waiting
    WHERE behind IS NULL AND NOT EXISTS (SELECT 1 FROM books_sink WHERE paused_until > now());

CREATE VIEW books_refused AS
    SELECT v.entry, v.number, v.kind, v.document, o.attempts, o.reason, o.changed AS since
    FROM books_outbox o JOIN books_voucher v ON v.entry = o.entry
    WHERE o.state = 'REFUSED';

-- The sums of the clinic, of the ledger, and of what the sink has confirmed. They agree once nothing is unposted,
-- waiting or refused.
CREATE VIEW books_agreement AS
    SELECT kind,
           (SELECT COALESCE(SUM(amount), 0) FROM books_document d WHERE d.kind = k.kind AND counts) AS clinic,
           (SELECT COALESCE(SUM(debit - credit), 0) FROM books_line JOIN books_voucher v USING (entry)
            WHERE v.kind = k.kind AND line = 1) AS ledger,
           (SELECT COALESCE(SUM(debit - credit), 0) FROM books_line JOIN books_voucher v USING (entry)
                JOIN books_outbox o USING (entry)
            WHERE v.kind = k.kind AND line = 1 AND o.state = 'CONFIRMED') AS confirmed,
           (SELECT COUNT(*) FROM books_document d WHERE d.kind = k.kind AND unposted) AS unposted,
           (SELECT COUNT(*) FROM books_waiting w WHERE w.kind = k.kind) AS waiting,
           (SELECT COUNT(*) FROM books_refused r WHERE r.kind = k.kind) AS refused
    FROM (VALUES ('bill'), ('payment')) k (kind);
