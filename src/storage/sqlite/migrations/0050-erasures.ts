/** People who were removed, picture files that are to go, and finding everything of one person. */
export const sql = `
CREATE TABLE erasures (
  id TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  citizen TEXT,
  body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX erasures_unswept ON erasures (at) WHERE citizen IS NOT NULL;

CREATE TABLE left_files (
  file TEXT PRIMARY KEY,
  at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE written_of (
  citizen TEXT NOT NULL,
  line INTEGER NOT NULL,
  PRIMARY KEY (citizen, line)
) STRICT, WITHOUT ROWID;
INSERT INTO written_of SELECT citizen, rowid FROM written;

CREATE INDEX escalations_citizen ON escalations (citizen);
CREATE INDEX pictures_citizen ON pictures (citizen);
`;
