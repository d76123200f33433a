-- Zoom: who can hold sessions there, the meetings that were made, and the signs that come of them.

-- Users of the office's Zoom account who hold sessions: a pool, each with so many meetings at once.
CREATE TABLE zoom_hosts (
    id           $id,
    office       BIGINT NOT NULL REFERENCES offices (id),
    -- How Zoom's API is asked for them: an id, or the address by which they sign in to Zoom.
    zoom_user    TEXT   NOT NULL UNIQUE,
    -- Their number with Zoom, once it was told: how they are known among participants.
    zoom_id      TEXT,
    at_once      BIGINT NOT NULL,
    added_at     BIGINT NOT NULL,
    ended_at     BIGINT,
    -- Zoom refused to let them hold a meeting: not asked again before.
    rests_until  BIGINT
);

-- How many meetings were made or changed for a host in a day of UTC; written before Zoom is asked.
CREATE TABLE zoom_spent (
    host   BIGINT NOT NULL REFERENCES zoom_hosts (id),
    day    TEXT   NOT NULL,
    spent  BIGINT NOT NULL,
    PRIMARY KEY (host, day)
);

-- Sessions whose meeting has to be looked at: due and not done. One row for each, so that however
-- often a session changes, one look brings its meeting in line.
CREATE TABLE zoom_sessions (
    application    BIGINT NOT NULL PRIMARY KEY REFERENCES applications (id),
    office         BIGINT NOT NULL REFERENCES offices (id),
    due_at         BIGINT,
    claimed_until  BIGINT,
    -- Grows with each wish to look: one that came while somebody looked is not lost.
    wish           BIGINT NOT NULL,
    attempts       BIGINT NOT NULL,
    -- Why there is no way to join yet, as a code; since when.
    problem        TEXT,
    problem_since  BIGINT
);
CREATE INDEX zoom_sessions_due ON zoom_sessions (due_at) WHERE due_at IS NOT NULL;

-- Meetings that Zoom was asked to make. A removed one stays for a while, to be told from a stranger.
CREATE TABLE zoom_meetings (
    id           $id,
    application  BIGINT NOT NULL REFERENCES applications (id),
    office       BIGINT NOT NULL REFERENCES offices (id),
    host         BIGINT NOT NULL REFERENCES zoom_hosts (id),
    -- What ties Zoom's meeting to this row: random, in its agenda.
    marker       TEXT   NOT NULL UNIQUE,
    -- asked, made, removed
    state        TEXT   NOT NULL,
    asked_at     BIGINT NOT NULL,
    -- Zoom's number of it.
    meeting      BIGINT,
    -- What Zoom was last told of its time.
    start_at     BIGINT NOT NULL,
    minutes      BIGINT NOT NULL,
    -- The name for which the personal links were made, and until when they work.
    alias        TEXT,
    links_until  BIGINT,
    -- Passcode and links, sealed.
    sealed       $bytes NOT NULL,
    -- Settings that Zoom has otherwise than was said, by name, with commas: a lock of the account.
    overridden   TEXT   NOT NULL,
    removed_at   BIGINT,
    -- When a recording that had begun was last told to stop (article 5(4)).
    silenced_at  BIGINT,
    -- When Zoom was last asked who is there.
    polled_at    BIGINT
);
CREATE INDEX zoom_meetings_of ON zoom_meetings (application);
CREATE INDEX zoom_meetings_by_number ON zoom_meetings (meeting);
CREATE INDEX zoom_meetings_by_start ON zoom_meetings (start_at) WHERE state <> 'removed';

-- Nights on which meetings and records were compared: one node does it.
CREATE TABLE zoom_nights (
    day       TEXT   NOT NULL PRIMARY KEY,
    begun_at  BIGINT NOT NULL
);

-- Signs of what happens in meetings, kept before Zoom is answered, read afterwards. The name that was
-- seen is sealed until it was compared, and then gone, as is who it is with Zoom (article 2(3)).
CREATE TABLE zoom_signs (
    id           $id,
    -- What makes it this sign: the same, told twice, is one.
    sign_key     TEXT   NOT NULL UNIQUE,
    meeting      BIGINT NOT NULL,
    what         TEXT   NOT NULL,
    at           BIGINT NOT NULL,
    person       TEXT   NOT NULL,
    -- Zoom's number of who is signed in to it, if anybody is.
    zoom_id      TEXT,
    is_host      BOOLEAN NOT NULL,
    registrant   TEXT,
    sealed_name  $bytes,
    received_at  BIGINT NOT NULL,
    -- When it is to be read; none once it was.
    due_at       BIGINT,
    application  BIGINT REFERENCES applications (id),
    who          TEXT
);
CREATE INDEX zoom_signs_due ON zoom_signs (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX zoom_signs_of ON zoom_signs (application);
