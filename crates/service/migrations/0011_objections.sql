-- Objections, sessions that are moved because of a stop, and the tool maker's terms as they were
-- shown.

-- A session that was to be moved because of a stop (article 10(1)): to where, or why it was not.
-- A try is never overwritten: the latest one counts.
CREATE TABLE stop_moves (
    id           $id,
    stop         BIGINT NOT NULL REFERENCES stops (id),
    application  BIGINT NOT NULL REFERENCES applications (id),
    tried_at     BIGINT NOT NULL,
    officer      BIGINT NOT NULL REFERENCES staff (id),
    to_at        BIGINT,
    why_not      TEXT
);
CREATE INDEX stop_moves_of ON stop_moves (stop, application);
CREATE INDEX stop_moves_about ON stop_moves (application);

-- Somebody objects to a decision on their use (articles 2(4), 10(2)). `decision` is a number of
-- `use_declinings` or `use_endings`, as `against` says. `sealed`: what the objection says.
CREATE TABLE objections (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    application    BIGINT NOT NULL REFERENCES applications (id),
    against        TEXT   NOT NULL,
    decision       BIGINT NOT NULL,
    number_digest  TEXT   NOT NULL,
    way            TEXT   NOT NULL,
    received_at    BIGINT NOT NULL,
    recorded_at    BIGINT NOT NULL,
    received_by    BIGINT REFERENCES staff (id),
    sealed         $bytes NOT NULL
);
CREATE INDEX objections_by_number ON objections (office, number_digest);
CREATE INDEX objections_of ON objections (application);

-- What a manager answered, once. `until_day`: the new day of review of a decision that was changed.
CREATE TABLE objection_answers (
    id          $id,
    objection   BIGINT NOT NULL UNIQUE REFERENCES objections (id),
    answer      TEXT   NOT NULL,
    until_day   TEXT,
    officer     BIGINT NOT NULL REFERENCES staff (id),
    decided_at  BIGINT NOT NULL,
    sealed      $bytes NOT NULL
);

-- The tool maker's terms that were shown where the person agreed (article 5(3)).
ALTER TABLE consents ADD COLUMN tool_terms TEXT;
ALTER TABLE consents ADD COLUMN tool_terms_as_of TEXT;
