-- Disclosures (article 5(2)): demands under a law, what is held for them, and persons' own requests.

-- The register of demands: a number of its own in each office and year.
CREATE TABLE disclosures (
    id          $id,
    office      BIGINT NOT NULL REFERENCES offices (id),
    year        BIGINT NOT NULL,
    serial      BIGINT NOT NULL,
    entered_at  BIGINT NOT NULL,
    UNIQUE (office, year, serial)
);

-- What an entry said after each change; none is ever changed or taken away. The latest one counts.
CREATE TABLE disclosure_revisions (
    disclosure  BIGINT NOT NULL REFERENCES disclosures (id),
    revision    BIGINT NOT NULL,
    act         TEXT   NOT NULL,
    sealed      $bytes NOT NULL,
    staff       BIGINT NOT NULL REFERENCES staff (id),
    at          BIGINT NOT NULL,
    PRIMARY KEY (disclosure, revision)
);

-- Whom an entry was ever about, so that it is found from the application. Whether it is so now, the
-- latest revision says.
CREATE TABLE disclosure_applications (
    disclosure   BIGINT NOT NULL REFERENCES disclosures (id),
    application  BIGINT NOT NULL REFERENCES applications (id),
    PRIMARY KEY (disclosure, application)
);
CREATE INDEX disclosure_applications_of ON disclosure_applications (application);

-- What was prepared to be handed over, octet for octet, so that its digest can be checked later.
CREATE TABLE disclosure_files (
    id          $id,
    disclosure  BIGINT NOT NULL REFERENCES disclosures (id),
    parts       TEXT   NOT NULL,
    digest      TEXT   NOT NULL,
    sealed      $bytes NOT NULL,
    made_by     BIGINT NOT NULL REFERENCES staff (id),
    made_at     BIGINT NOT NULL
);
CREATE INDEX disclosure_files_of ON disclosure_files (disclosure);

-- What must not be deleted: one application, or all of a jobseeker's number. Days are the office's.
CREATE TABLE legal_holds (
    id              $id,
    office          BIGINT NOT NULL REFERENCES offices (id),
    application     BIGINT REFERENCES applications (id),
    number_digest   TEXT,
    disclosure      BIGINT REFERENCES disclosures (id),
    kind            TEXT   NOT NULL,
    held_from       TEXT   NOT NULL,
    held_until      TEXT,
    extended_until  TEXT,
    extended_by     BIGINT REFERENCES staff (id),
    extended_at     BIGINT,
    sealed_reason   $bytes NOT NULL,
    made_by         BIGINT NOT NULL REFERENCES staff (id),
    made_at         BIGINT NOT NULL,
    lifted_by       BIGINT REFERENCES staff (id),
    lifted_at       BIGINT,
    sealed_lifting  $bytes
);
CREATE INDEX legal_holds_of ON legal_holds (application);
CREATE INDEX legal_holds_by_number ON legal_holds (number_digest);

-- The register of persons who asked what is held about them, and who made sure that it was them.
-- The file itself goes after a while; its digest stays.
CREATE TABLE own_requests (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    year           BIGINT NOT NULL,
    serial         BIGINT NOT NULL,
    number_digest  TEXT   NOT NULL,
    identified_by  TEXT   NOT NULL,
    checked_by     BIGINT NOT NULL REFERENCES staff (id),
    sealed         $bytes NOT NULL,
    made_by        BIGINT NOT NULL REFERENCES staff (id),
    made_at        BIGINT NOT NULL,
    digest         TEXT   NOT NULL,
    sealed_file    $bytes,
    UNIQUE (office, year, serial)
);
CREATE INDEX own_requests_by_number ON own_requests (number_digest);

-- For which entry of the register an application was read: what is kept secret is not told of.
ALTER TABLE accesses ADD COLUMN disclosure BIGINT REFERENCES disclosures (id);
