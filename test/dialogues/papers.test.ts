/** Every paper, slowly: each way through each topic's questions is walked to its end, and nobody is left without a next step. */
import { bubblesOf } from "../../src/intents/bubbles";
import type { Intent } from "../../src/intents/library";
import { COMMANDS } from "../../src/dialogues/words";
import { stepOfPayload, type Choice, type Reply } from "../../src/vocabulary/reply";
import { aCitizen, theTown, type Talker, type Town } from "../support/talking";

/** The papers that are walked through step by step. */
const PAPERS = [
  "akta-kawin-cerai",
  "akta-kematian",
  "akta-lahir",
  "ikd",
  "kia",
  "kk-baru",
  "kk-hilang",
  "kk-ubah",
  "ktp-baru",
  "ktp-hilang",
  "ktp-rusak",
  "ktp-ubah-data",
  "legalisir",
  "nik-tidak-ditemukan",
  "pindah-datang",
  "pindah-keluar",
];
/** A walk longer than this goes in circles. */
const MOST_STEPS = 20;

type How = "clear" | "unclear first";

interface Walk {
  texts: string[];
  /** Titles tapped at the questions, in order. */
  way: string[];
  last: Reply[];
  isHandedOver: boolean;
  /** Another topic goes on. */
  isElsewhere: boolean;
}

/** The choices below the last thing said that answer the question which waits. */
const openChoices = (replies: readonly Reply[]): (Choice & { value: string })[] =>
  replies
    .flatMap(({ choices = [] }) => choices)
    .flatMap((choice) => {
      const value = stepOfPayload(choice.payload)?.value;
      return value === undefined || value === COMMANDS.person ? [] : [{ ...choice, value }];
    });

/** Begins behind the button and follows `way`; at the first question beyond it, gives back what could be tapped. */
async function follow(
  citizen: Talker,
  intent: Intent,
  way: readonly string[],
  how: How,
): Promise<Walk & { open?: string[] }> {
  const { talk } = citizen;
  const title = (town: Town): string => town.library.records.dialogue.tombol.pelan;
  const town = await theTown();
  const tap = async (choice: Pick<Choice, "title" | "payload">): Promise<Reply[]> =>
    talk.happens({
      kind: "message",
      mid: `m${talk.heard().length}`,
      text: choice.title,
      choice: choice.payload,
      attachments: [],
    });
  let last = await tap({ title: title(town), payload: `walk:${intent.id}` });
  const texts = last.map(({ text }) => text);
  const left = [...way];
  let wasUnclear = false;
  for (let step = 0; step < MOST_STEPS; step += 1) {
    const choices = openChoices(last);
    const waiting = talk.citizen().dialogue?.intent;
    const isElsewhere = waiting !== undefined && waiting !== intent.id;
    const walk = { texts, way: [...way], last, isHandedOver: talk.escalation() !== undefined, isElsewhere };
    if (waiting !== intent.id || choices.some(({ value }) => value === "daftar")) return walk;
    const clear = choices.find(({ value }) => value === "jelas");
    const unclear = choices.find(({ value }) => value === "belum");
    let next: Choice | undefined;
    if (clear !== undefined) {
      wasUnclear = how === "unclear first" && !wasUnclear;
      next = wasUnclear ? unclear : clear;
    } else {
      const wanted = left.shift();
      if (wanted === undefined) return { ...walk, open: choices.map((each) => each.title) };
      next = choices.find((each) => each.title === wanted);
    }
    if (next === undefined) throw new Error(`${intent.id}: no way on from "${last.at(-1)?.text ?? ""}"`);
    last = await tap(next);
    texts.push(...last.map(({ text }) => text));
  }
  throw new Error(`${intent.id} goes in circles: ${way.join(" → ")}`);
}

/** Every way through the questions of a topic. */
async function allWays(town: Town, intent: Intent, how: How): Promise<Walk[]> {
  const found: Walk[] = [];
  const ahead: string[][] = [[]];
  for (let way = ahead.pop(); way !== undefined; way = ahead.pop()) {
    const { open, ...walk } = await follow(aCitizen(town), intent, way, how);
    if (open === undefined) found.push(walk);
    else for (const title of open) ahead.push([...way, title]);
  }
  return found;
}

describe("Papers step by step", () => {
  let town: Town;
  beforeAll(async () => {
    town = await theTown();
  }, 60_000);
  const intentOf = (id: string): Intent => {
    const intent = town.library.intents.get(id);
    if (intent === undefined) throw new Error(`there is no topic ${id}`);
    return intent;
  };

  it("are there for every document of the population office", () => {
    const walked = [...town.library.intents.values()]
      .filter(({ script }) => script?.steps.some(({ kind }) => kind === "explain"))
      .map(({ id }) => id)
      .sort();
    expect(walked).toEqual(PAPERS);
  });

  it.each(PAPERS)("%s opens with three bubbles at most and offers to go slowly", async (id) => {
    const { wordings, examples } = intentOf(id);
    for (const { bubbles } of wordings) expect(bubbles.length).toBeLessThanOrEqual(3);
    const citizen = aCitizen(town);
    await citizen.writes(examples[0] ?? "");
    const { pelan } = town.library.records.dialogue.tombol;
    const offered = citizen.talk.heard()[0]?.flatMap(({ choices = [] }) => choices.map(({ title }) => title));
    expect(offered).toContain(pelan);
  });

  it.each(PAPERS)(
    "%s leads every citizen to a list, a topic or a person",
    async (id) => {
      const intent = intentOf(id);
      const ways = await allWays(town, intent, "clear");
      expect(ways.length).toBeGreaterThan(0);
      const { daftar } = town.library.records.dialogue.tombol;
      for (const { texts, last, way, isHandedOver, isElsewhere } of ways) {
        const titles = last.flatMap(({ choices = [] }) => choices.map(({ title }) => title));
        // What comes at the end, whatever was answered: something to tap, or who goes on.
        const isGuided = titles.length > 0 || isHandedOver || isElsewhere;
        expect({ way, isGuided }).toEqual({ way, isGuided: true });
        for (const each of texts) {
          expect(each).not.toMatch(/[{}]|undefined/);
          for (const bubble of bubblesOf(each)) expect(bubble.length).toBeLessThanOrEqual(640);
        }
        const numbers = texts.flatMap((each) => /Langkah (\d+) dari (\d+)/.exec(each)?.slice(1, 3) ?? []);
        // Numbered from the first to the last, without a gap.
        const steps = numbers.filter((_, index) => index % 2 === 0).map(Number);
        expect(steps).toEqual(steps.map((_, index) => index + 1));
        if (titles.includes(daftar)) expect(steps.at(-1) ?? 0).toBe(Number(numbers.at(-1) ?? 0));
      }
      // At least one way is walked to its very end.
      expect(ways.some(({ last }) => last.some(({ text }) => text.includes("- ")))).toBe(true);
    },
    120_000,
  );

  it.each(PAPERS)(
    "%s explains every step in simpler words when it was not clear",
    async (id) => {
      const ways = await allWays(town, intentOf(id), "unclear first");
      for (const { texts } of ways) {
        const again = texts.filter((text, index) => index > 0 && text === texts[index - 1]);
        expect(again).toEqual([]);
      }
      const heard = new Set(ways.flatMap(({ texts }) => texts));
      const explained = intentOf(id).script?.steps.filter(({ kind }) => kind === "explain") ?? [];
      const simpler = explained.filter(({ wordings }) => {
        const [start = ""] = (wordings[1] ?? "").split(/[{\n]/);
        return [...heard].some((text) => text.includes(start.trim()));
      });
      expect(simpler.map(({ name }) => name)).toEqual(explained.map(({ name }) => name));
    },
    120_000,
  );

  it("explain every term of the glossary that stands in a step, there or below Belum", () => {
    const { terms } = town.library.records;
    const words = (text: string): string => ` ${text.toLowerCase().replace(/[^\p{L}\p{N}.]+/gu, " ")} `;
    /** Everyday words for whoever has them in the pocket. */
    const known = new Set(["kk", "ktp-el", "akta", "kia", "ikd", "nik"]);
    const unexplained = PAPERS.flatMap((id) =>
      (intentOf(id).script?.steps ?? []).flatMap((step) => {
        if (step.kind !== "explain") return [];
        const text = step.wordings[0] ?? "";
        return Object.entries(terms)
          .filter(([term]) => !known.has(term))
          .filter(([, { istilah }]) => words(text).includes(words(istilah)))
          .filter(([term, { istilah }]) => {
            const isInBrackets = text.includes(`${istilah} (`) || text.includes(`(${istilah}`);
            return !step.terms.includes(term) && !isInBrackets;
          })
          .map(([term]) => `${id}/${step.name}: ${term}`);
      }),
    );
    expect(unexplained).toEqual([]);
  });
});
