-- Sessions with a supporter for intractable diseases, and what is shared in them (article 6).

-- Offices that a counsellor serves beside the own one, in the same prefecture.
CREATE TABLE counsellor_offices (
    counsellor  BIGINT NOT NULL REFERENCES counsellors (id),
    office      BIGINT NOT NULL REFERENCES offices (id),
    chosen_by   BIGINT NOT NULL REFERENCES staff (id),
    chosen_at   BIGINT NOT NULL,
    PRIMARY KEY (counsellor, office)
);
CREATE INDEX counsellor_offices_of ON counsellor_offices (office);

-- What staff changed the kind of an application to. The application carries the last one.
CREATE TABLE kind_changes (
    id             $id,
    application    BIGINT NOT NULL REFERENCES applications (id),
    kind           TEXT   NOT NULL,
    officer        BIGINT NOT NULL REFERENCES staff (id),
    changed_at     BIGINT NOT NULL,
    sealed_reason  $bytes NOT NULL
);
CREATE INDEX kind_changes_of ON kind_changes (application);

-- Bodies that may be shared with. Never deleted: what was shared with them stays readable.
CREATE TABLE sharing_partners (
    id          $id,
    office      BIGINT NOT NULL REFERENCES offices (id),
    kind        TEXT   NOT NULL,
    name        TEXT   NOT NULL,
    contact     TEXT   NOT NULL,
    added_by    BIGINT NOT NULL REFERENCES staff (id),
    added_at    BIGINT NOT NULL,
    retired_by  BIGINT REFERENCES staff (id),
    retired_at  BIGINT
);
CREATE INDEX sharing_partners_of ON sharing_partners (office);

-- What a person was asked to agree to. `sealed`: items and purpose; `sealed_shared`: what was told
-- in the end, once. `told_at`: when the partner was told that the person took the yes back.
CREATE TABLE sharings (
    id             $id,
    office         BIGINT NOT NULL REFERENCES offices (id),
    application    BIGINT NOT NULL REFERENCES applications (id),
    partner        BIGINT NOT NULL REFERENCES sharing_partners (id),
    asked_at       BIGINT NOT NULL,
    asked_by       BIGINT NOT NULL REFERENCES staff (id),
    sealed         $bytes NOT NULL,
    shared_at      BIGINT,
    shared_by      BIGINT REFERENCES staff (id),
    medium         TEXT,
    digest         TEXT,
    sealed_shared  $bytes,
    told_at        BIGINT,
    told_by        BIGINT REFERENCES staff (id)
);
CREATE INDEX sharings_of ON sharings (application);
CREATE INDEX sharings_in ON sharings (office, asked_at);

-- What the person said to it. An answer is never overwritten: the last one counts.
CREATE TABLE sharing_answers (
    id           $id,
    sharing      BIGINT NOT NULL REFERENCES sharings (id),
    reply        TEXT   NOT NULL,
    way          TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    recorded_at  BIGINT NOT NULL,
    staff        BIGINT REFERENCES staff (id),
    sealed       $bytes
);
CREATE INDEX sharing_answers_of ON sharing_answers (sharing);
