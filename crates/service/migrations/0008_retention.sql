-- Retention: what may be deleted is listed, approved by another, deleted, and certified.

-- A batch of one class of records, as of the day on which it was listed. Its number is drawn when it
-- is approved; `digest` is over the marks of all that was deleted, so that the certificate can be
-- checked and names nobody.
CREATE TABLE retention_batches (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    class          TEXT   NOT NULL,
    as_of          TEXT   NOT NULL,
    months         BIGINT NOT NULL,
    listed_by      BIGINT NOT NULL REFERENCES staff (id),
    listed_at      BIGINT NOT NULL,
    decided_by     BIGINT REFERENCES staff (id),
    decided_at     BIGINT,
    approved       BOOLEAN,
    sealed_reason  $bytes,
    year           BIGINT,
    serial         BIGINT,
    deleted        BIGINT NOT NULL,
    -- How many were kept back, as the certificate says it: what is in the list may go later.
    kept           BIGINT,
    finished_at    BIGINT,
    digest         TEXT
);
CREATE INDEX retention_batches_of ON retention_batches (office, listed_at);

-- What stands in a batch: the number of a record in the table of its class. One that was deleted is
-- deleted here too. `keeper`: why it is kept back; `is_left`: found only when the batch was carried out.
CREATE TABLE retention_items (
    batch      BIGINT  NOT NULL REFERENCES retention_batches (id),
    subject    BIGINT  NOT NULL,
    closed_on  TEXT    NOT NULL,
    keeper     TEXT,
    is_left    BOOLEAN NOT NULL,
    PRIMARY KEY (batch, subject)
);
CREATE INDEX retention_items_of ON retention_items (subject);

-- That a record was deleted: the mark of its number, under which certificate. An older copy of the store
-- lacks some; they are read from the file beside the keys.
CREATE TABLE retention_tombstones (
    office      BIGINT NOT NULL REFERENCES offices (id),
    class       TEXT   NOT NULL,
    year        BIGINT NOT NULL,
    serial      BIGINT NOT NULL,
    over_before TEXT   NOT NULL,
    mark        TEXT   NOT NULL,
    deleted_at  BIGINT NOT NULL,
    PRIMARY KEY (office, year, serial, mark)
);
CREATE INDEX retention_tombstones_by_mark ON retention_tombstones (mark);

-- What the statistics count of a session that was deleted: no person, no receipt, and times no finer than
-- the figures show.
CREATE TABLE session_counts (
    office       BIGINT NOT NULL REFERENCES offices (id),
    start_at     BIGINT NOT NULL,
    minutes      BIGINT NOT NULL,
    standing     TEXT   NOT NULL,
    kind         TEXT   NOT NULL,
    received_at  BIGINT NOT NULL,
    answered_at  BIGINT
);
CREATE INDEX session_counts_of ON session_counts (office, start_at);
