/** What the checker needs of the log of a server that ran with LOG_LEVEL=debug. */
import type { Run } from "./checker";

/** What a server logs of a call to the Send API that ended without an answer. */
const IN_DOUBT = "it is not known whether a reply went out";
/** What it logs of a reply that Facebook would not take. */
const PARKED = '"msg":"a reply was parked"';

export interface ReadLog {
  lanes: Run["lanes"][number][];
  /** The replies that are written down as sent. */
  written: Run["written"][number][];
  /** The replies that are kept for a person to read. */
  parked: string[];
  /** Calls to the Send API without an answer. */
  doubts: number;
}

/** `server`: the name of the process that wrote this. */
export function readLog(server: string, output: string): ReadLog {
  const read: ReadLog = { lanes: [], written: [], parked: [], doubts: 0 };
  for (const line of output.split("\n")) {
    if (!line.startsWith("{")) continue;
    if (line.includes('"lane":'))
      read.lanes.push({ server, ...(JSON.parse(line) as Omit<Run["lanes"][number], "server">) });
    else if (line.includes('"written":')) {
      const {
        written: key,
        ended,
        time,
      } = JSON.parse(line) as Record<"written" | "ended", string> & { time: number };
      if (ended === "sent") read.written.push({ server, key, time });
    } else if (line.includes(PARKED)) read.parked.push((JSON.parse(line) as { key: string }).key);
    else if (line.includes(IN_DOUBT)) read.doubts += 1;
  }
  return read;
}
