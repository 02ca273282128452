/** Counting the lists and finding an id by its end, without reading every conversation of a year. */
export const sql = `
CREATE INDEX listings_folded ON listings (place, folded) WHERE folded IS NOT NULL;
CREATE INDEX listings_ending ON listings (substr(citizen, -4), last_at);
`;
