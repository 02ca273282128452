/** Small counts that a restart does not lose, and finding pictures of certain days. */
export const sql = `
CREATE TABLE tallies (
  name TEXT PRIMARY KEY,
  count INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kept_until INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX tallies_kept ON tallies (kept_until);
CREATE INDEX pictures_kept ON pictures (at) WHERE state = 'kept';
`;
