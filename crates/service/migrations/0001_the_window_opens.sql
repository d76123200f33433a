-- The window opens: offices, staff, applications, appointments, and what they owe.
--
-- `$id` and `$bytes` stand for the engine's own words (see src/store/migrations.rs).
-- Instants are Unix milliseconds in UTC, days are ISO texts in Asia/Tokyo.
-- A column named `sealed…` is encrypted; `…_digest` is a keyed digest.

-- Which keys this store's data were sealed with: so that a lost key file is noticed at start and
-- not replaced by a new one in silence.
CREATE TABLE keys_in_use (
    name         TEXT NOT NULL PRIMARY KEY,
    fingerprint  TEXT NOT NULL
);

CREATE TABLE offices (
    id          $id,
    slug        TEXT    NOT NULL UNIQUE,
    name        TEXT    NOT NULL,
    telephone   TEXT    NOT NULL,
    address     TEXT    NOT NULL,
    court       TEXT    NOT NULL,
    practice    TEXT    NOT NULL,
    created_at  BIGINT  NOT NULL
);

-- Versions of the terms: immutable, one on a day (article 11).
CREATE TABLE terms_versions (
    office          BIGINT NOT NULL REFERENCES offices (id),
    version         TEXT   NOT NULL,
    effective_from  TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    published_at    BIGINT NOT NULL,
    PRIMARY KEY (office, version),
    UNIQUE (office, effective_from)
);

-- National holidays from the Cabinet Office's file; a year found here replaces the computed one.
CREATE TABLE holidays (
    day   TEXT NOT NULL PRIMARY KEY,
    name  TEXT NOT NULL
);

-- The office's own closed days.
CREATE TABLE closed_days (
    office  BIGINT NOT NULL REFERENCES offices (id),
    day     TEXT   NOT NULL,
    note    TEXT   NOT NULL,
    PRIMARY KEY (office, day)
);

CREATE TABLE staff (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    login          TEXT   NOT NULL UNIQUE,
    name           TEXT   NOT NULL,
    role           TEXT   NOT NULL,
    password_hash  TEXT   NOT NULL,
    created_at     BIGINT NOT NULL,
    disabled_at    BIGINT
);

CREATE TABLE staff_sessions (
    token_digest  TEXT   NOT NULL PRIMARY KEY,
    staff         BIGINT NOT NULL REFERENCES staff (id),
    began_at      BIGINT NOT NULL,
    last_used_at  BIGINT NOT NULL
);
CREATE INDEX staff_sessions_of ON staff_sessions (staff);

-- Failed sign-ins, for throttling.
CREATE TABLE sign_in_failures (
    login      TEXT   NOT NULL,
    failed_at  BIGINT NOT NULL
);
CREATE INDEX sign_in_failures_of ON sign_in_failures (login, failed_at);

-- `hours` and `skills` are JSON lists, as rules::schedule reads them.
CREATE TABLE counsellors (
    id      $id,
    office  BIGINT  NOT NULL REFERENCES offices (id),
    name    TEXT    NOT NULL,
    staff   BIGINT  REFERENCES staff (id),
    hours   TEXT    NOT NULL,
    skills  TEXT    NOT NULL,
    active  BOOLEAN NOT NULL
);
CREATE INDEX counsellors_of ON counsellors (office);

-- Leave, in civil date and time of Asia/Tokyo.
CREATE TABLE leave (
    id          $id,
    counsellor  BIGINT NOT NULL REFERENCES counsellors (id),
    from_time   TEXT   NOT NULL,
    to_time     TEXT   NOT NULL
);
CREATE INDEX leave_of ON leave (counsellor);

-- An application that is still being filled in. Nothing typed is lost; purged after a day.
CREATE TABLE drafts (
    token_digest  TEXT   NOT NULL PRIMARY KEY,
    office        BIGINT NOT NULL REFERENCES offices (id),
    sealed        $bytes NOT NULL,
    changed_at    BIGINT NOT NULL
);
CREATE INDEX drafts_by_age ON drafts (changed_at);

-- A command's key and its first answer: a repeat has one effect.
CREATE TABLE commands (
    command_key  TEXT   NOT NULL PRIMARY KEY,
    body_digest  TEXT   NOT NULL,
    answer       TEXT   NOT NULL,
    done_at      BIGINT NOT NULL
);
CREATE INDEX commands_by_age ON commands (done_at);

CREATE TABLE applications (
    id                   $id,
    office               BIGINT NOT NULL REFERENCES offices (id),
    receipt              TEXT   NOT NULL UNIQUE,
    course               TEXT   NOT NULL,
    intake              TEXT   NOT NULL,
    language             TEXT   NOT NULL,
    received_at          BIGINT NOT NULL,
    answer_due           BIGINT NOT NULL,
    answered_at          BIGINT,
    entered_by           BIGINT REFERENCES staff (id),
    number_digest        TEXT   NOT NULL,
    name_digest          TEXT   NOT NULL,
    kana_digest          TEXT,
    email_digest         TEXT,
    sealed               $bytes NOT NULL,
    sealed_care          $bytes NOT NULL,
    declaration          TEXT   NOT NULL,
    decline_reason       TEXT,
    proposed_start       BIGINT,
    proposed_minutes     BIGINT,
    proposed_counsellor  BIGINT REFERENCES counsellors (id),
    proposal_lapses_at   BIGINT
);
CREATE INDEX applications_inbox ON applications (office, course, answer_due);
CREATE INDEX applications_by_number ON applications (number_digest);
CREATE INDEX applications_by_name ON applications (name_digest);
CREATE INDEX applications_by_kana ON applications (kana_digest);
CREATE INDEX applications_by_email ON applications (email_digest);

CREATE TABLE wishes (
    application  BIGINT NOT NULL REFERENCES applications (id),
    rank         BIGINT NOT NULL,
    start_at     BIGINT NOT NULL,
    minutes      BIGINT NOT NULL,
    PRIMARY KEY (application, rank)
);

-- The three conditions of article 1, each decided by a named officer.
CREATE TABLE decisions (
    application  BIGINT  NOT NULL REFERENCES applications (id),
    condition    TEXT    NOT NULL,
    met          BOOLEAN NOT NULL,
    officer      BIGINT  NOT NULL REFERENCES staff (id),
    decided_at   BIGINT  NOT NULL,
    PRIMARY KEY (application, condition)
);

-- Who consented to which version of the terms, when, and by which way (article 11).
CREATE TABLE consents (
    id           $id,
    application  BIGINT NOT NULL REFERENCES applications (id),
    version      TEXT   NOT NULL,
    way          TEXT   NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX consents_of ON consents (application);

-- Capability links (in letters) and the visits they were exchanged for (in cookies).
CREATE TABLE links (
    token_digest  TEXT   NOT NULL PRIMARY KEY,
    application   BIGINT NOT NULL REFERENCES applications (id),
    expires_at    BIGINT NOT NULL
);
CREATE TABLE visits (
    token_digest  TEXT   NOT NULL PRIMARY KEY,
    application   BIGINT NOT NULL REFERENCES applications (id),
    expires_at    BIGINT NOT NULL
);
CREATE INDEX visits_by_age ON visits (expires_at);

-- One appointment of an application. `announced_…` is what the person was last told.
CREATE TABLE appointments (
    application         BIGINT NOT NULL PRIMARY KEY REFERENCES applications (id),
    office              BIGINT NOT NULL REFERENCES offices (id),
    counsellor          BIGINT NOT NULL REFERENCES counsellors (id),
    start_at            BIGINT NOT NULL,
    minutes             BIGINT NOT NULL,
    alias               TEXT   NOT NULL,
    alias_day           TEXT   NOT NULL,
    terms_version       TEXT   NOT NULL,
    announced_standing  TEXT   NOT NULL,
    announced_start     BIGINT NOT NULL,
    announced_minutes   BIGINT NOT NULL,
    sequence            BIGINT NOT NULL,
    next_tick           BIGINT,
    sealed_joining      $bytes,
    sealed_reason       $bytes,
    began_at            BIGINT,
    ended_at            BIGINT,
    UNIQUE (office, alias_day, alias)
);
CREATE INDEX appointments_due ON appointments (next_tick) WHERE next_tick IS NOT NULL;
CREATE INDEX appointments_of_day ON appointments (office, start_at);

CREATE TABLE facts (
    id              $id,
    application     BIGINT NOT NULL REFERENCES applications (id),
    what            TEXT   NOT NULL,
    at              BIGINT NOT NULL,
    recorded_at     BIGINT NOT NULL,
    staff           BIGINT REFERENCES staff (id),
    retracted_at    BIGINT,
    retracted_by    BIGINT REFERENCES staff (id),
    sealed_reason   $bytes
);
CREATE INDEX facts_of ON facts (application);

-- The contact log: calls and what they were about.
CREATE TABLE contacts (
    id           $id,
    application  BIGINT NOT NULL REFERENCES applications (id),
    kind         TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    staff        BIGINT NOT NULL REFERENCES staff (id),
    sealed       $bytes NOT NULL
);
CREATE INDEX contacts_of ON contacts (application);

-- One row per resource and five-minute cell: the database is the last judge of double booking.
CREATE TABLE holds (
    resource     TEXT   NOT NULL,
    cell         BIGINT NOT NULL,
    application  BIGINT NOT NULL,
    PRIMARY KEY (resource, cell)
);
CREATE INDEX holds_of ON holds (application);

-- What is owed to the outside: written with the change that made it owed, carried out afterwards.
CREATE TABLE duties (
    id             $id,
    duty_key       TEXT   NOT NULL UNIQUE,
    office         BIGINT NOT NULL REFERENCES offices (id),
    application    BIGINT NOT NULL REFERENCES applications (id),
    kind           TEXT   NOT NULL,
    sequence       BIGINT NOT NULL,
    due_at         BIGINT NOT NULL,
    attempts       BIGINT NOT NULL,
    claimed_until  BIGINT,
    last_error     TEXT,
    done_at        BIGINT,
    given_up_at    BIGINT
);
CREATE INDEX duties_due ON duties (due_at) WHERE done_at IS NULL AND given_up_at IS NULL;
CREATE INDEX duties_of ON duties (application);

-- Each letter as it was written, and how far its delivery got.
CREATE TABLE letters (
    id           $id,
    office       BIGINT NOT NULL REFERENCES offices (id),
    application  BIGINT NOT NULL REFERENCES applications (id),
    letter       TEXT   NOT NULL,
    sequence     BIGINT NOT NULL,
    message_id   TEXT   NOT NULL UNIQUE,
    state        TEXT   NOT NULL,
    sealed       $bytes NOT NULL,
    written_at   BIGINT NOT NULL,
    sent_at      BIGINT
);
CREATE INDEX letters_of ON letters (application);
CREATE INDEX letters_by_state ON letters (office, state, written_at);

-- The usage record of article 5(1); items that the office switched off stay empty.
CREATE TABLE usage_records (
    application    BIGINT NOT NULL PRIMARY KEY REFERENCES applications (id),
    office         BIGINT NOT NULL REFERENCES offices (id),
    planned_start  BIGINT,
    planned_end    BIGINT,
    actual_start   BIGINT,
    actual_end     BIGINT,
    device         TEXT,
    join_by        TEXT,
    outcome        TEXT,
    recorded_at    BIGINT NOT NULL
);

-- Who of the staff read or changed which record, and when.
CREATE TABLE accesses (
    id           $id,
    office       BIGINT NOT NULL REFERENCES offices (id),
    staff        BIGINT NOT NULL REFERENCES staff (id),
    application  BIGINT NOT NULL REFERENCES applications (id),
    act          TEXT   NOT NULL,
    at           BIGINT NOT NULL
);
CREATE INDEX accesses_of ON accesses (application, at);
