/**
 * The dialogue engine: what is known to go wrong with replayed dialogues, one test or rule for each.
 *
 * P1 replies sent at every replay · P2 transformers called at every replay: "says and does everything once"
 * P3 a deadline that does nothing by itself: "hears silence as an event of its own"
 * P4 changed questions, old answers: "refuses to go on", "begins anew, politely"
 * P5 a counter that is rolled back: "counts wrong answers over restarts"
 * P6 two events of one citizen at once: test/queues/lanes.test.ts, "decides one event after the other"
 * P7 errors that are {} after a restart · P8 an action that throws and hangs: "survives a look-up that fails", "gives up"
 * P9 a forgotten await: lint rule no-floating-promises · P10 `finally` that never runs: lint rule no-restricted-syntax
 * P11 arguments that vanish: "keeps what it began with"
 * P12 a log that grows and holds citizens' words: "forgets the words", "is well under 2 kB"
 * P13 ids as numbers: "is kept under ids that are texts" · P14 Telegram and its network: lint rule no-restricted-imports
 * P15 a script that changes under way: "is not disturbed by a changed intent file"
 * P16 fake timers: lint rule no-restricted-syntax
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { beginDialogue, resumeDialogue, type DialogueTurn } from "../../src/dialogues/engine";
import { DialogueChanged, type Dialogue, type Heard, type Line, type Talk } from "../../src/dialogues/talk";
import { WEDNESDAY } from "../support/tickets";
import { aCitizen, theTown } from "../support/talking";

const ROOT = path.join(__dirname, "..", "..");
const line = (text: string): Line => ({ key: text, wordings: [text] });
const words = (text: string): Heard => ({ kind: "words", text, pictures: [] });
const said = (turn: DialogueTurn): string[] =>
  turn.did.flatMap((each) => ("say" in each ? (each.say.wordings[0] ?? "") : []));

/** A dialogue that is put to sleep and awakened through text after every event, as a restart does. */
async function play(dialogue: Dialogue, events: Heard[], start: unknown = {}): Promise<DialogueTurn[]> {
  const turns = [await beginDialogue(dialogue, start, WEDNESDAY)];
  for (const [index, event] of events.entries()) {
    const saved = turns.at(-1)?.sleep?.saved;
    if (saved === undefined) throw new Error("the dialogue is over");
    turns.push(await resumeDialogue(dialogue, saved, event, WEDNESDAY + index + 1));
  }
  return turns;
}

const dialogue = (run: Dialogue["run"], version = "1"): Dialogue => ({ intent: "uji", version, run });
const hears = (talk: Talk, name: string) => talk.hear(name, undefined, ({ text }) => text);

describe("A replayed dialogue", () => {
  it("P1, P2: says and does everything once, however often it is replayed", async () => {
    const turns = await play(
      dialogue(async (talk) => {
        talk.say(line("a"));
        talk.act({ kind: "forget-pictures" });
        await hears(talk, "one");
        talk.say(line("b"));
        await hears(talk, "two");
        talk.say(line("c"));
      }),
      [words("1"), words("2")],
    );
    expect(turns.map(said)).toEqual([["a"], ["b"], ["c"]]);
    expect(turns.map(({ did }) => did.length)).toEqual([2, 1, 1]);
    expect(turns.at(-1)?.sleep).toBeUndefined();
  });

  it("P3: hears silence as an event of its own, with the moment it is due", async () => {
    const patient = dialogue(async (talk) => {
      const kind = await talk.hear("q", 1000, (heard) => heard.kind);
      talk.say(line(kind));
    });
    const [asked, after] = await play(patient, [{ kind: "silence", text: "", pictures: [] }]);
    expect(asked?.sleep?.wakesAt).toBe(WEDNESDAY + 1000);
    expect(said(after as DialogueTurn)).toEqual(["silence"]);
  });

  it("P4: refuses to go on when its questions or its version have changed", async () => {
    const asks = (name: string, version = "1") =>
      dialogue(async (talk) => {
        await hears(talk, name);
        await hears(talk, "last");
      }, version);
    const saved = (await beginDialogue(asks("street"), {}, WEDNESDAY)).sleep?.saved ?? "";
    await expect(resumeDialogue(asks("photo"), saved, words("x"), WEDNESDAY)).rejects.toThrow(
      DialogueChanged,
    );
    await expect(resumeDialogue(asks("street", "2"), saved, words("x"), WEDNESDAY)).rejects.toThrow(
      DialogueChanged,
    );
    await expect(resumeDialogue(asks("street"), saved, words("x"), WEDNESDAY)).resolves.toBeDefined();
  });

  it("P4: begins anew, politely, for a citizen whose dialogue was changed by a new version", async () => {
    const citizen = aCitizen(await theTown());
    await citizen.writes("jalan berlubang");
    const sleeping = citizen.talk.citizen().dialogue;
    if (sleeping === undefined) throw new Error("no dialogue");
    sleeping.saved = sleeping.saved.replace('"jalan-rusak@1"', '"jalan-rusak@0"');
    expect(await citizen.writes("tidak")).toMatch(/baru diperbarui[\s\S]*Apakah ada yang celaka/);
  });

  it("P5: counts wrong answers over restarts", async () => {
    const counting = dialogue(async (talk) => {
      for (let wrong = 0; ; wrong += 1) {
        talk.say(line(String(wrong)));
        if ((await hears(talk, "q")) === "ok") return;
      }
    });
    const turns = await play(counting, [words("x"), words("y"), words("z"), words("ok")]);
    expect(turns.flatMap(said)).toEqual(["0", "1", "2", "3"]);
  });

  it("P7, P8: survives a look-up that fails, remembers its message over a restart, and does not hang", async () => {
    let times = 0;
    const looking = dialogue(async (talk) => {
      const weather = await talk
        .once("weather", () => {
          times += 1;
          throw new Error("the service is down");
        })
        .catch((error: unknown) => (error instanceof Error ? error.message : ""));
      await hears(talk, "name");
      talk.say(line(`still: ${weather}`));
    });
    const turns = await play(looking, [words("Siti")]);
    expect(turns.flatMap(said)).toEqual(["still: the service is down"]);
    expect(times).toBe(1);
  });

  it("P8: gives up on a dialogue that does not come to rest", async () => {
    const stuck = dialogue(async () => {
      await new Promise(() => undefined);
    });
    await expect(beginDialogue(stuck, {}, WEDNESDAY)).rejects.toThrow("does not come to rest");
  }, 30_000);

  it("refuses to ask two things at once", async () => {
    const two = dialogue(async (talk) => {
      await Promise.all([hears(talk, "a"), hears(talk, "b")]);
    });
    await expect(beginDialogue(two, {}, WEDNESDAY)).rejects.toThrow("two questions");
  });

  it("P9, P10, P14, P16: is checked by rules that are switched on", () => {
    const script = `import { ESLint } from "eslint";
      const eslint = new ESLint();
      const rulesOf = async (file) => (await eslint.calculateConfigForFile(file)).rules;
      const dialogue = await rulesOf("src/dialogues/ask.ts");
      const test = await rulesOf("test/dialogues/engine.test.ts");
      console.log(JSON.stringify([
        dialogue["@typescript-eslint/no-floating-promises"][0],
        dialogue["no-restricted-syntax"],
        dialogue["no-restricted-imports"],
        test["no-restricted-syntax"],
      ]));`;
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: ROOT });
    const [promises, endings, imports, timers] = JSON.parse(printed.toString()) as unknown[];
    expect(promises).toBe(2);
    expect(endings).toEqual([2, expect.objectContaining({ selector: "TryStatement[finalizer]" })]);
    expect(JSON.stringify(imports)).toMatch(/^\[2,.*@grammyjs.*"grammy"/);
    expect(JSON.stringify(timers)).toMatch(/^\[2,.*useFakeTimers/);
  });

  it("P10, P14: stands in one file, and no dialogue cleans up after itself or knows Telegram", () => {
    const read = (file: string): string => readFileSync(path.join(ROOT, file), "utf8");
    const src = readdirSync(path.join(ROOT, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
      /\.tsx?$/.test(file),
    );
    const withEngine = src.filter((file) =>
      read(path.join("src", file)).includes("@grammyjs/conversations/"),
    );
    expect(withEngine).toEqual([path.join("dialogues", "engine.ts")]);
    const dialogues = src.filter((file) => file.startsWith("dialogues") && !file.endsWith("engine.ts"));
    expect(dialogues.filter((file) => read(path.join("src", file)).includes("finally"))).toEqual([]);
    expect(dialogues.filter((file) => /from "grammy[/"]/.test(read(path.join("src", file))))).toEqual([]);
  });

  it("P11: keeps what it began with", async () => {
    const begun = dialogue(async (talk, start) => {
      await hears(talk, "a");
      await hears(talk, "b");
      talk.say(line(JSON.stringify(start)));
    });
    const turns = await play(begun, [words("1"), words("2")], { street: "Jl. Mawar" });
    expect(turns.flatMap(said)).toEqual(['{"street":"Jl. Mawar"}']);
  });

  it("P12: forgets the words it has read, and starts small again when asked to", async () => {
    const secret = "kata warga yang panjang ".repeat(40);
    const short = dialogue(async (talk) => {
      await talk.hear("a", undefined, ({ text }) => text.length);
      await talk.hear("b", undefined, ({ text }) => text.length);
    });
    const [, asleep] = await play(short, [words(secret)]);
    expect(asleep?.sleep?.saved).not.toContain("kata warga");
    const endless = dialogue(async (talk, start) => {
      await hears(talk, "q");
      talk.startAgain({ round: (start as { round: number }).round + 1 });
    });
    const turns = await play(
      endless,
      Array.from({ length: 200 }, () => words("lagi")),
      { round: 0 },
    );
    expect(turns.at(-1)?.sleep?.saved.length).toBeLessThan(100);
    expect(turns.at(-1)?.sleep?.saved).toContain('"round":200');
  });

  it("says and does before starting again what it said, once", async () => {
    const again = dialogue(async (talk, start) => {
      if ((start as { isSecond?: true }).isSecond) return hears(talk, "q").then(() => undefined);
      talk.say(line("first"));
      talk.startAgain({ isSecond: true });
    });
    const turns = await play(again, [words("x")]);
    expect(turns.flatMap(said)).toEqual(["first"]);
  });
});

describe("A sleeping dialogue", () => {
  it("P12: is well under 2 kB, also for citizens who write a lot", async () => {
    const citizen = aCitizen(await theTown());
    const story = `jalan berlubang di jl mawar depan sd 3, ${"sudah berkali kali saya sampaikan ke ketua rt ".repeat(30)}`;
    await citizen.writes("jalan berlubang");
    await citizen.writes(story);
    await citizen.writes("eh kalo ktp ilang gimana ya min");
    await citizen.pictures(5);
    await citizen.writes(`entahlah ${"dan seterusnya ".repeat(50)}`);
    const { dialogue: asleep } = citizen.talk.citizen();
    expect(asleep).toBeDefined();
    expect(JSON.stringify(asleep).length).toBeLessThan(1500);
  });

  it("P13: is kept under ids that are texts, so that long ids stay apart", async () => {
    const town = await theTown();
    const one = aCitizen(town);
    const other = aCitizen(town, one.talk.tickets);
    await one.writes("lubang seember dpn SDN 3 Jl Mawar td malem ada yg jatuh");
    await one.taps("Lewati");
    await one.taps("Benar");
    await other.writes("laporan saya gimana");
    expect(other.said()).toContain("belum menemukan laporan");
    expect(typeof one.talk.citizen().id).toBe("string");
  });

  it("P15: is not disturbed by a changed intent file", async () => {
    const town = await theTown();
    const intent = town.library.intents.get("ktp-hilang");
    const script = intent?.script;
    if (intent === undefined || script === undefined) throw new Error("no steps");
    const citizen = aCitizen(town);
    await citizen.writes("ktp saya hilang");
    await citizen.taps("Pelan-pelan");
    try {
      // An editor saves the file with only its last step left; what is read from it is a new script.
      const steps = script.steps
        .slice(-1)
        .map((step) => ({ ...step, wordings: ["Baru", "Baru juga", "Baru lagi"] }));
      intent.script = { ...script, steps };
      expect(await citizen.writes("masih ada")).toContain("Langkah 1 dari 3");
      expect(await citizen.taps("Jelas")).toContain("Langkah 2 dari 3");
      const another = aCitizen(town);
      await another.writes("ktp saya hilang");
      expect(await another.taps("Pelan-pelan")).toContain("Baru");
    } finally {
      intent.script = script;
    }
  });
});
