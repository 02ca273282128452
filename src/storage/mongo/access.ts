/** Staff, sessions, links and the audit log in MongoDB: a change and its line are one write of one document; the line is then put in its place. */
import type { AuditEntry, AuditRow } from "../../vocabulary/audit.js";
import type { AccessStore, AuditStore } from "../access-port.js";
import { nextRow } from "../audit-chain.js";
import { StoreFailed } from "../port.js";
import { applyAccess, NOBODY, type AccessState } from "./access-state.js";
import type { Tables } from "./connect.js";
import type { AccessDocument, AuditDocument } from "./documents.js";
import type { Filter } from "./table.js";

const ID = "access";
const MOST_TRIES = 50;

/** Both parts of the port, because every change of access writes a line. */
export function accessOf({ access, audit, sessionsSeen }: Tables): {
  access: AccessStore;
  audit: AuditStore;
} {
  const read = async (): Promise<AccessDocument> => {
    const document = await access.get(ID);
    if (document !== undefined) return document;
    await access.insert([{ _id: ID, revision: 0, body: JSON.stringify(NOBODY) }]);
    return { _id: ID, revision: 0, body: JSON.stringify(NOBODY) };
  };
  const stateNow = async (): Promise<AccessState> => JSON.parse((await read()).body) as AccessState;

  /** The last line may stand in the document only, if somebody went away in between. */
  const putLine = async ({ lastLine }: AccessDocument): Promise<AuditRow | undefined> => {
    if (lastLine === undefined) return undefined;
    const row = JSON.parse(lastLine) as AuditRow;
    await audit.insert([lineDocument(row)]);
    return row;
  };

  /** Makes the next state and the next line out of those that are there; again when another instance was faster. */
  const writeNow = async (
    make: (state: AccessState) => AccessState | undefined,
    entry: AuditEntry,
    now: number,
  ): Promise<AuditRow | undefined> => {
    for (let tries = 0; tries < MOST_TRIES; tries += 1) {
      const before = await read();
      const after = make(JSON.parse(before.body) as AccessState);
      if (after === undefined) return undefined;
      const row = nextRow(await putLine(before), entry, now);
      const isWritten = await access.change(
        { _id: ID, revision: before.revision },
        {
          $set: { revision: before.revision + 1, body: JSON.stringify(after), lastLine: JSON.stringify(row) },
        },
      );
      if (!isWritten) continue;
      await audit.insert([lineDocument(row)]);
      return row;
    }
    throw new StoreFailed("Too many people change accounts at the moment.");
  };

  /** Within this instance one after the other. */
  let tail: Promise<unknown> = Promise.resolve();
  const write: typeof writeNow = (...asked) => {
    const result = tail.then(() => writeNow(...asked));
    tail = result.catch(() => undefined);
    return result;
  };

  const lines = async (filter: Filter, sort: 1 | -1, limit: number): Promise<AuditRow[]> => {
    await putLine(await read());
    return (await audit.find(filter, { sort: { sequence: sort }, limit })).map(
      ({ body }) => JSON.parse(body) as AuditRow,
    );
  };

  return {
    audit: {
      async append(entry, now) {
        const row = await write((state) => state, entry, now);
        if (row === undefined) throw new StoreFailed("A line of the audit log could not be written.");
        return row;
      },
      after: (sequence, limit) => lines({ sequence: { $gt: sequence } }, 1, limit),
      find: ({ from, until, before, staff, action }, limit) =>
        lines(
          {
            at: { $gte: from ?? 0, $lt: until ?? Number.MAX_SAFE_INTEGER },
            sequence: { $lt: before ?? Number.MAX_SAFE_INTEGER },
            ...(staff === undefined ? {} : { staff }),
            ...(action === undefined ? {} : { action }),
          },
          -1,
          limit,
        ),
    },
    access: {
      staffByLogin: async (login) => (await stateNow()).staff.find((staff) => staff.login === login),
      staffById: async (id) => (await stateNow()).staff.find((staff) => staff.id === id),
      allStaff: async () =>
        (await stateNow()).staff.sort((a, b) => compare(a.name, b.name) || compare(a.id, b.id)),
      async session(tokenHash) {
        const { sessions, staff } = await stateNow();
        const session = sessions.find((each) => each.tokenHash === tokenHash);
        const person = staff.find(({ id }) => id === session?.staff);
        if (session === undefined || person === undefined) return undefined;
        const seen = await sessionsSeen.get(session.id);
        return { session: { ...session, seenAt: seen?.at ?? session.seenAt }, staff: person };
      },
      async sessionsOf(staff) {
        const sessions = (await stateNow()).sessions.filter((session) => session.staff === staff);
        const seen = await sessionsSeen.find({ _id: { $in: sessions.map(({ id }) => id) } });
        const seenAt = new Map(seen.map(({ _id, at }) => [_id, at]));
        return sessions
          .map((session) => ({ ...session, seenAt: seenAt.get(session.id) ?? session.seenAt }))
          .sort((a, b) => b.startedAt - a.startedAt);
      },
      pushSessions: async () =>
        (await stateNow()).sessions
          .filter(({ push }) => push !== undefined)
          .sort((a, b) => compare(a.id, b.id)),
      pushKeys: async () => (await stateNow()).pushKeys,
      touchSession: async (id, now) => {
        await sessionsSeen.put({ _id: id }, { $set: { at: now } });
      },
      setupLink: async (tokenHash) => (await stateNow()).links.find((link) => link.tokenHash === tokenHash),
      openLinks: async (now) => (await stateNow()).links.filter(({ expiresAt }) => expiresAt > now),
      backupCodesLeft: async (staff) => (await stateNow()).codes[staff]?.length ?? 0,
      commitAccess: async (change, entry, now) =>
        (await write((state) => applyAccess(state, change, now), entry, now)) !== undefined,
    },
  };
}

/** A line of the audit log, as it stands in its collection. */
export function lineDocument(row: AuditRow): AuditDocument {
  const { sequence, at, action, staff } = row;
  return {
    _id: String(sequence),
    sequence,
    at,
    action,
    ...(staff === undefined ? {} : { staff: staff.id }),
    body: JSON.stringify(row),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
