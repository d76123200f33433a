-- The room: where a session is held, who may come in, and what is going on in it.

-- By which means a session is held; absent, as the office usually does.
ALTER TABLE appointments ADD COLUMN channel TEXT;

-- How the lines were, in one word; no address (article 5(1)).
ALTER TABLE usage_records ADD COLUMN quality TEXT;

-- The state of the room of one slot (rules::session::room) and the sums of its reports, as JSON.
-- A moved appointment begins a fresh room. `version` grows with each change.
CREATE TABLE rooms (
    application  BIGINT NOT NULL REFERENCES applications (id),
    start_at     BIGINT NOT NULL,
    office       BIGINT NOT NULL REFERENCES offices (id),
    version      BIGINT NOT NULL,
    state        TEXT   NOT NULL,
    quality      TEXT   NOT NULL,
    -- When a link was last used in two browsers at once (article 8(5)).
    second_use_at  BIGINT,
    -- The browser that was last shown how to join a meeting made by hand.
    shown_to     TEXT,
    PRIMARY KEY (application, start_at)
);
CREATE INDEX rooms_by_start ON rooms (start_at);

-- Companions, interpreters and supporters whom the office let take part: a link of their own each
-- (article 8(5)).
CREATE TABLE participants (
    id            $id,
    application   BIGINT NOT NULL REFERENCES applications (id),
    role          TEXT   NOT NULL,
    token_digest  TEXT   NOT NULL UNIQUE,
    sealed        $bytes NOT NULL,
    made_by       BIGINT NOT NULL REFERENCES staff (id),
    made_at       BIGINT NOT NULL,
    ended_at      BIGINT
);
CREATE INDEX participants_of ON participants (application);

-- Which processes of the service are alive, by the machine's clock: a room must not show people
-- whose sockets died with their process.
CREATE TABLE nodes (
    node     TEXT   NOT NULL PRIMARY KEY,
    seen_at  BIGINT NOT NULL
);

-- The last check of a device, as classes and with its time; never what the browser called itself
-- (article 5(2)).
CREATE TABLE device_checks (
    application  BIGINT NOT NULL PRIMARY KEY REFERENCES applications (id),
    office       BIGINT NOT NULL REFERENCES offices (id),
    made_at      BIGINT NOT NULL,
    result       TEXT   NOT NULL
);
