/** Everything of the simulator but its page: Facebook, Graph API and what was said, put together. */
import { carryOut, readAct, type Rooms } from "./acts.js";
import { sendEchoes, wordsOf } from "./echoes.js";
import { createFacebook } from "./facebook.js";
import { createFakeGraph, type Sending } from "./graph.js";
import { isJson } from "./refusals.js";
import { createTranscript, type Line, type Weather } from "./transcript.js";

/** The page and app that are played, and the server that is talked to. */
export interface TownParts {
  pageId: string;
  appId: string;
  appSecret: string;
  pageToken: string;
  /** Absolute; pictures are on the same origin below /simulator. */
  webhookUrl: string;
  /** The page has the feature for people's replies within seven days; it has not, by default. */
  allowsHumanAgent?: boolean;
  /** Keeps a picture that was sent and gives back where a page shows it; undefined when it is none. */
  keepPicture?: (bytes: Buffer) => string | undefined;
  now: () => number;
}

/** Citizens, Facebook and the Graph API between them and the server. */
export interface Town extends Rooms {
  weather: Readonly<Weather>;
  /** Does what the page would do; false when that makes no sense. */
  act(act: unknown): boolean;
}

/** Builds it. Echoes and receipts of what is sent go back to the webhook. */
export function createTown(parts: TownParts): Town {
  const graph = createFakeGraph(parts);
  const facebook = createFacebook(parts);
  const transcript = createTranscript();
  const rooms: Rooms = { graph, facebook, transcript };
  const weather: Weather = { connected: true, fault: "none" };
  const tellWeather = (change: Partial<Weather>): void => {
    Object.assign(weather, change);
    transcript.tell({ kind: "weather", weather });
  };
  sendEchoes(rooms, parts);
  showSendings(rooms, parts);
  graph.onFault((fault) => tellWeather({ fault }));
  return {
    ...rooms,
    weather,
    act(body) {
      const act = readAct(body);
      if (act === undefined || !carryOut(act, parts, rooms)) return false;
      if (act.kind === "connection") tellWeather({ connected: facebook.isConnected() });
      return true;
    },
  };
}

/** What the server sends appears on the page. */
function showSendings({ graph, transcript }: Rooms, { now, keepPicture }: TownParts): void {
  graph.onSending((sending) => {
    const { file, mid } = sending;
    const picture = file === undefined ? undefined : keepPicture?.(file.bytes);
    if (picture !== undefined)
      transcript.add(sending.citizen, { id: mid, from: "page", at: now(), text: "", picture });
    else transcript.add(sending.citizen, lineFrom(sending, now()));
  });
  graph.onSign((citizen, action) => {
    transcript.tell({ kind: "sign", citizen, action });
    if (action !== "mark_seen") return;
    const last = transcript.linesOf(citizen).findLast(({ from }) => from === "citizen");
    if (last !== undefined) transcript.change(citizen, last.id, { wasSeen: true });
  });
}

function lineFrom({ mid, message, file }: Sending, at: number): Line {
  const { attachment } = message;
  const payload = isJson(attachment) && isJson(attachment.payload) ? attachment.payload : {};
  const line: Line = {
    id: mid,
    from: "page",
    at,
    text: file === undefined ? wordsOf(message) : `📎 ${file.name}`,
  };
  const choices = listOf(message.quick_replies);
  if (choices.length > 0)
    line.choices = choices.map(({ title, payload }) => ({ title: textOf(title), payload: textOf(payload) }));
  const buttons = listOf(payload.buttons);
  if (buttons.length > 0)
    line.buttons = buttons.map(({ type, title, url, payload }) => ({
      title: textOf(title),
      ...(type === "web_url" ? { url: textOf(url) } : {}),
      ...(type === "phone_number" ? { phone: textOf(payload) } : {}),
      ...(type === "postback" ? { payload: textOf(payload) } : {}),
    }));
  return line;
}

function listOf(value: unknown): Record<string, unknown>[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
