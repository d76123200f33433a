-- An office may have a text for each audience: one version of each on a day (article 11).

ALTER TABLE terms_versions RENAME TO terms_versions_of_one_audience;
CREATE TABLE terms_versions (
    office          BIGINT NOT NULL REFERENCES offices (id),
    version         TEXT   NOT NULL,
    audience        TEXT   NOT NULL,
    effective_from  TEXT   NOT NULL,
    source          TEXT   NOT NULL,
    published_at    BIGINT NOT NULL,
    PRIMARY KEY (office, version),
    UNIQUE (office, audience, effective_from)
);
INSERT INTO terms_versions (office, version, audience, effective_from, source, published_at)
    SELECT office, version, 'home', effective_from, source, published_at
    FROM terms_versions_of_one_audience;
DROP TABLE terms_versions_of_one_audience;
