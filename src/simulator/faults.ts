/** The ways in which the stand-in can misbehave, as the page lists them. */
import { errorBody, GRAPH_ERRORS, nameOfError } from "./errors.js";
import type { Fault } from "./graph.js";

/** One entry of the list; titles are Indonesian. */
export interface FaultChoice {
  id: string;
  title: string;
}

/** Faults without a code. */
export const PLAIN_FAULTS: readonly FaultChoice[] = [
  { id: "none", title: "Menjawab biasa" },
  { id: "down", title: "Tidak menjawab sama sekali" },
  { id: "slow", title: "Lambat 3 detik" },
  { id: "lost", title: "Terkirim, tetapi jawabannya hilang" },
  { id: "html", title: "Menjawab halaman galat (502)" },
];

/** Every error of the table, by its code. */
export const ERROR_FAULTS: readonly FaultChoice[] = GRAPH_ERRORS.map((error) => ({
  id: nameOfError(error),
  title: `${nameOfError(error)} ${error.title}`,
}));

/** The fault of a list entry: undefined for "none", "unknown" for what is not in the list. `count` 0: until cleared. */
export function faultOf(id: string, count: number): Fault | undefined | "unknown" {
  const often: Pick<Fault, "count" | "onlyMessages"> = {
    onlyMessages: true,
    ...(count > 0 ? { count } : {}),
  };
  if (id === "none") return undefined;
  if (id === "down" || id === "lost" || id === "html") return { kind: id, ...often };
  if (id === "slow") return { kind: "slow", delayMs: 3000, ...often };
  const error = GRAPH_ERRORS.find((each) => nameOfError(each) === id);
  if (error === undefined) return "unknown";
  const status = error.status ?? 400;
  return { kind: "error", status, error: errorBody(error, "Simulated error"), ...often };
}
