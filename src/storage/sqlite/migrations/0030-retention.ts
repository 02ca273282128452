/** Finding what is old without reading everything. */
export const sql = `
CREATE INDEX citizens_updated ON citizens (updated_at);
CREATE INDEX escalations_closed ON escalations (updated_at) WHERE state = 'closed';
`;
