/** What the staff console reads: one row a conversation, drafts, and the index of what was written. */
export const sql = `
CREATE TABLE listings (
  citizen TEXT PRIMARY KEY,
  place TEXT NOT NULL CHECK (place IN ('needs', 'citizen', 'agency', 'snoozed', 'bot', 'folded', 'done')),
  holder TEXT,
  folded TEXT,
  is_urgent INTEGER NOT NULL,
  window_ends_at INTEGER NOT NULL,
  waiting_since INTEGER NOT NULL,
  last_at INTEGER NOT NULL,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX listings_place ON listings (place, last_at);
CREATE INDEX listings_holder ON listings (holder) WHERE holder IS NOT NULL;

INSERT INTO listings (citizen, place, is_urgent, window_ends_at, waiting_since, last_at, body)
SELECT c.id,
  CASE WHEN e.id IS NULL THEN 'bot' WHEN e.state = 'taken' THEN 'citizen' ELSE 'needs' END,
  coalesce(json_extract(e.body, '$.reason') = 'urgent', 0),
  coalesce(json_extract(c.state, '$.lastWroteAt') + 86400000, 0),
  coalesce(e.opened_at, c.updated_at),
  c.updated_at,
  json_remove(json_object(
    'citizen', c.id,
    'place', CASE WHEN e.id IS NULL THEN 'bot' WHEN e.state = 'taken' THEN 'citizen' ELSE 'needs' END,
    'isUrgent', json(CASE WHEN json_extract(e.body, '$.reason') = 'urgent' THEN 'true' ELSE 'false' END),
    'windowEndsAt', coalesce(json_extract(c.state, '$.lastWroteAt') + 86400000, 0),
    'waitingSince', coalesce(e.opened_at, c.updated_at),
    'lastAt', c.updated_at,
    'excerpt', coalesce(json_extract(e.body, '$.summary'), ''),
    'escalation', json(e.body)
  ), CASE WHEN e.id IS NULL THEN '$.escalation' ELSE '$.none' END)
FROM citizens c LEFT JOIN escalations e
  ON e.id = json_extract(c.state, '$.escalation') AND e.state <> 'closed';

CREATE TABLE drafts (
  citizen TEXT NOT NULL,
  staff TEXT NOT NULL,
  text TEXT NOT NULL,
  updated_at INTEGER NOT NULL,
  PRIMARY KEY (citizen, staff)
) STRICT, WITHOUT ROWID;

CREATE VIRTUAL TABLE written USING fts5(text, citizen UNINDEXED, at UNINDEXED, tokenize = 'unicode61 remove_diacritics 2');
`;
