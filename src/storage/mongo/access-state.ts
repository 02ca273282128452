/** Everything that is known about who may come in, as one value, and what each change makes of it. */
import type { PushKeys, SessionRecord, SetupLink, StaffRecord } from "../../vocabulary/staff.js";
import type { AccessChange, SecondFactor } from "../access-port.js";

/** A city has tens of staff: all of it is one small document, so that every change is one write. */
export interface AccessState {
  staff: StaffRecord[];
  sessions: SessionRecord[];
  links: SetupLink[];
  /** Staff → hashes of the backup codes that are left. */
  codes: Record<string, string[]>;
  pushKeys?: PushKeys;
}

export const NOBODY: AccessState = { staff: [], sessions: [], links: [], codes: {} };

/** Sessions end long before; what is left of them goes away with the next sign-in. */
const FORGOTTEN_MS = 30 * 24 * 60 * 60 * 1000;

/** The state after a change; undefined when the change does not hold. */
export function applyAccess(state: AccessState, change: AccessChange, now: number): AccessState | undefined {
  switch (change.kind) {
    case "add-staff":
      return addStaff(state, change.staff, change.link);
    case "change-staff": {
      const { id, name, roles, agency } = change.staff;
      if (!roles.includes("administrator") && !leavesAdministrator(state, id)) return undefined;
      return withStaff(state, id, (staff) => ({ ...staff, name, roles, agency }));
    }
    case "new-link":
      return newLink(state, change.link);
    case "set-up":
      return setUp(state, change, now);
    case "disable":
      if (!leavesAdministrator(state, change.staff)) return undefined;
      return withStaff(
        withoutLink(withoutSessions(state, change.staff), change.staff),
        change.staff,
        (staff) => ({
          ...staff,
          state: "disabled",
        }),
      );
    case "enable":
      return withStaff(state, change.staff, (staff) =>
        staff.state === "disabled"
          ? { ...staff, state: staff.passwordHash === undefined ? "invited" : "active" }
          : undefined,
      );
    case "password":
      return withStaff(withoutSessions(state, change.staff, change.keepSession), change.staff, (staff) =>
        staff.state === "active" ? { ...staff, passwordHash: change.passwordHash } : undefined,
      );
    case "backup-codes":
      return { ...state, codes: { ...state.codes, [change.staff]: change.backupHashes } };
    case "sign-in":
      return signIn(state, change.session, change.proof, now);
    case "end-session": {
      const left = state.sessions.filter(
        ({ id, staff }) => !(id === change.session && staff === change.staff),
      );
      return left.length === state.sessions.length ? undefined : { ...state, sessions: left };
    }
    case "end-sessions":
      return withoutSessions(state, change.staff, change.keepSession);
    case "push":
      return withPush(state, change);
    case "push-keys":
      return state.pushKeys === undefined ? { ...state, pushKeys: change.keys } : undefined;
  }
}

function withPush(
  state: AccessState,
  { staff, session, push }: Extract<AccessChange, { kind: "push" }>,
): AccessState | undefined {
  const isIt = (each: SessionRecord): boolean => each.id === session && each.staff === staff;
  if (!state.sessions.some(isIt)) return undefined;
  const sessions = state.sessions.map((each) => {
    if (!isIt(each)) return each;
    const { push: _, ...bare } = each;
    return push === undefined ? bare : { ...bare, push };
  });
  return { ...state, sessions };
}

function withStaff(
  state: AccessState,
  id: string,
  make: (staff: StaffRecord) => StaffRecord | undefined,
): AccessState | undefined {
  const before = state.staff.find((staff) => staff.id === id);
  const after = before === undefined ? undefined : make(before);
  if (after === undefined) return undefined;
  return { ...state, staff: state.staff.map((staff) => (staff === before ? after : staff)) };
}

function withoutSessions(state: AccessState, staff: string, keep?: string): AccessState {
  return { ...state, sessions: state.sessions.filter((each) => each.staff !== staff || each.id === keep) };
}

function withoutLink(state: AccessState, staff: string): AccessState {
  return { ...state, links: state.links.filter((link) => link.staff !== staff) };
}

function withLink(state: AccessState, link: SetupLink): AccessState {
  return { ...state, links: [...withoutLink(state, link.staff).links, link] };
}

function addStaff(
  state: AccessState,
  staff: StaffRecord,
  link: SetupLink | undefined,
): AccessState | undefined {
  if (state.staff.some(({ id, login }) => id === staff.id || login === staff.login)) return undefined;
  const added = { ...state, staff: [...state.staff, staff] };
  return link === undefined ? added : withLink(added, link);
}

function newLink(state: AccessState, link: SetupLink): AccessState | undefined {
  const stripped = withStaff(state, link.staff, ({ passwordHash: _, totpSecret: __, ...staff }) =>
    staff.state === "disabled" || staff.isDemo ? undefined : { ...staff, state: "invited" },
  );
  if (stripped === undefined) return undefined;
  return withLink(
    { ...withoutSessions(stripped, link.staff), codes: { ...stripped.codes, [link.staff]: [] } },
    link,
  );
}

function setUp(
  state: AccessState,
  change: Extract<AccessChange, { kind: "set-up" }>,
  now: number,
): AccessState | undefined {
  const link = state.links.find((each) => each.tokenHash === change.tokenHash && each.expiresAt > now);
  if (link === undefined) return undefined;
  const { passwordHash, totpStep, backupHashes } = change;
  const ready = withStaff(withoutLink(state, link.staff), link.staff, (staff) =>
    staff.state === "invited"
      ? { ...staff, state: "active", passwordHash, totpSecret: link.totpSecret, totpStep }
      : undefined,
  );
  if (ready === undefined) return undefined;
  return { ...withoutSessions(ready, link.staff), codes: { ...ready.codes, [link.staff]: backupHashes } };
}

function signIn(
  state: AccessState,
  session: SessionRecord,
  proof: SecondFactor,
  now: number,
): AccessState | undefined {
  const proven = prove(state, session.staff, proof);
  if (proven === undefined) return undefined;
  const recent = proven.sessions.filter(({ startedAt }) => startedAt > now - FORGOTTEN_MS);
  return { ...proven, sessions: [...recent, session] };
}

function prove(state: AccessState, id: string, proof: SecondFactor): AccessState | undefined {
  const staff = state.staff.find((each) => each.id === id);
  if (staff?.state !== "active" || staff.isDemo !== (proof.kind === "demo")) return undefined;
  switch (proof.kind) {
    case "demo":
      return state;
    case "totp":
      return withStaff(state, id, (each) =>
        each.totpStep < proof.step ? { ...each, totpStep: proof.step } : undefined,
      );
    case "backup": {
      const codes = state.codes[id] ?? [];
      if (!codes.includes(proof.hash)) return undefined;
      return { ...state, codes: { ...state.codes, [id]: codes.filter((hash) => hash !== proof.hash) } };
    }
  }
}

/** True when an active administrator is left besides this person, or this person is none. Demo accounts count among themselves: where a real page is connected, they cannot come in. */
function leavesAdministrator({ staff }: AccessState, id: string): boolean {
  const isAdministrator = ({ state, roles }: StaffRecord): boolean =>
    state === "active" && roles.includes("administrator");
  const person = staff.find((each) => each.id === id);
  if (person === undefined) return false;
  if (!isAdministrator(person)) return true;
  return staff.some((each) => each.id !== id && isAdministrator(each) && (person.isDemo || !each.isDemo));
}
