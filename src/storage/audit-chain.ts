/** How the lines of the audit log hang together: each hash covers the line and the hash before it. */
import { createHash } from "node:crypto";
import type { AuditEntry, AuditRow } from "../vocabulary/audit.js";

/** Stands where the first line would name the one before it. */
export const CHAIN_START = "0".repeat(64);

/** The line that follows `last`. */
export function nextRow(
  last: Pick<AuditRow, "sequence" | "hash"> | undefined,
  entry: AuditEntry,
  at: number,
): AuditRow {
  const row = {
    ...entry,
    sequence: (last?.sequence ?? 0) + 1,
    at,
    previousHash: last?.hash ?? CHAIN_START,
  };
  return { ...row, hash: hashOf(row) };
}

/** SHA-256 over everything the line says, in a fixed order. */
export function hashOf(row: Omit<AuditRow, "hash">): string {
  const detail = Object.entries(row.detail ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  const said = [
    row.previousHash,
    row.sequence,
    row.at,
    row.action,
    row.staff?.id ?? null,
    row.staff?.name ?? null,
    row.object ?? null,
    row.address ?? null,
    detail,
  ];
  return createHash("sha256").update(JSON.stringify(said)).digest("hex");
}

/** What a check of the whole log found. `lastHash` is worth noting somewhere else: it also proves that nothing was cut off at the end. */
export type ChainVerdict =
  | { isWhole: true; rows: number; lastHash: string }
  /** The first line that is not what it was, or does not follow the one before. */
  | { isWhole: false; rows: number; brokenAt: number };

/** Goes through the log in order. */
export async function verifyChain(
  read: (after: number, limit: number) => Promise<AuditRow[]>,
): Promise<ChainVerdict> {
  const PORTION = 500;
  let rows = 0;
  let lastHash = CHAIN_START;
  for (;;) {
    const portion = await read(rows, PORTION);
    for (const row of portion) {
      const follows = row.sequence === rows + 1 && row.previousHash === lastHash && row.hash === hashOf(row);
      if (!follows) return { isWhole: false, rows, brokenAt: rows + 1 };
      rows += 1;
      lastHash = row.hash;
    }
    if (portion.length < PORTION) return { isWhole: true, rows, lastHash };
  }
}
