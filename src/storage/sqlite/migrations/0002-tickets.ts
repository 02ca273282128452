/** Tickets, who reported them, their pictures, and the scripts that dialogues go through. */
export const sql = `
CREATE TABLE tickets (
  id TEXT PRIMARY KEY,
  number TEXT UNIQUE,
  kind TEXT NOT NULL,
  agency TEXT NOT NULL,
  state TEXT NOT NULL,
  street TEXT,
  latitude REAL,
  longitude REAL,
  contact_by TEXT,
  filed_at INTEGER,
  updated_at INTEGER NOT NULL,
  search TEXT NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tickets_updated ON tickets (updated_at);
CREATE INDEX tickets_open ON tickets (kind, filed_at) WHERE state NOT IN ('draft', 'not-city', 'joined', 'done', 'impossible');

CREATE TABLE ticket_reporters (
  citizen TEXT NOT NULL,
  ticket TEXT NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (citizen, ticket)
) STRICT, WITHOUT ROWID;

CREATE TABLE ticket_numbers (
  prefix TEXT PRIMARY KEY,
  last INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE pictures (
  id TEXT PRIMARY KEY,
  ticket TEXT NOT NULL,
  citizen TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('wanted', 'kept', 'refused')),
  at INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX pictures_wanted ON pictures (not_before) WHERE state = 'wanted';
CREATE INDEX pictures_ticket ON pictures (ticket);

CREATE TABLE scripts (
  fingerprint TEXT PRIMARY KEY,
  kept_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
