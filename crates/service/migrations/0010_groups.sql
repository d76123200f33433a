-- Group sessions: planned with seats, led by a counsellor, applied for like counselling.
--
-- A seat is held like every other thing, by the application that has it (`g<group>.<seat>` in
-- `holds`). The counsellor's cells are held by the group itself, under its number below nought.
-- `words` is JSON, as rules::schedule::GroupWords reads it.
CREATE TABLE group_sessions (
    id              $id,
    office          BIGINT  NOT NULL REFERENCES offices (id),
    counsellor      BIGINT  NOT NULL REFERENCES counsellors (id),
    words           TEXT    NOT NULL,
    start_at        BIGINT  NOT NULL,
    minutes         BIGINT  NOT NULL,
    seats           BIGINT  NOT NULL,
    apply_until     BIGINT  NOT NULL,
    on_day_off      BOOLEAN NOT NULL,
    changes         BIGINT  NOT NULL,
    sealed_joining  $bytes,
    made_by         BIGINT  NOT NULL REFERENCES staff (id),
    made_at         BIGINT  NOT NULL,
    called_off_at   BIGINT,
    called_off_by   BIGINT  REFERENCES staff (id)
);
CREATE INDEX group_sessions_of_day ON group_sessions (office, start_at);

-- Which group session an application of the kind `group` asks for.
ALTER TABLE applications ADD COLUMN group_session BIGINT REFERENCES group_sessions (id);
CREATE INDEX applications_of_group ON applications (group_session)
    WHERE group_session IS NOT NULL;
