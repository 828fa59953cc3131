-- The tables. Rows are ordered by `sequence`; times are milliseconds since 1970; JSON is text.
CREATE TABLE actions (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL UNIQUE,
    created_at INTEGER NOT NULL
) STRICT;

CREATE TABLE schemas (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    action INTEGER NOT NULL REFERENCES actions (sequence),
    version INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (action, version)
) STRICT;

CREATE TABLE organizations (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    external_id TEXT UNIQUE,
    metadata TEXT NOT NULL,
    retention_days INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE domains (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    organization_id TEXT NOT NULL REFERENCES organizations (id),
    domain TEXT NOT NULL,
    state TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;
CREATE INDEX domains_of_organization ON domains (organization_id);

-- Accepted and refused ones. A refused one may lack anything.
CREATE TABLE events (
    sequence INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT UNIQUE,
    received_at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    organization_id TEXT,
    action TEXT,
    occurred_at INTEGER,
    event TEXT NOT NULL,
    refusal TEXT
) STRICT;
CREATE INDEX events_of_organization ON events (organization_id, occurred_at) WHERE refusal IS NULL;

CREATE TABLE idempotency (
    key TEXT PRIMARY KEY,
    status INTEGER NOT NULL,
    body TEXT NOT NULL,
    created_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX idempotency_by_age ON idempotency (created_at);

CREATE TABLE exports (
    sequence INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    state TEXT NOT NULL,
    filter TEXT NOT NULL,
    -- The newest event at the time: later ones aren't part of it.
    last_event INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL
) STRICT;

CREATE TABLE export_urls (
    token TEXT PRIMARY KEY,
    export_id TEXT NOT NULL REFERENCES exports (id),
    expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
