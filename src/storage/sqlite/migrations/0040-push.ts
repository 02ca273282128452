/** Browsers that are told of what waits, and the keys by which their makers know the city. */
export const sql = `
ALTER TABLE sessions ADD COLUMN push TEXT;
CREATE TABLE push_keys (id INTEGER PRIMARY KEY CHECK (id = 1), public_key TEXT NOT NULL, private_key TEXT NOT NULL) STRICT;
`;
