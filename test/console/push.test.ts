/** Notifications on the browsers of staff: who is told, what arrives there, what is never in it, and where nothing is sent. */
import type { BrowserContext } from "playwright-core";
import { createAlerts, type Alerts } from "../../src/console/alerts/alerts";
import { browserChannel } from "../../src/console/alerts/channels";
import { openEscalation } from "../../src/escalation/open";
import { dueAlerts, BROWSER_STEPS, GROUP_STEPS } from "../../src/console/alerts/ladder";
import { lookUpOutside, isOutside } from "../../src/console/push/outside";
import { createPush, type Push } from "../../src/console/push/push";
import type { Listing } from "../../src/vocabulary/listing";
import type { SessionRecord } from "../../src/vocabulary/staff";
import { axeFindings, LAPTOP, PHONE } from "../support/browser";
import { startConsole, type TestConsole } from "../support/console";
import { newBrowser, startPushService, vapidOf, type PushService } from "../support/push-service";
import { FLOODED, NIK, PHONE as NUMBER } from "./busy-day";
import { until } from "./office";
import { describeOnBusyDay } from "./on-busy-day";

jest.setTimeout(120_000);

const MINUTE = 60_000;

describe("A browser of staff", () => {
  let service: PushService;
  let sabar: TestConsole;
  let push: Push;
  let sari: SessionRecord;
  const waiting: Listing[] = [];
  let alerts: Alerts;
  let START = 0;

  beforeAll(async () => {
    service = await startPushService();
    sabar = await startConsole();
    START = sabar.clock.now;
    push = createPush({
      access: sabar.store.access,
      contact: "https://sabar.kotacontoh.example",
      now: () => sabar.clock.now,
      origins: [service.origin],
      timeoutMs: 2000,
      retryMs: 10,
    });
    const { tell } = push;
    push.tell = async (...told) => {
      const telling = await tell(...told);
      begun.push(telling.reached);
      return telling;
    };
    const people = await Promise.all([
      sabar.add("sari", ["officer"]),
      sabar.add("rudi", ["officer"]),
      sabar.add("rina", ["editor"]),
    ]);
    for (const { login } of people) await sabar.signIn(login);
    const sessions = await Promise.all(people.map(({ id }) => sabar.store.access.sessionsOf(id)));
    for (const session of sessions.flat()) {
      const name = people.find(({ id }) => id === session.staff)?.login ?? "";
      const browser = newBrowser(`${service.origin}/${name}`);
      browsers.set(name, browser);
      await turnOn(session, browser.push);
    }
    sari = sessions[0]![0]!;
    alerts = createAlerts({
      desk: { listings: () => Promise.resolve(waiting) },
      tallies: sabar.store.tallies,
      channels: [browserChannel(push, sabar.store.access)],
      isServiceTime: () => true,
      now: () => sabar.clock.now,
      onFailure: (error) => {
        throw error;
      },
    });
  });
  afterAll(async () => {
    await push.stop();
    await sabar.close();
    await service.close();
  });
  const begun: Promise<number>[] = [];
  /** How many browsers of these people took it. */
  const reach = async (staff: string[]): Promise<number> => {
    const { reached } = await push.tell(staff, { title: "t", body: "b", path: "/console", tag: "t" });
    return reached;
  };
  const browsers = new Map<string, ReturnType<typeof newBrowser>>();
  const turnOn = (session: SessionRecord, address: SessionRecord["push"]): Promise<boolean> =>
    sabar.store.access.commitAccess(
      { kind: "push", staff: session.staff, session: session.id, ...(address && { push: address }) },
      { action: "push-on" },
      sabar.clock.now,
    );
  const told = async (minutes: number): Promise<string[]> => {
    sabar.clock.now = START + minutes * MINUTE;
    const before = service.received.length;
    await alerts.tick();
    await Promise.all(begun.splice(0));
    return service.received
      .slice(before)
      .map(({ path }) => path)
      .sort();
  };
  const listing = (more: Partial<NonNullable<Listing["escalation"]>> = {}): Listing => ({
    citizen: "71",
    place: "needs",
    isUrgent: true,
    windowEndsAt: START + 24 * 60 * MINUTE,
    waitingSince: START,
    lastAt: START,
    excerpt: `tolong banjir, nik ${NIK} hp ${NUMBER}`,
    escalation: {
      id: "e71",
      citizen: "71",
      state: "waiting",
      reason: "urgent",
      priority: "P0",
      words: ["banjir"],
      summary: "",
      openedAt: START,
      lastWroteAt: START,
      updatedAt: START,
      ...more,
    },
  });

  it("is told of danger at once, after two and four minutes, and no more once somebody has it (D-01, D-02)", async () => {
    waiting.splice(0, 1, listing());
    expect(await told(0)).toEqual(["/rudi", "/sari"]);
    expect(await told(1.9)).toEqual([]);
    expect(await told(2)).toEqual(["/rudi", "/sari"]);
    expect(await told(4)).toEqual(["/rudi", "/sari"]);
    waiting.splice(0, 1, listing({ holder: { id: sari.staff, name: "Sari", since: START + 5 * MINUTE } }));
    expect(await told(30)).toEqual([]);
  });

  it("is told of its own conversation when the citizen writes again, and only the holder's is", async () => {
    const held = listing({ holder: { id: sari.staff, name: "Sari", since: START } });
    waiting.splice(0, 1, { ...held, waitingSince: START + 40 * MINUTE });
    expect(await told(40)).toEqual(["/sari"]);
    expect(await told(41)).toEqual([]);
    waiting.splice(0, 1);
  });

  it("can read it, and nobody on the way; it names nobody (D-04)", async () => {
    const [first] = service.received;
    const { claims, key } = vapidOf(first!);
    expect(key).toBe(await push.publicKey());
    expect([claims.aud, claims.sub]).toEqual([service.origin, "https://sabar.kotacontoh.example"]);
    expect(first!.headers).toMatchObject({ "content-encoding": "aes128gcm", urgency: "high", ttl: "600" });
    const name = first!.path.slice(1);
    expect(browsers.get(name)?.read(first!.body)).toEqual({
      title: "Layanan Warga",
      body: "Darurat, baru masuk.",
      path: "/console/conversations/71",
      tag: "71",
    });
    for (const { path, body } of service.received) {
      const text = JSON.stringify(browsers.get(path.slice(1))?.read(body));
      for (const secret of [NIK, NUMBER, "banjir"]) expect(text).not.toContain(secret);
      expect(body.toString("latin1")).not.toContain("Darurat");
    }
  });

  it("is forgotten when its maker says that it is gone, and kept when the maker is only ill", async () => {
    service.answer(503);
    expect(await reach([sari.staff])).toBe(0);
    expect((await sabar.store.access.pushSessions()).map(({ id }) => id)).toContain(sari.id);
    service.answer(410);
    // After its rest.
    sabar.clock.now += 2 * MINUTE;
    expect(await reach([sari.staff])).toBe(0);
    expect((await sabar.store.access.pushSessions()).map(({ id }) => id)).not.toContain(sari.id);
    const [line] = await sabar.store.audit.find({ action: "push-off" }, 1);
    expect(line?.object).toBe(`staff:${sari.staff}`);
    service.answer(201);
  });

  it("that is ill is tried once more and then left alone, ever longer; nobody else waits or hears twice", async () => {
    waiting.splice(0, waiting.length);
    const [session] = await sabar.store.access.sessionsOf(sari.staff);
    await turnOn(session!, browsers.get("sari")!.push);
    for (const [index, ill] of ([500, "never"] as const).entries()) {
      service.answer(ill, "/sari");
      waiting.splice(0, 1, listing({ id: `ill-${index}` }));
      const before = service.received.length;
      const heardBy = (path: string): number =>
        service.received.slice(before).filter((each) => each.path === path).length;
      sabar.clock.now = START + 90 * MINUTE * index;
      await alerts.tick();
      await until(() => heardBy("/rudi") === 1);
      // Ten seconds of looks, and nothing is told again.
      for (let look = 0; look < 20; look += 1) await alerts.tick();
      await Promise.all(begun.splice(0));
      // Whatever else there is to say, it has its rest.
      for (let message = 0; message < 10; message += 1) expect(await reach([sari.staff])).toBe(0);
      expect([heardBy("/rudi"), heardBy("/sari")]).toEqual([1, index === 0 ? 2 : 1]);
    }
    // Well again, it is told with the next message after its rest, and the rests are forgotten.
    service.answer(201, "/sari");
    sabar.clock.now = START + 90 * MINUTE + 2 * MINUTE;
    expect(await reach([sari.staff])).toBe(1);
    waiting.splice(0, 1);
    sabar.clock.now = START;
  });

  it("with a key that is none, kept from before, is forgotten, and the others are told once", async () => {
    const [session] = await sabar.store.access.sessionsOf(sari.staff);
    const good = browsers.get("sari")!.push;
    await turnOn(session!, { ...good, p256dh: Buffer.alloc(65, 4).toString("base64url") });
    waiting.splice(0, 1, listing({ id: "bad-key" }));
    expect(await told(0)).toEqual(["/rudi"]);
    for (let look = 0; look < 20; look += 1) expect(await told(0)).toEqual([]);
    expect((await sabar.store.access.pushSessions()).map(({ id }) => id)).not.toContain(session!.id);
    waiting.splice(0, 1);
  });

  it("is told while another way of telling does not answer", async () => {
    let answer = (): void => undefined;
    const silent = new Promise<void>((resolve) => (answer = resolve));
    const both = createAlerts({
      desk: { listings: () => Promise.resolve([listing({ id: "slow" })]) },
      tallies: sabar.store.tallies,
      channels: [
        { name: "silent", steps: BROWSER_STEPS, tell: () => silent },
        browserChannel(push, sabar.store.access),
      ],
      isServiceTime: () => true,
      now: () => sabar.clock.now,
      onFailure: (error) => {
        throw error;
      },
    });
    const before = service.received.length;
    const looks: Promise<void>[] = [];
    for (const [index, minutes] of [0, 2, 4].entries()) {
      sabar.clock.now = START + minutes * MINUTE;
      looks.push(both.tick());
      await until(() => service.received.length === before + index + 1);
      await Promise.all(begun.splice(0));
    }
    answer();
    await Promise.all(looks);
    sabar.clock.now = START;
  });

  it("is told no more when its session was ended, or nobody has signed in for a month", async () => {
    const [session] = (await sabar.store.access.pushSessions()).filter(
      ({ push: address }) => address?.endpoint.endsWith("/rudi") === true,
    );
    expect(await reach([session!.staff])).toBe(1);
    sabar.clock.now += 31 * 24 * 60 * MINUTE;
    expect(await reach([session!.staff])).toBe(0);
    sabar.clock.now = START;
    await sabar.store.access.commitAccess(
      { kind: "end-session", staff: session!.staff, session: session!.id },
      { action: "session-ended" },
      START,
    );
    expect(await reach([session!.staff])).toBe(0);
  });

  it("that lies inside the city's network gets nothing (S-04)", async () => {
    const { push: good } = newBrowser("https://push.example/abc");
    expect(push.isAllowed(good)).toBe(true);
    for (const endpoint of [
      "http://push.example/a",
      "https://127.0.0.1/a",
      "https://169.254.169.254/latest/meta-data",
      "https://[::1]/a",
      "https://0x7f.1/a",
      "https://2130706433/a",
      "https://localhost/a",
      "https://intranet/a",
      "https://push.example:8443/a",
      "https://user:pass@push.example/a",
      "ftp://push.example/a",
      "javascript:alert(1)",
      "",
    ])
      expect([endpoint, push.isAllowed({ ...good, endpoint })]).toEqual([endpoint, false]);
    expect(push.isAllowed({ ...good, p256dh: "abc" })).toBe(false);
    // So long as a key, and none.
    const noPoint = Buffer.alloc(65, 4).toString("base64url");
    expect(push.isAllowed({ ...good, p256dh: noPoint })).toBe(false);
    expect(push.isAllowed({ ...good, auth: "<script>" })).toBe(false);
    for (const inside of [
      "127.0.0.1",
      "10.1.2.3",
      "172.20.0.1",
      "192.168.1.1",
      "169.254.169.254",
      "100.64.0.1",
      "0.0.0.0",
      "::1",
      "fd00::1",
      "fe80::1",
      "::ffff:127.0.0.1",
      "64:ff9b::7f00:1",
    ])
      expect([inside, isOutside(inside)]).toEqual([inside, false]);
    for (const outside of ["8.8.8.8", "172.32.0.1", "2606:4700::1111"])
      expect([outside, isOutside(outside)]).toEqual([outside, true]);
    // A name may look harmless and lead inside.
    const looked = await new Promise((resolve) => {
      lookUpOutside("localhost", {}, (error) => resolve(error));
    });
    expect(looked).toBeInstanceOf(Error);
  });

  it("is not tried again once the server stops, which waits for nothing else", async () => {
    const [session] = await sabar.store.access.sessionsOf(sari.staff);
    await turnOn(session!, browsers.get("sari")!.push);
    const other = createPush({
      access: sabar.store.access,
      contact: "https://sabar.kotacontoh.example",
      now: () => sabar.clock.now,
      origins: [service.origin],
      retryMs: 60_000,
    });
    const message = { title: "t", body: "b", path: "/console", tag: "t" };
    service.answer(500, "/sari");
    const before = service.received.length;
    const { reached } = await other.tell([sari.staff], message);
    await until(() => service.received.length === before + 1);
    await other.stop();
    expect(await reached).toBe(0);
    expect(await other.tellOne((await sabar.store.access.sessionsOf(sari.staff))[0]!, message)).toBe(
      "failed",
    );
    expect(service.received.length).toBe(before + 1);
    service.answer(201, "/sari");
  });

  it("keeps the night quiet for everything but danger", () => {
    const asked = { now: START + MINUTE, isServiceTime: false, steps: BROWSER_STEPS };
    expect(dueAlerts([listing()], new Map(), asked)).toHaveLength(1);
    const ordinary = { ...listing({ reason: "asked", priority: "P2" }), isUrgent: false };
    expect(dueAlerts([ordinary], new Map(), asked)).toHaveLength(0);
    expect(dueAlerts([ordinary], new Map(), { ...asked, isServiceTime: true })).toHaveLength(1);
  });

  describe("New danger in a conversation that somebody has", () => {
    const held = (alarmedAt: number) =>
      listing({ holder: { id: "sari", name: "Sari", since: START }, alarmedAt });
    const due = (at: number, steps = BROWSER_STEPS) =>
      dueAlerts([held(START + MINUTE)], new Map(), { now: at, isServiceTime: false, steps });

    it("is told to them at once, and to everybody when they have not answered after two minutes", () => {
      expect(due(START + MINUTE)).toMatchObject([{ holder: "sari" }]);
      expect(due(START + 2.9 * MINUTE)).toMatchObject([{ holder: "sari" }]);
      const [toAll] = due(START + 3 * MINUTE);
      expect(toAll).toMatchObject({ waitedMs: 2 * MINUTE, times: 1 });
      expect(toAll?.holder).toBeUndefined();
      expect(due(START + 2 * MINUTE, GROUP_STEPS)).toEqual([]);
      expect(due(START + 3 * MINUTE, GROUP_STEPS)).toHaveLength(1);
    });

    it("is not the danger that they took it for", () => {
      const told = dueAlerts([held(START - MINUTE)], new Map(), {
        now: START + 10 * MINUTE,
        isServiceTime: false,
        steps: GROUP_STEPS,
      });
      expect(told).toEqual([]);
    });

    it("counts from the first alarm that nobody has answered", () => {
      const need = (now: number) => ({
        citizen: "1",
        eventId: `e${now}`,
        reason: "urgent" as const,
        priority: "P0" as const,
        now,
      });
      const first = openEscalation(need(1000), undefined);
      expect(first.alarmedAt).toBe(1000);
      expect(openEscalation(need(2000), first).alarmedAt).toBe(1000);
      const taken = { ...first, state: "taken" as const, holder: { id: "sari", name: "Sari", since: 1500 } };
      const again = openEscalation(need(2000), taken);
      expect(again.alarmedAt).toBe(2000);
      expect(openEscalation(need(3000), again).alarmedAt).toBe(2000);
      expect(openEscalation(need(4000), { ...again, waitsFor: "citizen" }).alarmedAt).toBe(4000);
    });
  });
});

describeOnBusyDay("The page Pemberitahuan", (day) => {
  /** A browser in a test has no maker that would take messages; only that half is stood in for. */
  const standInForMaker = (context: BrowserContext, address: { p256dh: string; auth: string }) =>
    context.addInitScript(
      `(({ p256dh, auth }) => {
        let made = null;
        const subscription = {
          endpoint: "https://push.example/abc",
          toJSON: () => ({ endpoint: "https://push.example/abc", keys: { p256dh, auth } }),
          unsubscribe: () => { made = null; return Promise.resolve(true); },
        };
        PushManager.prototype.getSubscription = () => Promise.resolve(made);
        PushManager.prototype.subscribe = (options) => {
          window.askedKey = options.applicationServerKey.length;
          made = subscription;
          return Promise.resolve(made);
        };
      })(${JSON.stringify(address)})`,
    );

  it.each([
    ["a laptop", LAPTOP],
    ["a phone", PHONE],
  ])("switches notifications on and off for %s, under the strict policy", async (_name, viewport) => {
    const seat = await day.office.sitDown(day.browser, "sari", viewport);
    await seat.context.grantPermissions(["notifications"], { origin: day.office.url });
    await standInForMaker(seat.context, newBrowser("https://push.example/abc").push);
    await seat.page.goto(`${day.office.url}/console/settings/alerts`);
    expect(await axeFindings(seat.page)).toEqual([]);
    await seat.page.getByRole("button", { name: "Nyalakan di perangkat ini" }).click();
    await seat.page.getByText("Pemberitahuan menyala di perangkat ini.").waitFor();
    expect(await seat.page.evaluate("window.askedKey")).toBe(65);
    expect(await day.office.app.store.access.pushSessions()).toHaveLength(1);
    await seat.page.reload();
    await seat.page.getByRole("button", { name: "Matikan" }).click();
    await seat.page.getByText("Pemberitahuan belum menyala di perangkat ini.").waitFor();
    expect(await day.office.app.store.access.pushSessions()).toHaveLength(0);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });

  it("has a worker that shows what was pushed", async () => {
    const seat = await day.office.sitDown(day.browser, "rudi");
    await seat.context.grantPermissions(["notifications"], { origin: day.office.url });
    await standInForMaker(seat.context, newBrowser("https://push.example/abc").push);
    const debug = await seat.context.newCDPSession(seat.page);
    let registration = "";
    debug.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      registration = registrations[0]?.registrationId ?? registration;
    });
    await debug.send("ServiceWorker.enable");
    await seat.page.goto(`${day.office.url}/console/settings/alerts`);
    await seat.page.getByRole("button", { name: "Nyalakan di perangkat ini" }).click();
    await seat.page.getByText("Pemberitahuan menyala di perangkat ini.").waitFor();
    await until(() => registration !== "");
    await debug.send("ServiceWorker.deliverPushMessage", {
      origin: day.office.url,
      registrationId: registration,
      data: JSON.stringify({
        title: "Layanan Warga",
        body: "Darurat, baru masuk.",
        path: `/console/conversations/${FLOODED}`,
        tag: FLOODED,
      }),
    });
    const shown = (): Promise<string[][]> =>
      seat.page.evaluate<string[][]>(
        `navigator.serviceWorker.ready
          .then((worker) => worker.getNotifications())
          .then((all) => all.map(({ title, body, tag, data }) => [title, body, tag, data.path]))`,
      );
    await until(async () => (await shown()).length > 0);
    expect(await shown()).toEqual([
      ["Layanan Warga", "Darurat, baru masuk.", FLOODED, `/console/conversations/${FLOODED}`],
    ]);
    expect(seat.trouble).toEqual([]);
    await seat.context.close();
  });
});
