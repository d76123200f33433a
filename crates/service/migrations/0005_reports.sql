-- Sums of sessions that left the window: who took them out, when, and for which of the three purposes
-- of article 5(1). The sums themselves are not kept: they are counted anew.

CREATE TABLE reports (
    id          $id,
    office      BIGINT  NOT NULL REFERENCES offices (id),
    staff       BIGINT  NOT NULL REFERENCES staff (id),
    at          BIGINT  NOT NULL,
    -- operation, usage, convenience
    purpose     TEXT    NOT NULL,
    -- The first day and the last, both included.
    from_day    TEXT    NOT NULL,
    until_day   TEXT    NOT NULL,
    -- By what the rows and the columns were, as codes; several tables of one edition with a `+`.
    rows_by     TEXT    NOT NULL,
    columns_by  TEXT    NOT NULL,
    -- csv-utf8, csv-sjis, xlsx
    format      TEXT    NOT NULL,
    -- Whether it was the public edition (article 5(2)).
    is_public   BOOLEAN NOT NULL
);
CREATE INDEX reports_of ON reports (office, at);
