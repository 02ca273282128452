/** Reads one item of `messaging` or `standby`: a message, a tap, a reaction, a hand-over and the like. */
import type { EventBody } from "../vocabulary/event.js";
import {
  fieldsOf,
  fingerprint,
  idOf,
  listOf,
  momentOf,
  numberOf,
  someTextOf,
  textOf,
  type Fields,
} from "./fields.js";
import { translateMessage } from "./translate-message.js";
import { other, type Place, type Translated } from "./translated.js";

/** Who an item came from, and when. */
interface Head {
  citizen: string | undefined;
  at: number;
}

type Reader = (part: Fields, head: Head) => { body: EventBody; identity?: string } | undefined;

/** Keys by which an item tells what it is, in the order in which they count. */
const READERS: readonly (readonly [string, Reader])[] = [
  ["postback", readPostback],
  ["message_edit", readEdit],
  ["reaction", readReaction],
  ["read", (part, head) => ({ body: { kind: "read", until: momentOf(part.watermark) ?? head.at } })],
  ["delivery", readDelivery],
  ["pass_thread_control", readHandover("pass")],
  ["take_thread_control", readHandover("take")],
  ["request_thread_control", readHandover("request")],
  ["app_roles", readRoles],
  ["policy_enforcement", readPolicy],
  ["policy-enforcement", readPolicy],
  ["order", () => ({ body: { kind: "order" } })],
  ["referral", readReferral],
];

/** The event in an item. What no reader knows becomes `other`, with its JSON. */
export function translateItem(item: Fields, place: Place): Translated {
  const message = fieldsOf(item.message);
  if (message !== undefined) return translateMessage(message, item, place);
  const head: Head = {
    citizen: idOf(fieldsOf(item.sender)?.id),
    at: momentOf(item.timestamp) ?? place.sentAt,
  };
  for (const [key, read] of READERS) {
    const part = fieldsOf(item[key]);
    const found = part === undefined ? undefined : read(part, head);
    if (found !== undefined) return { ...found, ...head };
  }
  return { body: other(item), ...head };
}

function readPostback(part: Fields, head: Head): ReturnType<Reader> {
  const mid = idOf(part.mid);
  const payload = someTextOf(part.payload, 2000);
  const title = someTextOf(part.title, 200);
  const referral = someTextOf(fieldsOf(part.referral)?.ref, 2100);
  const tapped = fingerprint(payload ?? title ?? "");
  return {
    identity: mid ?? `postback|${head.citizen ?? ""}|${head.at}|${tapped}`,
    body: {
      kind: "postback",
      ...(mid === undefined ? {} : { mid }),
      ...(payload === undefined ? {} : { payload }),
      ...(title === undefined ? {} : { title }),
      ...(referral === undefined ? {} : { referral }),
    },
  };
}

function readEdit(part: Fields): ReturnType<Reader> {
  const mid = idOf(part.mid);
  if (mid === undefined) return undefined;
  const revision = Math.trunc(numberOf(part.num_edit) ?? 1);
  const text = textOf(part.text) ?? "";
  return { identity: `edit|${mid}|${revision}`, body: { kind: "edit", mid, text, revision } };
}

function readReaction(part: Fields, head: Head): ReturnType<Reader> {
  const mid = idOf(part.mid);
  if (mid === undefined) return undefined;
  const action = part.action === "unreact" ? "unreact" : "react";
  const emoji = someTextOf(part.emoji, 40) ?? someTextOf(part.reaction, 40);
  return {
    identity: `reaction|${mid}|${action}|${emoji ?? ""}|${head.at}`,
    body: { kind: "reaction", mid, action, ...(emoji === undefined ? {} : { emoji }) },
  };
}

function readDelivery(part: Fields, head: Head): ReturnType<Reader> {
  const mids = listOf(part.mids)
    .slice(0, 1000)
    .map(idOf)
    .filter((mid) => mid !== undefined);
  return { body: { kind: "delivery", mids, until: momentOf(part.watermark) ?? head.at } };
}

function readHandover(action: "pass" | "take" | "request"): Reader {
  return (part, head) => {
    const toApp = idOf(part.new_owner_app_id) ?? idOf(part.requested_owner_app_id);
    const fromApp = idOf(part.previous_owner_app_id);
    return {
      identity: `handover|${head.citizen ?? ""}|${head.at}|${action}|${toApp ?? ""}`,
      body: {
        kind: "handover",
        action,
        ...(toApp === undefined ? {} : { toApp }),
        ...(fromApp === undefined ? {} : { fromApp }),
      },
    };
  };
}

/** Old pages still announce which app has the first word; nobody in particular is concerned. */
function readRoles(part: Fields): ReturnType<Reader> {
  const first = Object.keys(part).find((app) => listOf(part[app]).includes("primary_receiver"));
  const toApp = idOf(first);
  return { body: { kind: "handover", action: "roles", ...(toApp === undefined ? {} : { toApp }) } };
}

function readPolicy(part: Fields): ReturnType<Reader> {
  const reason = someTextOf(part.reason, 2000);
  const action = someTextOf(part.action, 40) ?? "unknown";
  return { body: { kind: "policy", action, ...(reason === undefined ? {} : { reason }) } };
}

function readReferral(part: Fields): ReturnType<Reader> {
  const ref = someTextOf(part.ref, 2100);
  const source = someTextOf(part.source, 40);
  return {
    body: {
      kind: "referral",
      ...(ref === undefined ? {} : { ref }),
      ...(source === undefined ? {} : { source }),
    },
  };
}
