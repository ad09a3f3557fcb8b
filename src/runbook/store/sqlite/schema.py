"""The tables of a record's file, as SQL.

An entry is its exact body and two hashes; every other column is generated from the body, so that editing one cannot
leave a valid chain (rules.md 1). The INSERT trigger demands the next place in the chain because INSERT OR REPLACE
would otherwise pass the other two (rules.md 9): it deletes what is in its way without asking them.
"""

from __future__ import annotations

APPLICATION = 0x52756E62
"""Written into the file's header ("Runb"), so that nobody's other database is taken for a record."""

VERSION = 1

_EVENTS = """
CREATE TABLE events (
    incident_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.incident')) STORED,
    seq INTEGER NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.seq')) STORED,
    event_id TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.event_id')) STORED,
    type TEXT NOT NULL GENERATED ALWAYS AS (json_extract(body, '$.type')) STORED,
    -- The instant it happened in half milliseconds, so that a date alone comes before anything else of its day; an
    -- entry of unknown time stands where it was written (rules.md 14).
    occurred_key INTEGER NOT NULL GENERATED ALWAYS AS (
        CAST(round(julianday(coalesce(
            json_extract(body, '$.occurred_at'), json_extract(body, '$.recorded_at')
        )) * 86400000) AS INTEGER) * 2 - (json_extract(body, '$.precision') = 'date')
    ) STORED,
    recorded_at TEXT GENERATED ALWAYS AS (json_extract(body, '$.recorded_at')) VIRTUAL,
    wall_at TEXT GENERATED ALWAYS AS (json_extract(body, '$.wall_at')) VIRTUAL,
    actor TEXT GENERATED ALWAYS AS (json_extract(body, '$.actor')) VIRTUAL,
    seat TEXT GENERATED ALWAYS AS (json_extract(body, '$.seat')) VIRTUAL,
    body TEXT NOT NULL,
    prev_hash TEXT NOT NULL,
    hash TEXT NOT NULL
) STRICT
"""

_ONLY_NEXT = """
CREATE TRIGGER events_only_next BEFORE INSERT ON events
WHEN NEW.seq IS NOT (SELECT coalesce(max(seq), 0) + 1 FROM events WHERE incident_id = NEW.incident_id)
    OR NEW.prev_hash IS NOT coalesce(
        (SELECT hash FROM events WHERE incident_id = NEW.incident_id ORDER BY seq DESC LIMIT 1), printf('%064d', 0)
    )
    OR EXISTS (SELECT 1 FROM events WHERE event_id = NEW.event_id)
    OR EXISTS (SELECT 1 FROM events WHERE rowid = NEW.rowid)
BEGIN SELECT raise(ABORT, 'only the next entry of a record can be added'); END
"""

CREATE = (
    _EVENTS,
    "CREATE UNIQUE INDEX events_place ON events (incident_id, seq)",
    "CREATE UNIQUE INDEX events_once ON events (event_id)",
    "CREATE INDEX events_happened ON events (incident_id, occurred_key, seq)",
    _ONLY_NEXT,
    "CREATE TRIGGER events_never_change BEFORE UPDATE ON events "
    "BEGIN SELECT raise(ABORT, 'entries of a record are not changed'); END",
    "CREATE TRIGGER events_never_go BEFORE DELETE ON events "
    "BEGIN SELECT raise(ABORT, 'entries of a record are not deleted'); END",
    # Free texts, apart from the chain so that one can be redacted (rules.md 2).
    "CREATE TABLE texts (incident_id TEXT NOT NULL, seq INTEGER NOT NULL, digest TEXT NOT NULL, salt BLOB NOT NULL, "
    "text TEXT NOT NULL, PRIMARY KEY (incident_id, seq, digest)) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER texts_never_change BEFORE UPDATE ON texts "
    "BEGIN SELECT raise(ABORT, 'texts of a record are not changed'); END",
    "CREATE TABLE blobs (sha256 TEXT PRIMARY KEY NOT NULL, content BLOB NOT NULL) STRICT",
    "CREATE TABLE scratch (incident_id TEXT NOT NULL, actor TEXT NOT NULL, place TEXT NOT NULL, text TEXT NOT NULL, "
    "PRIMARY KEY (incident_id, actor, place)) STRICT, WITHOUT ROWID",
    "CREATE TABLE snapshots (incident_id TEXT PRIMARY KEY NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, "
    "fingerprint TEXT NOT NULL, playbook_hash TEXT NOT NULL, state BLOB NOT NULL, playbook BLOB NOT NULL) STRICT",
    f"PRAGMA user_version = {VERSION}",
)
