/** What staff and guessers notice of several servers on one database: nothing. */
import pino from "pino";
import { relayNews } from "../../src/app/news-relay";
import { createThrottle } from "../../src/console/access/throttle";
import { createAlerts } from "../../src/console/alerts/alerts";
import { GROUP_STEPS } from "../../src/console/alerts/ladder";
import { createNewsroom, type News } from "../../src/console/live/news";
import { createPresence, type Presence } from "../../src/console/live/presence";
import { openMongoStore } from "../../src/storage/mongo/open";
import type { Store } from "../../src/storage/port";
import { describeMongo } from "../support/describe-mongo";
import { startMongo, type MongoServer } from "../support/mongo";
import { keep } from "./waiting";

const MINUTE = 60_000;
const NOW = 1_795_317_300_000;

describeMongo("Three servers on one database", () => {
  let mongo: MongoServer;
  let stores: Store[];
  const ends: (() => void)[] = [];

  beforeAll(async () => {
    mongo = await startMongo();
    const uri = mongo.newDatabase();
    stores = [];
    for (let n = 0; n < 3; n += 1) stores.push(await openMongoStore({ uri }));
  }, 60_000);
  afterAll(async () => {
    for (const end of ends) end();
    for (const store of stores) await store.close();
    await mongo.close();
  });

  it("tell the group of a danger once each time, also when one of them starts anew", async () => {
    await keep(stores[0]!, "71", { at: NOW, reason: "urgent", priority: "P0", words: ["banjir"] });
    const told: number[] = [];
    let minutes = 0;
    let isDown = false;
    const failures: unknown[] = [];
    const start = (store: Store) =>
      createAlerts({
        desk: store.desk,
        tallies: store.tallies,
        channels: [
          {
            name: "group",
            steps: GROUP_STEPS,
            async tell() {
              await new Promise((resolve) => setTimeout(resolve, 20));
              if (isDown) throw new Error("down");
              told.push(minutes);
            },
          },
        ],
        isServiceTime: () => true,
        now: () => NOW + minutes * MINUTE,
        onFailure: (error) => failures.push(error),
      });
    const servers = stores.map(start);
    const tick = (): Promise<unknown> => Promise.all(servers.map((each) => each.tick()));
    for (minutes = 0; minutes < 15; minutes += 1) await tick();
    expect(told).toEqual([2, 12]);
    servers[1] = start(stores[1]!);
    await tick();
    expect(told).toEqual([2, 12]);
    // What could not be told is told at the next look, by whoever looks.
    minutes = 22;
    isDown = true;
    await tick();
    isDown = false;
    await tick();
    await tick();
    expect([told, failures.length > 0]).toEqual([[2, 12, 22], true]);
  });

  it("slow a guesser down together", async () => {
    const throttles = stores.map((store) => createThrottle(store.tallies));
    const address = "203.0.113.9";
    const answers: { waitMs: number }[] = [];
    for (let tries = 0; tries < 6; tries += 1)
      answers.push(await throttles[tries % 3]!.begin("sari", address, NOW + tries));
    expect(answers.map(({ waitMs }) => waitMs > 0)).toEqual([false, false, false, false, true, true]);
    // All at the same moment: no more slip through than one after the other.
    const burst = await Promise.all(
      Array.from({ length: 12 }, (_, n) => throttles[n % 3]!.begin("rudi", "203.0.113.10", NOW)),
    );
    expect(burst.filter(({ waitMs }) => waitMs === 0).length).toBeLessThanOrEqual(4);
    await throttles[1]!.succeeded("sari", address);
    expect((await throttles[2]!.begin("sari", address, NOW + 10)).waitMs).toBe(0);
  });

  it("show each other who has a conversation open, who types there, and that they left", async () => {
    let now = NOW;
    const rooms = stores.slice(0, 2).map((store) => {
      const news = createNewsroom();
      const heard: News[] = [];
      news.follow((each) => heard.push(each));
      const presence = createPresence({ news, now: () => now });
      ends.push(relayNews(news, store.shared!, pino({ enabled: false })));
      return { presence, heard };
    });
    const [here, there] = rooms as [(typeof rooms)[0], (typeof rooms)[0]];
    const seen = async (presence: Presence, expected: string): Promise<void> => {
      const until = Date.now() + 10_000;
      const words = (): string =>
        presence
          .others("71", "me")
          .map(({ name, isTyping }) => `${name}${isTyping ? "…" : ""}`)
          .join();
      while (words() !== expected && Date.now() < until)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(words()).toBe(expected);
    };
    const leave = here.presence.open("71", { id: "s1", name: "Sari" });
    await seen(there.presence, "Sari");
    expect(there.heard).toContainEqual({ kind: "presence", citizen: "71" });
    here.presence.typing("71", { id: "s1", name: "Sari" });
    await seen(there.presence, "Sari…");
    now += 9000;
    await seen(there.presence, "Sari");
    const leaveThere = there.presence.open("71", { id: "s2", name: "Rudi" });
    await seen(here.presence, "Sari,Rudi");
    leave();
    await seen(there.presence, "Rudi");
    leaveThere();
    await seen(here.presence, "");
    // One that ends without a word is not there for ever.
    here.presence.open("71", { id: "s1", name: "Sari" });
    await seen(there.presence, "Sari");
    now += 61_000;
    await seen(there.presence, "");
  }, 60_000);
});
