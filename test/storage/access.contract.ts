/** What the storage port promises about staff, their sessions and the audit log. */
import type { AccessChange } from "../../src/storage/access-port";
import { verifyChain } from "../../src/storage/audit-chain";
import type { Store } from "../../src/storage/port";
import type { SessionRecord, SetupLink, StaffRecord } from "../../src/vocabulary/staff";
import { NOW } from "./samples";

const HOUR = 60 * 60 * 1000;

export function accessPromises(theStore: () => Store, reopen: () => Promise<void>): void {
  const person = (id: string, more: Partial<StaffRecord> = {}): StaffRecord => ({
    id,
    login: id,
    name: id.toUpperCase(),
    roles: ["officer"],
    state: "active",
    passwordHash: "hash",
    totpSecret: "SECRET",
    totpStep: 5,
    isDemo: false,
    createdAt: NOW,
    ...more,
  });
  const session = (id: string, staff: string, startedAt = NOW): SessionRecord => ({
    id,
    tokenHash: `token-${id}`,
    staff,
    startedAt,
    seenAt: startedAt,
    address: "127.0.0.1",
    browser: "Firefox",
  });
  const link = (staff: string, tokenHash = "link"): SetupLink => ({
    tokenHash,
    staff,
    totpSecret: "NEW",
    createdAt: NOW,
    expiresAt: NOW + HOUR,
  });
  const commit = (change: AccessChange, now = NOW): Promise<boolean> =>
    theStore().access.commitAccess(change, { action: "staff-changed", object: change.kind }, now);
  const access = () => theStore().access;
  const add = (...staff: StaffRecord[]): Promise<boolean[]> =>
    Promise.all(staff.map((each) => commit({ kind: "add-staff", staff: each })));

  it("adds people, each login once, and gives back what was given", async () => {
    const rina = person("rina", { agency: "dpu", roles: ["officer", "editor"] });
    expect(await add(rina)).toEqual([true]);
    expect(await commit({ kind: "add-staff", staff: person("other", { login: "rina" }) })).toBe(false);
    await reopen();
    expect(await access().staffById("rina")).toEqual(rina);
    expect(await access().staffByLogin("rina")).toEqual(rina);
    expect(await access().staffByLogin("budi")).toBeUndefined();
    await add(person("adi"));
    expect((await access().allStaff()).map(({ name }) => name)).toEqual(["ADI", "RINA"]);
  });

  it("writes one line for each change that holds, and none for one that does not", async () => {
    await add(person("rina"));
    await commit({ kind: "enable", staff: "rina" });
    await commit({ kind: "change-staff", staff: { id: "rina", name: "Rina", roles: ["head"] } });
    const lines = await theStore().audit.after(0, 10);
    expect(lines.map(({ sequence, object }) => [sequence, object])).toEqual([
      [1, "add-staff"],
      [2, "change-staff"],
    ]);
  });

  it("keeps the last administrator in, and counts demo accounts among themselves", async () => {
    const boss = { roles: ["administrator"] as const };
    await add(person("a", boss), person("demo", { ...boss, isDemo: true }));
    expect(await commit({ kind: "disable", staff: "a" })).toBe(false);
    expect(await commit({ kind: "change-staff", staff: { id: "a", name: "A", roles: ["officer"] } })).toBe(
      false,
    );
    await add(person("b", boss));
    expect(await commit({ kind: "disable", staff: "a" })).toBe(true);
    expect((await access().staffById("a"))?.state).toBe("disabled");
    expect(await commit({ kind: "disable", staff: "b" })).toBe(false);
    expect(await commit({ kind: "disable", staff: "demo" })).toBe(true);
    expect(await commit({ kind: "enable", staff: "a" })).toBe(true);
    expect((await access().staffById("a"))?.state).toBe("active");
  });

  it("lets a link be used once and in time, and then it gives password and second factor", async () => {
    const invited = person("rina", { state: "invited", passwordHash: undefined, totpSecret: undefined });
    await commit({ kind: "add-staff", staff: invited, link: link("rina") });
    expect(await access().setupLink("link")).toEqual(link("rina"));
    expect(await access().openLinks(NOW)).toEqual([link("rina")]);
    expect(await access().openLinks(NOW + 2 * HOUR)).toEqual([]);
    const use: AccessChange = {
      kind: "set-up",
      tokenHash: "link",
      passwordHash: "fresh",
      totpStep: 9,
      backupHashes: ["x", "y"],
    };
    expect(await commit(use, NOW + 2 * HOUR)).toBe(false);
    expect(await commit(use)).toBe(true);
    expect(await commit(use)).toBe(false);
    expect(await access().staffById("rina")).toMatchObject({
      state: "active",
      passwordHash: "fresh",
      totpSecret: "NEW",
      totpStep: 9,
    });
    expect(await access().backupCodesLeft("rina")).toBe(2);
  });

  it("keeps where a browser is told of things until its session is ended, and one pair of keys", async () => {
    const push = { endpoint: "https://push.example/1", p256dh: "p", auth: "a" };
    await add(person("rina"));
    await commit({ kind: "sign-in", session: session("s1", "rina"), proof: { kind: "totp", step: 6 } });
    await commit({ kind: "sign-in", session: session("s2", "rina"), proof: { kind: "totp", step: 7 } });
    expect(await access().pushSessions()).toEqual([]);
    expect(await commit({ kind: "push", staff: "rina", session: "s1", push })).toBe(true);
    expect(await commit({ kind: "push", staff: "rina", session: "s2", push })).toBe(true);
    expect(await commit({ kind: "push", staff: "rina", session: "gone", push })).toBe(false);
    expect(await commit({ kind: "push", staff: "other", session: "s1" })).toBe(false);
    await reopen();
    expect((await access().pushSessions()).map(({ id, push: kept }) => [id, kept])).toEqual([
      ["s1", push],
      ["s2", push],
    ]);
    expect((await access().session("token-s1"))?.session.push).toEqual(push);
    await commit({ kind: "push", staff: "rina", session: "s1" });
    await commit({ kind: "end-session", staff: "rina", session: "s2" });
    expect(await access().pushSessions()).toEqual([]);
    const keys = { publicKey: "public", privateKey: "private" };
    expect(await access().pushKeys()).toBeUndefined();
    expect(await commit({ kind: "push-keys", keys })).toBe(true);
    expect(await commit({ kind: "push-keys", keys: { publicKey: "x", privateKey: "y" } })).toBe(false);
    expect(await access().pushKeys()).toEqual(keys);
  });

  it("takes everything away with a new link", async () => {
    await add(person("rina"));
    await commit({ kind: "sign-in", session: session("s1", "rina"), proof: { kind: "totp", step: 6 } });
    await commit({ kind: "backup-codes", staff: "rina", backupHashes: ["x"] });
    expect(await commit({ kind: "new-link", link: link("rina") })).toBe(true);
    const stripped = await access().staffById("rina");
    expect(stripped?.state).toBe("invited");
    expect(stripped?.passwordHash).toBeUndefined();
    expect(await access().session("token-s1")).toBeUndefined();
    expect(await access().backupCodesLeft("rina")).toBe(0);
    expect(await commit({ kind: "new-link", link: link("nobody") })).toBe(false);
  });

  it("counts a code once: a step, a later step, a backup code", async () => {
    await add(person("rina"), person("demo", { isDemo: true }));
    await commit({ kind: "backup-codes", staff: "rina", backupHashes: ["x", "y"] });
    const signIn = (id: string, proof: Extract<AccessChange, { kind: "sign-in" }>["proof"], staff = "rina") =>
      commit({ kind: "sign-in", session: session(id, staff), proof });
    expect(await signIn("s1", { kind: "totp", step: 5 })).toBe(false);
    expect(await signIn("s1", { kind: "totp", step: 6 })).toBe(true);
    expect(await signIn("s2", { kind: "totp", step: 6 })).toBe(false);
    expect(await signIn("s3", { kind: "backup", hash: "x" })).toBe(true);
    expect(await signIn("s4", { kind: "backup", hash: "x" })).toBe(false);
    expect(await signIn("s5", { kind: "demo" })).toBe(false);
    expect(await signIn("s6", { kind: "demo" }, "demo")).toBe(true);
    expect(await access().backupCodesLeft("rina")).toBe(1);
    await commit({ kind: "disable", staff: "rina" });
    expect(await signIn("s7", { kind: "totp", step: 99 })).toBe(false);
  });

  it("knows sessions, newest first, and ends them", async () => {
    await add(person("rina"));
    for (const [index, id] of ["s1", "s2", "s3"].entries())
      await commit({
        kind: "sign-in",
        session: session(id, "rina", NOW + index),
        proof: { kind: "totp", step: 10 + index },
      });
    await access().touchSession("s1", NOW + HOUR);
    await reopen();
    expect((await access().sessionsOf("rina")).map(({ id, seenAt }) => [id, seenAt])).toEqual([
      ["s3", NOW + 2],
      ["s2", NOW + 1],
      ["s1", NOW + HOUR],
    ]);
    expect(await access().session("token-s1")).toMatchObject({
      session: { id: "s1", seenAt: NOW + HOUR },
      staff: { id: "rina" },
    });
    expect(await commit({ kind: "end-session", staff: "rina", session: "s2" })).toBe(true);
    expect(await commit({ kind: "end-session", staff: "rina", session: "s2" })).toBe(false);
    expect(await commit({ kind: "password", staff: "rina", passwordHash: "new", keepSession: "s1" })).toBe(
      true,
    );
    expect((await access().sessionsOf("rina")).map(({ id }) => id)).toEqual(["s1"]);
    expect(await commit({ kind: "end-sessions", staff: "rina" })).toBe(true);
    expect(await access().sessionsOf("rina")).toEqual([]);
  });

  it("keeps the audit log whole and in order, however many write at once, and finds lines", async () => {
    const { audit } = theStore();
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        audit.append(
          {
            action: n % 2 === 0 ? "signed-in" : "signed-out",
            staff: { id: `s${n % 3}`, name: "S" },
            object: `n:${n}`,
            detail: { "a.b": "$c" },
          },
          NOW + n,
        ),
      ),
    );
    const whole = await verifyChain((after, limit) => theStore().audit.after(after, limit));
    expect(whole).toMatchObject({ isWhole: true, rows: 60 });
    const found = await audit.find({ staff: "s0", action: "signed-in", from: NOW, until: NOW + 30 }, 3);
    expect(found).toHaveLength(3);
    expect(
      found.every(({ staff, action, at }) => staff?.id === "s0" && action === "signed-in" && at < NOW + 30),
    ).toBe(true);
    expect(found[0]!.sequence).toBeGreaterThan(found[1]!.sequence);
    expect((await audit.find({ before: 10 }, 100)).map(({ sequence }) => sequence)).toEqual([
      9, 8, 7, 6, 5, 4, 3, 2, 1,
    ]);
  });
}
