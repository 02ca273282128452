/** Small counts that a restart does not lose, finding pictures of certain days, and life in danger before what is urgent otherwise. */
export const sql = `
CREATE TABLE tallies (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_kept ON tallies (kept_until);
CREATE INDEX pictures_kept ON pictures (at) WHERE state = 'kept';
UPDATE listings SET is_urgent = 2 WHERE is_urgent = 1 AND json_extract(body, '$.escalation.priority') = 'P0';
`;
