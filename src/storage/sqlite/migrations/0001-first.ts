/** The first tables. */
export const sql = `
CREATE TABLE inbox (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL UNIQUE,
  citizen TEXT,
  page TEXT NOT NULL,
  channel TEXT NOT NULL,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  received_at INTEGER NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'handled', 'kept')),
  attempts INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  body TEXT NOT NULL
) STRICT;
CREATE INDEX inbox_waiting ON inbox (sequence) WHERE state = 'waiting';
CREATE INDEX inbox_citizen ON inbox (citizen, at);
CREATE INDEX inbox_recent ON inbox (received_at) WHERE kind = 'message';

CREATE TABLE citizens (
  id TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE outbox (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  key TEXT NOT NULL UNIQUE,
  citizen TEXT NOT NULL,
  speaker TEXT NOT NULL,
  reply TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'parked')),
  attempts INTEGER NOT NULL DEFAULT 0,
  not_before INTEGER NOT NULL,
  created_at INTEGER NOT NULL,
  ended_at INTEGER,
  mid TEXT,
  code TEXT,
  reason TEXT
) STRICT;
CREATE INDEX outbox_waiting ON outbox (sequence) WHERE state = 'waiting';
CREATE INDEX outbox_parked ON outbox (ended_at) WHERE state = 'parked';
CREATE INDEX outbox_citizen ON outbox (citizen, sequence);

CREATE TABLE escalations (
  id TEXT PRIMARY KEY,
  citizen TEXT NOT NULL,
  state TEXT NOT NULL,
  opened_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX escalations_open ON escalations (opened_at) WHERE state <> 'closed';

CREATE TABLE alarms (
  citizen TEXT NOT NULL,
  name TEXT NOT NULL,
  page TEXT NOT NULL,
  due_at INTEGER NOT NULL,
  PRIMARY KEY (citizen, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX alarms_due ON alarms (due_at);

CREATE TABLE whys (
  event TEXT PRIMARY KEY,
  citizen TEXT NOT NULL,
  at INTEGER NOT NULL,
  outcome TEXT NOT NULL,
  intent TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE page_state (
  name TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
`;
