/** Reads one YAML file against its format. Every problem says where it is, in the file's own lines. */
import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
} from "yaml";
import type { z } from "zod";
import { closestWord, explainIssue, explainParserError } from "./explain.js";
import type { Problem } from "./problems.js";
import { readQuickly } from "./quick-yaml.js";

/** A file that passed: its content, and where each part stands. */
export interface ReadFile<T> {
  content: T;
  /** A problem at the part with this path; at the nearest part above it when it does not exist. */
  at(path: readonly PropertyKey[], message: string, severity?: Problem["severity"]): Problem;
  /** The same, at the key instead of its value. */
  atKey(path: readonly PropertyKey[], message: string, severity?: Problem["severity"]): Problem;
}

/** Larger files are not intents but mistakes. */
const MOST_CHARACTERS = 400_000;
const DEEPEST = 12;

/** Reads `source`. Nothing the editor typed changes its meaning: with the failsafe schema 0271… stays a phone number and "no" a word. */
export function readYaml<S extends z.ZodType>(
  file: string,
  source: string,
  schema: S,
): { read?: ReadFile<z.infer<S>>; problems: Problem[] } {
  const lines = new LineCounter();
  const problemAt = (offset: number, message: string, severity: Problem["severity"] = "salah"): Problem => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col), message, severity };
  };
  const before = refuseSource(source);
  if (before !== undefined)
    return { problems: [{ file, line: before.line, column: 1, message: before.message, severity: "salah" }] };
  let located: Document.Parsed | undefined;
  const locate = (): Document.Parsed =>
    (located ??= parseDocument(source, {
      schema: "failsafe",
      lineCounter: lines,
      prettyErrors: false,
      logLevel: "error",
      uniqueKeys: true,
    }));
  const passed = (content: z.infer<S>): ReadFile<z.infer<S>> => ({
    content,
    at: (path, message, severity) => problemAt(offsetOf(locate(), path), message, severity),
    atKey: (path, message, severity) => problemAt(offsetOfKey(locate(), path), message, severity),
  });
  const quick = schema.safeParse(readQuickly(source));
  if (quick.success) return { read: passed(quick.data), problems: [] };

  const document = locate();
  const broken = document.errors.map((error) =>
    problemAt(error.pos[0], explainParserError(error.code, source, error.pos[0])),
  );
  broken.push(...findTraps(document, problemAt));
  if (broken.length > 0) return { problems: withoutEchoes(firstOfEachLine(broken)) };
  if (document.contents === null) return { problems: [problemAt(0, "Berkas ini masih kosong.")] };

  const parsed = schema.safeParse(document.toJS());
  if (parsed.success) return { read: passed(parsed.data), problems: [] };
  return { problems: firstOfEachLine(problemsOf(parsed.error.issues, document, problemAt)) };
}

type ProblemAt = (offset: number, message: string) => Problem;

/** What cannot be read at all: another encoding, another kind of file. */
function refuseSource(source: string): { line: number; message: string } | undefined {
  if (source.length > MOST_CHARACTERS)
    return { line: 1, message: "Berkas ini terlalu besar. Satu topik satu berkas." };
  const lineOf = (index: number): number => source.slice(0, index).split("\n").length;
  const odd = Math.max(source.indexOf("\u0000"), source.indexOf("\ufffd"));
  if (odd >= 0)
    return { line: lineOf(odd), message: "Ada huruf yang rusak. Simpan berkas ini sebagai UTF-8." };
  return undefined;
}

/** What YAML allows and an editor never means. */
function findTraps(document: Document.Parsed, problemAt: ProblemAt): Problem[] {
  const found: Problem[] = [];
  let depth = 0;
  visit(document, {
    Node(_key, node, path) {
      depth = Math.max(depth, path.length);
      if (isScalar(node) && typeof node.comment === "string" && node.type === "PLAIN" && node.range)
        found.push(
          problemAt(
            node.range[1],
            `Tulisan setelah # akan hilang. Beri tanda kutip: "${String(node.value)} #${node.comment}"`,
          ),
        );
      if (isAlias(node) || (isNode(node) && "anchor" in node && node.anchor !== undefined && node.range))
        found.push(
          problemAt(
            startOf(node),
            "Tanda & dan * di awal tulisan punya arti khusus. Beri tanda kutip pada tulisannya.",
          ),
        );
      else if (isNode(node) && node.tag !== undefined && node.range && !node.tag.startsWith("tag:yaml.org"))
        found.push(
          problemAt(
            startOf(node),
            "Tanda ! di awal tulisan punya arti khusus. Beri tanda kutip pada tulisannya.",
          ),
        );
    },
  });
  if (depth > DEEPEST * 2)
    found.push(problemAt(0, "Susunan berkas ini terlalu dalam. Bandingkan dengan berkas lain."));
  return found;
}

function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  document: Document.Parsed,
  problemAt: ProblemAt,
): Problem[] {
  const misspelt = new Set<string>();
  const found = issues.flatMap((issue): Problem[] => {
    switch (issue.code) {
      case "unrecognized_keys":
        return issue.keys.map((key) => {
          const meant = closestWord(key, issue.path);
          if (meant !== undefined) misspelt.add([...issue.path, meant].join("\u0001"));
          return problemAt(
            offsetOfKey(document, [...issue.path, key]),
            `Kata "${key}" tidak dikenal di sini.${meant === undefined ? "" : ` Maksudnya "${meant}"?`}`,
          );
        });
      case "invalid_key":
        return [problemAt(offsetOfKey(document, issue.path), explainIssue(issue))];
      case "invalid_union":
        return unionProblems(issue, document, problemAt);
      default:
        return [
          problemAt(
            isMissing(issue) ? endOfParent(document, issue.path) : offsetOf(document, issue.path),
            explainIssue(issue),
          ),
        ];
    }
  });
  // A part that is missing because its name is misspelt is one mistake, not two.
  const missing = new Map(
    issues.filter(isMissing).map((issue) => [explainIssue(issue), issue.path.join("\u0001")]),
  );
  return found.filter((problem) => !misspelt.has(missing.get(problem.message) ?? ""));
}

/** A test or a menu item fits one of several forms; the form that comes closest explains what is wrong. */
function unionProblems(
  issue: Extract<z.core.$ZodIssue, { code: "invalid_union" }>,
  document: Document.Parsed,
  problemAt: ProblemAt,
): Problem[] {
  const best = [...issue.errors].sort((a, b) => costOf(a) - costOf(b))[0];
  if (best === undefined || best.length === 0)
    return [problemAt(offsetOf(document, issue.path), "Bagian ini bentuknya lain dari yang diharapkan.")];
  const unknown = best.filter((each) => each.code === "unrecognized_keys");
  return problemsOf(
    (unknown.length > 0 ? unknown : best).map((each) => ({ ...each, path: [...issue.path, ...each.path] })),
    document,
    problemAt,
  );
}

/** Unknown words weigh most: the form that knows all words is the one that was meant. */
function costOf(issues: readonly z.core.$ZodIssue[]): number {
  return issues.reduce(
    (sum, each) =>
      sum + (each.code === "unrecognized_keys" ? 10 * each.keys.length : isMissing(each) ? 2 : 1),
    0,
  );
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.code === "invalid_type" && issue.input === undefined;
}

function offsetOf(document: Document.Parsed, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return startOf(document.contents);
}

function offsetOfKey(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const parent: unknown = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const pair = isMap(parent)
    ? parent.items.find(
        (item) => isPair(item) && isScalar(item.key) && item.key.value === String(path.at(-1)),
      )
    : undefined;
  return isScalar(pair?.key) && pair.key.range ? pair.key.range[0] : offsetOf(document, path);
}

/** Where a missing part would have been written: after the last part of its parent. */
function endOfParent(document: Document.Parsed, path: readonly PropertyKey[]): number {
  const parent: unknown = path.length <= 1 ? document.contents : document.getIn(path.slice(0, -1), true);
  const last = isMap(parent) ? parent.items.at(-1)?.key : undefined;
  return isScalar(last) && last.range ? last.range[0] : offsetOf(document, path);
}

function startOf(node: Node | null): number {
  return node?.range?.[0] ?? 0;
}

/** One broken line makes the parser stumble several times; the first stumble is the cause. */
function firstOfEachLine(problems: Problem[]): Problem[] {
  return problems.filter(
    (problem, index) => problems.findIndex((other) => other.line === problem.line) === index,
  );
}

/** The same complaint on line after line is one mistake above all of them. */
function withoutEchoes(problems: Problem[]): Problem[] {
  return problems.filter((problem, index) => {
    const before = problems[index - 1];
    return before === undefined || before.message !== problem.message || problem.line - before.line > 2;
  });
}
