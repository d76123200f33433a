-- Officers: decisions as they were made, conduct, and stops of the service.

-- The three conditions of article 1. A decision is never overwritten: the latest one counts.
CREATE TABLE condition_decisions (
    id           $id,
    application  BIGINT  NOT NULL REFERENCES applications (id),
    condition    TEXT    NOT NULL,
    met          BOOLEAN NOT NULL,
    officer      BIGINT  NOT NULL REFERENCES staff (id),
    decided_at   BIGINT  NOT NULL
);
CREATE INDEX condition_decisions_of ON condition_decisions (application);
INSERT INTO condition_decisions (application, condition, met, officer, decided_at)
    SELECT application, condition, met, officer, decided_at FROM decisions
    ORDER BY decided_at;
DROP TABLE decisions;

-- What looked like a breach (article 8). `sealed`: facts and where the evidence is.
CREATE TABLE incidents (
    id           $id,
    office       BIGINT  NOT NULL REFERENCES offices (id),
    application  BIGINT  NOT NULL REFERENCES applications (id),
    item         TEXT    NOT NULL,
    clause       TEXT,
    at           BIGINT  NOT NULL,
    recorded_at  BIGINT  NOT NULL,
    reporter     BIGINT  NOT NULL REFERENCES staff (id),
    ended_it     BOOLEAN NOT NULL,
    sealed       $bytes  NOT NULL
);
CREATE INDEX incidents_of ON incidents (application);
CREATE INDEX incidents_in ON incidents (office, recorded_at);

-- Whether it was one. A decision is never overwritten: the latest one counts.
CREATE TABLE incident_decisions (
    id          $id,
    incident    BIGINT  NOT NULL REFERENCES incidents (id),
    breach      BOOLEAN NOT NULL,
    officer     BIGINT  NOT NULL REFERENCES staff (id),
    decided_at  BIGINT  NOT NULL,
    sealed      $bytes  NOT NULL
);
CREATE INDEX incident_decisions_of ON incident_decisions (incident);

-- Later applications are declined for a time (article 2(4)).
CREATE TABLE use_declinings (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    application    BIGINT NOT NULL REFERENCES applications (id),
    number_digest  TEXT   NOT NULL,
    from_day       TEXT   NOT NULL,
    review_day     TEXT   NOT NULL,
    deemed         BIGINT NOT NULL,
    officer        BIGINT NOT NULL REFERENCES staff (id),
    decided_at     BIGINT NOT NULL,
    sealed         $bytes NOT NULL,
    lifted_at      BIGINT,
    lifted_by      BIGINT REFERENCES staff (id),
    sealed_lift    $bytes
);
CREATE INDEX use_declinings_by_number ON use_declinings (office, number_digest);

-- A person's use is ended (article 10(2)). Where the office wants two officers, it holds from
-- `confirmed_at` on.
CREATE TABLE use_endings (
    id             $id,
    office         BIGINT  NOT NULL REFERENCES offices (id),
    application    BIGINT  NOT NULL REFERENCES applications (id),
    incident       BIGINT  NOT NULL REFERENCES incidents (id),
    number_digest  TEXT    NOT NULL,
    name_digest    TEXT    NOT NULL,
    clause         TEXT    NOT NULL,
    review_day     TEXT    NOT NULL,
    tells          BOOLEAN NOT NULL,
    officer        BIGINT  NOT NULL REFERENCES staff (id),
    decided_at     BIGINT  NOT NULL,
    confirmed_by   BIGINT  REFERENCES staff (id),
    confirmed_at   BIGINT,
    sealed         $bytes  NOT NULL,
    lifted_at      BIGINT,
    lifted_by      BIGINT  REFERENCES staff (id),
    sealed_lift    $bytes
);
CREATE INDEX use_endings_by_number ON use_endings (office, number_digest);

-- A function of the service is stopped (article 10(1)); without an office: in all of them.
CREATE TABLE stops (
    id          $id,
    office      BIGINT REFERENCES offices (id),
    function    TEXT   NOT NULL,
    cause       TEXT   NOT NULL,
    note        TEXT   NOT NULL,
    from_at     BIGINT NOT NULL,
    until_at    BIGINT,
    made_by     BIGINT REFERENCES staff (id),
    made_at     BIGINT NOT NULL,
    lifted_at   BIGINT,
    lifted_by   BIGINT REFERENCES staff (id),
    lift_note   TEXT
);
CREATE INDEX stops_of ON stops (office, from_at);
