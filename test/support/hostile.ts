/** Deliveries nobody would send in good faith: saved ones with parts torn out, swapped, swollen and nested, and plain noise. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";

const FOLDER = path.join(__dirname, "..", "fixtures", "facebook");
type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** The saved deliveries, parsed. */
export const SAVED: Json[] = [".", "extra"].flatMap((folder) =>
  readdirSync(path.join(FOLDER, folder))
    .filter((file) => file.endsWith(".json") && !["manifest.json", "vectors.json"].includes(file))
    .map((file) => JSON.parse(readFileSync(path.join(FOLDER, folder, file), "utf8")) as Json),
);

const nested = (levels: number): Json => {
  let value: Json = "dasar";
  for (let i = 0; i < levels; i += 1) value = i % 2 === 0 ? [value] : { message: value };
  return value;
};

/** Values where something else was expected. */
const strange: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(
    null,
    true,
    "",
    " ",
    0,
    -1,
    1e308,
    9007199254740992,
    "9007199254740993",
    "NaN",
    [],
    {},
    [[]],
    "\ud83d",
    "\udc00 sisa",
    "a\u0000b",
    "\u202e\u200b",
    "__proto__",
    "constructor",
    "sabar:m_1#0",
    "intent:tidak-ada",
    "alarm:x:gathered:1",
    "<script>alert(1)</script>",
    "'; DROP TABLE inbox; --",
  ),
  fc.constantFrom(20_001, 70_000).map((length) => "x".repeat(length)),
  fc.constantFrom(50, 2000).map(nested),
  fc.jsonValue({ maxDepth: 3 }) as fc.Arbitrary<Json>,
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.integer().map(String),
);

const KEYS = [
  "__proto__",
  "constructor",
  "toString",
  "message",
  "messaging",
  "sender",
  "id",
  "text",
  "attachments",
  "changes",
  "standby",
];

/** Changes one place of a value, chosen by the numbers. */
function tear(value: Json, path: number[], how: number, put: Json, key: string): Json {
  const [step, ...rest] = path;
  const isLeaf = typeof value !== "object" || value === null;
  if (step === undefined || isLeaf) return how % 4 === 3 && typeof value === "number" ? String(value) : put;
  if (Array.isArray(value)) {
    if (value.length === 0) return [put];
    const at = step % value.length;
    const item = value[at] ?? null;
    if (rest.length === 0 && how % 4 === 0) return [...value.slice(0, at), ...value.slice(at + 1)];
    if (rest.length === 0 && how % 4 === 1) return [...value, ...Array<Json>(5).fill(item)];
    return value.map((each, index) => (index === at ? tear(each, rest, how, put, key) : each));
  }
  const entries = Object.entries(value);
  if (entries.length === 0) return Object.fromEntries([[key, put]]);
  const at = step % entries.length;
  if (rest.length === 0 && how % 4 === 0)
    return Object.fromEntries(entries.filter((_, index) => index !== at));
  if (rest.length === 0 && how % 4 === 2) return Object.fromEntries([...entries, [key, put]]);
  return Object.fromEntries(
    entries.map(([name, each], index) => [name, index === at ? tear(each, rest, how, put, key) : each]),
  );
}

const changes = fc.array(
  fc.tuple(
    fc.array(fc.nat(20), { minLength: 1, maxLength: 7 }),
    fc.nat(3),
    strange,
    fc.constantFrom(...KEYS),
  ),
  { minLength: 1, maxLength: 3 },
);

/** Mostly torn below the envelope, which would otherwise be all that is looked at. */
const torn: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...SAVED), changes, fc.nat(9))
  .map(([saved, list, where]) => {
    const tearAll = (value: Json): Json =>
      list.reduce<Json>((torn, [steps, how, put, key]) => tear(torn, steps, how, put, key), value);
    const isEnvelope = where === 0 || typeof saved !== "object" || saved === null || Array.isArray(saved);
    return JSON.stringify(isEnvelope ? tearAll(saved) : { ...saved, entry: tearAll(saved.entry ?? null) });
  });

/** Bodies as text: mostly torn deliveries, some of them cut off, some noise, some swollen. */
export const hostileBody: fc.Arbitrary<string> = fc.oneof(
  { weight: 12, arbitrary: torn },
  { weight: 2, arbitrary: torn.chain((body) => fc.nat(body.length).map((at) => body.slice(0, at))) },
  { weight: 2, arbitrary: torn.map((body) => body.replace(/"(\d+)"/g, "$1").replace(/:(\d+)/g, ':"$1"')) },
  { weight: 2, arbitrary: fc.json({ maxDepth: 4 }) },
  { weight: 2, arbitrary: fc.string({ unit: "binary", maxLength: 200 }) },
  {
    weight: 1,
    arbitrary: fc.array(torn, { minLength: 2, maxLength: 5 }).map((bodies) => {
      const entries = bodies.flatMap((body) => {
        const entry = (JSON.parse(body) as { entry?: unknown } | null)?.entry;
        return Array.isArray(entry) ? (entry as unknown[]) : [entry];
      });
      return JSON.stringify({ object: "page", entry: entries });
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom(
      "[".repeat(50_000),
      '{"a":'.repeat(20_000),
      "1".repeat(100_000),
      " ".repeat(200_000),
    ),
  },
);
