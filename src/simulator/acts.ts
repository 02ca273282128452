/** What a person does on the simulator's page, as deliveries of Facebook. */
import type { Facebook, Manner } from "./facebook.js";
import { faultOf } from "./faults.js";
import type { FakeGraph } from "./graph.js";
import * as payloads from "./payloads.js";
import type { Line, Transcript } from "./transcript.js";

/** Everything an act may touch. */
export interface Rooms {
  graph: FakeGraph;
  facebook: Facebook;
  transcript: Transcript;
}

/** What somebody did on the page. `citizen` is empty where nobody writes: `connection` and `fault`. */
export interface Act {
  citizen: string;
  kind: string;
  text: string;
  payload: string;
  /** "", "twice", "after", or "late:" with seconds. */
  manner: string;
}

/** The page that is played, and where the webhook believes pictures to be. */
export interface Stage {
  pageId: string;
  webhookUrl: string;
  now: () => number;
}

/** The folder of sample pictures and of those that were sent. */
const PICTURE = /^\/simulator\/(pictures\/[\da-f-]{36}|samples\/[a-z-]{1,40}\.svg)$/;

/** Reads what the page sent; undefined when it is nothing of ours. */
export function readAct(body: unknown): Act | undefined {
  if (typeof body !== "object" || body === null) return undefined;
  const field = (name: string): string => {
    const value: unknown = Reflect.get(body, name);
    return typeof value === "string" ? value.slice(0, 2000) : "";
  };
  const act = {
    citizen: field("citizen"),
    kind: field("kind"),
    text: field("text"),
    payload: field("payload"),
    manner: field("manner"),
  };
  const isForAll = act.kind === "connection" || act.kind === "fault";
  return isForAll || /^\d{5,25}$/.test(act.citizen) ? act : undefined;
}

/** Does it: deliveries into the webhook, or a change of how Facebook behaves. False when it makes no sense. */
export function carryOut(act: Act, stage: Stage, rooms: Rooms): boolean {
  const { graph, facebook, transcript } = rooms;
  if (act.kind === "connection") {
    facebook.setConnected(act.text === "on");
    return true;
  }
  if (act.kind === "fault") {
    const fault = faultOf(act.text, Number(act.payload) || 0);
    if (fault === "unknown") return false;
    graph.setFault(fault, act.text);
    return true;
  }
  const talk = { pageId: stage.pageId, citizen: act.citizen, at: stage.now() };
  if (act.kind === "edit" || act.kind === "react") return touch(act, talk, rooms);
  const mid = payloads.newMid();
  const said = say(act, talk, { mid, origin: new URL(stage.webhookUrl).origin });
  if (said === undefined) return false;
  const { delivery, line } = said;
  if (line?.from !== "person") {
    readAll(talk, rooms);
    graph.noteContact(act.citizen);
  }
  transcript.add(act.citizen, {
    id: mid,
    from: "citizen",
    at: talk.at,
    text: act.text,
    delivery: "waiting",
    ...line,
  });
  // The page does not wait until a dropped connection is back.
  void facebook
    .deliver(act.citizen, delivery, mannerOf(act.manner))
    .then(({ status }) =>
      transcript.change(act.citizen, mid, { delivery: status === 200 ? "delivered" : "failed" }),
    );
  return true;
}

function mannerOf(name: string): Manner {
  const seconds = /^late:(\d{1,3})$/.exec(name)?.[1];
  if (seconds !== undefined) return { lateMs: Number(seconds) * 1000 };
  if (name === "twice") return { times: 2 };
  return name === "after" ? { afterNext: true } : {};
}

/** Who writes has read what stood there. */
function readAll(talk: payloads.Talk, { facebook, transcript }: Rooms): void {
  const isAnswered = transcript.linesOf(talk.citizen).at(-1)?.from === "page";
  if (isAnswered) void facebook.deliver(talk.citizen, payloads.wasRead(talk), { isReceipt: true });
}

/** Changes the words of one's own message, or reacts to one of the page's. */
function touch(act: Act, talk: payloads.Talk, { graph, facebook, transcript }: Rooms): boolean {
  const line = transcript.linesOf(act.citizen).find(({ id }) => id === act.payload);
  if (line === undefined) return false;
  graph.noteContact(act.citizen);
  if (act.kind === "react") {
    if (line.from === "citizen") return false;
    const action = line.hasReaction ? "unreact" : "react";
    transcript.change(act.citizen, line.id, { hasReaction: line.hasReaction ? undefined : true });
    void facebook.deliver(act.citizen, payloads.reaction(talk, line.id, action));
    return true;
  }
  const revision = (line.revision ?? 0) + 1;
  // Messenger lets people change a message five times.
  if (line.from !== "citizen" || act.text.trim() === "" || revision > 5) return false;
  transcript.change(act.citizen, line.id, { text: act.text, revision });
  void facebook.deliver(act.citizen, payloads.edited(talk, line.id, act.text, revision));
  return true;
}

/** The delivery for what was done, and how it looks on the page. */
function say(
  act: Act,
  talk: payloads.Talk,
  { mid, origin }: { mid: string; origin: string },
): { delivery: payloads.Json; line?: Partial<Line> } | undefined {
  switch (act.kind) {
    case "text":
      if (act.text.trim() === "") return undefined;
      return isAddress(act.text)
        ? { delivery: payloads.sharedLink(talk, act.text, new URL(act.text).hostname, mid) }
        : { delivery: payloads.textMessage(talk, act.text, mid) };
    case "choice":
      return { delivery: payloads.quickReply(talk, act.text, act.payload, mid) };
    case "postback":
      return { delivery: payloads.postback(talk, act.text, act.payload, mid) };
    case "referral":
      return {
        delivery: payloads.referral(talk, act.payload),
        line: { text: `↪ m.me/…?ref=${act.payload}` },
      };
    case "picture":
      if (!PICTURE.test(act.payload)) return undefined;
      return {
        delivery: payloads.media(talk, "image", origin + act.payload, mid),
        line: { picture: act.payload, text: "" },
      };
    case "audio":
      return {
        delivery: payloads.media(talk, "audio", "https://cdn.example/suara.mp4", mid),
        line: { text: "🎤 Pesan suara 0.07" },
      };
    case "file":
      return {
        delivery: payloads.media(talk, "file", "https://cdn.example/surat.pdf", mid),
        line: { text: "📄 surat.pdf" },
      };
    case "location":
      return { delivery: payloads.location(talk, -7.5666, 110.8167, mid), line: { text: "📍 Lokasi saya" } };
    case "sticker":
      return { delivery: payloads.sticker(talk, mid), line: { text: "👍", isSticker: true } };
    case "person":
      if (act.text.trim() === "") return undefined;
      return {
        delivery: payloads.echo(talk, { text: act.text, mid, appId: payloads.BUSINESS_SUITE_APP }),
        line: { from: "person", note: "Petugas, dari Business Suite" },
      };
    default:
      return undefined;
  }
}

function isAddress(text: string): boolean {
  return /^https?:\/\/\S+$/.test(text) && URL.canParse(text);
}
