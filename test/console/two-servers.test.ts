/** Staff at two servers on one MongoDB: what happens at one is seen at the other within seconds, and nobody answers twice. */
import path from "node:path";
import { readConfig } from "../../src/app/config";
import { createLog } from "../../src/app/log";
import { startApp, type App } from "../../src/app/start";
import { createVisitor, type Visitor } from "../support/console";
import { describeMongo } from "../support/describe-mongo";
import { lendLearnt, untilLearnt } from "../support/learnt";
import { startMongo, type MongoServer } from "../support/mongo";
import { temporaryFolder } from "../support/sabar";
import { wordsOf } from "../support/stand-in";
import { until } from "./office";

jest.setTimeout(240_000);

const ROUNDS = 15;

describeMongo("Staff at two servers", () => {
  const places = [temporaryFolder(), temporaryFolder()];
  let mongo: MongoServer;
  let apps: App[] = [];
  let sari: Visitor;
  let rudi: Visitor;

  beforeAll(async () => {
    mongo = await startMongo();
    const uri = mongo.newDatabase();
    for (const { folder } of places) {
      const config = readConfig({
        PORT: "0",
        DATA_DIR: folder,
        INTENTS_DIR: path.join(__dirname, "..", "..", "intents"),
        MONGODB_URI: uri,
        GATHER_SECONDS: "0",
        SENDS_PER_SECOND: "10000",
      });
      lendLearnt(folder);
      const app = await startApp(config, createLog("silent"));
      apps.push(app);
      await untilLearnt(app.url, folder);
    }
    // Both have the same accounts; the later start has given them its password.
    const password = apps[1]?.demo?.password ?? "";
    const signIn = async (app: App, login: string): Promise<Visitor> => {
      const visitor = createVisitor(app.url);
      expect((await visitor.post("/console/login", { login, password })).status).toBe(303);
      return visitor;
    };
    sari = await signIn(apps[0]!, "sari-demo");
    rudi = await signIn(apps[1]!, "rudi-demo");
  });
  afterAll(async () => {
    for (const app of apps) await app.stop();
    apps = [];
    await mongo.close();
    for (const place of places) place.remove();
  });

  /** Everything that this citizen was sent, whichever server sent it. */
  const heard = (citizen: string): string[] =>
    apps.flatMap(({ simulator }) =>
      (simulator?.graph.sent ?? [])
        .filter((each) => each.citizen === citizen)
        .map(({ message }) => wordsOf(message)),
    );
  const write = (app: App | undefined, citizen: string, text: string): void => {
    expect(app?.simulator?.act({ kind: "text", citizen, text })).toBe(true);
  };
  const act = (who: Visitor, citizen: string, form: Record<string, string>) =>
    who.post(`/console/conversations/${citizen}/act`, form, {
      "x-requested-with": "sabar",
      accept: "application/json",
    });

  it("see within seconds what came in at the other one", async () => {
    const live = new AbortController();
    const cookie = [...sari.cookies].map(([name, value]) => `${name}=${value}`).join("; ");
    const lines = await fetch(`${apps[0]!.url}/console/live`, { headers: { cookie }, signal: live.signal });
    let told = "";
    const reading = (async (): Promise<void> => {
      for await (const chunk of lines.body!) told += Buffer.from(chunk).toString();
    })().catch(() => undefined);
    const citizen = "7810000000000001";
    write(apps[1], citizen, "mau bicara dengan petugas");
    await until(() => told.includes(citizen), 10_000);
    await until(async () => (await sari.get("/console/inbox")).text.includes(`row-${citizen}`), 10_000);
    // Taken at the one, it is held at the other.
    expect((await act(rudi, citizen, { act: "claim", key: "claim-of-rudi-1" })).status).toBeLessThan(300);
    await until(async () =>
      /Dipegang Rudi|Rudi/.test((await sari.get(`/console/conversations/${citizen}`)).text),
    );
    live.abort();
    await reading;
  });

  it("never both have one conversation, and never both answer", async () => {
    for (let round = 0; round < ROUNDS; round += 1) {
      const citizen = `78200000000000${10 + round}`;
      write(apps[round % 2], citizen, "mau bicara dengan petugas");
      await until(() => heard(citizen).length > 0);
      await Promise.all(
        [sari, rudi].map((who, index) =>
          act(who, citizen, { act: "claim", key: `claim-${round}-by-${index}` }),
        ),
      );
      const { store } = apps[0]!;
      await until(async () => {
        const { escalation } = (await store.desk.listing(citizen)) ?? {};
        return escalation?.holder !== undefined;
      });
      const replies = ["Sari", "Rudi"].map((name) => `${name} menjawab ${round}`);
      await Promise.all(
        [sari, rudi].map((who, index) =>
          act(who, citizen, {
            act: "reply",
            text: replies[index]!,
            key: `reply-${round}-by-${index}`,
            after: "",
          }),
        ),
      );
      await until(() => heard(citizen).some((text) => replies.includes(text)));
      // Time for a second one that should not come.
      await new Promise((resolve) => setTimeout(resolve, 400));
      const said = heard(citizen).filter((text) => replies.includes(text));
      expect({ round, said: said.length }).toEqual({ round, said: 1 });
    }
  });
});
