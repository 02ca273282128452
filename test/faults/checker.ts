/** Reads what happened in a run with faults, and says what must not have happened. Knows nothing of how it was made. */

export interface Run {
  /** What the servers answered 200 to: the messages of each citizen, in the order they were written. */
  accepted: ReadonlyMap<string, readonly string[]>;
  /** What each message is about: those about the same are answered in the same words, those of one citizen in different ones. */
  about: ReadonlyMap<string, string>;
  /** What Facebook was sent, in order. `key`: `<message>#<n>`. */
  sends: readonly { server: string; citizen: string; key: string; words: string; at: number }[];
  /** Keys of the replies that the servers have kept for a person to read, because Facebook would not take them. */
  parked: readonly string[];
  /** What the servers said about their lanes. A server that was started anew has another name. */
  lanes: readonly { server: string; lane: string; fence: number; did: string; revision?: number }[];
  /** Which replies the servers had written down as sent, and when. */
  written: readonly { server: string; key: string; time: number }[];
  /** When a server was killed (it never came back) or paused. */
  downs: readonly { server: string; from: number; to: number }[];
  /** When the database was away: nothing can be written down meanwhile. */
  databaseDowns: readonly { from: number; to: number }[];
}

export interface Verdict {
  /** One sentence each. Empty: all is well. */
  faults: string[];
  /** Repeated because they were in flight when their server was killed or paused. */
  repeatedInFlight: number;
}

/** A call to the Send API may take ten seconds, and a busy machine a few more, until what came of it is written down; the time without a database does not count. */
const IN_FLIGHT_MS = 5000;
/** Until servers have found a database again that is back. */
const FOUND_AGAIN_MS = 5000;
/** What was on the wire when a pause began may arrive this long after its end. */
const AFTER_PAUSE_MS = 1000;

export function check(run: Run): Verdict {
  const doubles = findDoubles(run);
  return {
    faults: [
      ...findLost(run),
      ...doubles.faults,
      ...findRepeatedWords(run),
      ...findReordered(run),
      ...findTwoOwners(run),
    ],
    repeatedInFlight: doubles.inFlight,
  };
}

/** A message without an answer, or with half of one, or with another one than others got who asked the same. */
function findLost({ accepted, about, sends, parked }: Run): string[] {
  const answers = answersIn(sends);
  const isParked = new Set(parked);
  const usual = usualAnswers(about, answers);
  return [...accepted].flatMap(([citizen, messages]) =>
    messages.flatMap((id) => {
      const answer = answers.get(id) ?? [];
      const whole = usual.get(about.get(id) ?? "") ?? [];
      if (answer.length === 0 && !isParked.has(`${id}#0`))
        return `lost: ${id} of ${citizen} was never answered`;
      const parts = Array.from({ length: Math.max(answer.length, whole.length) }, (_, part) => part);
      return parts.flatMap((part) => {
        const key = `${id}#${part}`;
        if (isParked.has(key)) return [];
        if (answer[part] === undefined) return `lost: ${key} of ${citizen} was never sent`;
        if (whole.length > 0 && answer[part] !== whole[part])
          return `wrong: ${key} of ${citizen} is not what others got who asked the same`;
        return [];
      });
    }),
  );
}

/** Message → the words of its parts; a hole where a part was not sent. */
function answersIn(sends: Run["sends"]): Map<string, (string | undefined)[]> {
  const answers = new Map<string, (string | undefined)[]>();
  for (const { key, words } of sends) {
    const answer = answers.get(messageOf(key)) ?? [];
    answer[partOf(key)] ??= words;
    answers.set(messageOf(key), answer);
  }
  return answers;
}

/** What was asked → the answer that most got. */
function usualAnswers(
  about: Run["about"],
  answers: ReadonlyMap<string, (string | undefined)[]>,
): Map<string, (string | undefined)[]> {
  const counts = new Map<string, Map<string, number>>();
  for (const [id, topic] of about) {
    const answer = JSON.stringify(answers.get(id) ?? []);
    const all = counts.get(topic) ?? new Map<string, number>();
    counts.set(topic, all.set(answer, (all.get(answer) ?? 0) + 1));
  }
  return new Map(
    [...counts].map(([topic, all]) => {
      const [usual] = [...all].reduce((most, each) => (each[1] > most[1] ? each : most));
      return [topic, JSON.parse(usual) as (string | undefined)[]];
    }),
  );
}

/** The same words said to somebody under two keys: one message was decided twice. */
function findRepeatedWords({ sends }: Run): string[] {
  const said = new Map<string, string>();
  return sends.flatMap(({ citizen, key, words }) => {
    const before = said.get(`${citizen} ${words}`) ?? key;
    said.set(`${citizen} ${words}`, before);
    return before === key ? [] : [`doubled: ${key} tells ${citizen} the same as ${before}`];
  });
}

function findDoubles({ sends, downs, written: notes, databaseDowns }: Run): {
  faults: string[];
  inFlight: number;
} {
  const seen = new Map<string, Run["sends"][number]>();
  const faults: string[] = [];
  let inFlight = 0;
  const written = new Map(notes.map(({ server, key, time }) => [`${server} ${key}`, time]));
  const noteOf = ({ server, key, at }: Run["sends"][number]): string => {
    const time = written.get(`${server} ${key}`);
    return time === undefined ? "never written down" : `written down after ${time - at} ms`;
  };
  /** So long a server could have written something down between these moments. */
  const writableMs = (from: number, to: number): number =>
    databaseDowns.reduce(
      (left, down) => left - Math.max(0, Math.min(to, down.to + FOUND_AGAIN_MS) - Math.max(from, down.from)),
      to - from,
    );
  /** On the wire, or sent and not yet written down, when its server was stopped. */
  const wasInFlight = ({ server, key, at }: Run["sends"][number]): boolean =>
    downs.some(
      (down) =>
        down.server === server &&
        at <= down.to + AFTER_PAUSE_MS &&
        down.from <= (written.get(`${server} ${key}`) ?? Infinity) &&
        writableMs(at, down.from) <= IN_FLIGHT_MS,
    );
  for (const send of sends) {
    const first = seen.get(send.key);
    if (first === undefined) seen.set(send.key, send);
    else if (wasInFlight(first) || wasInFlight(send)) inFlight += 1;
    else
      faults.push(
        `doubled: ${send.key} was sent by ${first.server} and again by ${send.server} after ${send.at - first.at} ms; the first was ${noteOf(first)}`,
      );
  }
  return { faults, inFlight };
}

/** First sends only: a repetition of something in flight is counted elsewhere. */
function findReordered({ accepted, sends }: Run): string[] {
  const firsts = new Map<string, string[]>();
  const seen = new Set<string>();
  for (const { citizen, key } of sends) {
    if (seen.has(key)) continue;
    seen.add(key);
    firsts.set(citizen, [...(firsts.get(citizen) ?? []), key]);
  }
  return [...firsts].flatMap(([citizen, keys]) => {
    const place = new Map((accepted.get(citizen) ?? []).map((id, index) => [id, index]));
    const rank = (key: string): number => (place.get(messageOf(key)) ?? -1) * 1000 + partOf(key);
    const at = keys.findIndex((key, index) => index > 0 && rank(key) < rank(keys[index - 1] ?? ""));
    return at < 0 ? [] : [`reordered: ${citizen} got ${keys[at] ?? ""} after ${keys[at - 1] ?? ""}`];
  });
}

/** Each fence of a lane is one server's; a later revision never has an earlier fence; no revision is written twice. */
function findTwoOwners({ lanes }: Run): string[] {
  const owners = new Map<string, string>();
  const turns = new Map<string, { fence: number; revision: number; server: string }[]>();
  const faults: string[] = [];
  for (const { server, lane, fence, did, revision } of lanes) {
    const owner = owners.get(`${lane} ${fence}`);
    if (owner !== undefined && owner !== server)
      faults.push(`two owners: fence ${fence} of ${lane} was with ${owner} and with ${server}`);
    owners.set(`${lane} ${fence}`, server);
    if (did === "turn" && revision !== undefined)
      turns.set(lane, [...(turns.get(lane) ?? []), { fence, revision, server }]);
  }
  for (const [lane, all] of turns) {
    all.sort((a, b) => a.revision - b.revision);
    all.forEach((turn, index) => {
      const before = all[index - 1];
      if (before === undefined) return;
      if (before.revision === turn.revision)
        faults.push(
          `two owners: ${lane} has revision ${turn.revision} from ${before.server} and ${turn.server}`,
        );
      if (before.fence > turn.fence)
        faults.push(`two owners: ${lane} was written under fence ${turn.fence} after ${before.fence}`);
    });
  }
  return faults;
}

const messageOf = (key: string): string => key.slice(0, key.lastIndexOf("#"));
const partOf = (key: string): number => Number(key.slice(key.lastIndexOf("#") + 1));
