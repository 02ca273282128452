/** Tells browsers of staff what waits while no page is open (Web Push): who is told, with which keys, and who is told no more. */
import { createECDH } from "node:crypto";
import { setTimeout as pause } from "node:timers/promises";
import axios from "axios";
import type { AccessStore } from "../../storage/access-port.js";
import type { PushAddress, PushKeys, SessionRecord } from "../../vocabulary/staff.js";
import { words } from "../words/words.js";
import { mayPushTo, outsideAgent } from "./outside.js";

/** What a browser shows. Never a citizen's words, name or number: it stands on locked screens. */
export interface PushMessage {
  title: string;
  body: string;
  /** Opened by a click; an address of the console. */
  path: string;
  /** A later message with the same tag takes the place of the earlier one. */
  tag: string;
}

/** How it ended: taken, gone for good, or not this time. */
export type Pushed = "sent" | "gone" | "failed";

export interface PushParts {
  access: AccessStore;
  /** Whom the makers of browsers may ask about what is sent: https://… or mailto:… */
  contact: string;
  now: () => number;
  /** Taken besides the open internet: the stand-in of tests. */
  origins?: readonly string[];
  timeoutMs?: number;
  /** Before the one further try of what failed. */
  retryMs?: number;
}

export interface Push {
  /** What a browser has to know to be told. Makes the keys when there are none yet; the start asks first. */
  publicKey(): Promise<string>;
  /** Whether an address may be kept. */
  isAllowed(address: PushAddress): boolean;
  /**
   * Begins to tell all browsers of these people, and does not wait for any of them. `reached` says how many took it;
   * it never rejects.
   */
  tell(staff: readonly string[], message: PushMessage): Promise<{ reached: Promise<number> }>;
  /** Tells one browser. */
  tellOne(session: SessionRecord, message: PushMessage): Promise<Pushed>;
  /** Nothing is begun or tried again; resolves when what was under way has ended. */
  stop(): Promise<void>;
}

const TIMEOUT_MS = 10_000;
const RETRY_MS = 5000;
/** A browser that failed twice is left alone so long, and twice as long each time it fails again. */
const REST_MS = 60_000;
const LONGEST_REST_MS = 32 * REST_MS;
/** The maker of the browser keeps a message so long for a browser that is off; later it says nothing any more. */
const KEEP_SECONDS = 600;
/** Who has not signed in for this long is told no more. */
const FORGOTTEN_MS = 30 * 24 * 60 * 60 * 1000;

export function createPush(parts: PushParts): Push {
  const { access, contact, now, origins = [], retryMs = RETRY_MS } = parts;
  const agent = outsideAgent();
  const ending = new AbortController();
  const underWay = new Set<Promise<unknown>>();
  const followed = <T>(work: Promise<T>): Promise<T> => {
    const ended = work.finally(() => underWay.delete(ended));
    underWay.add(ended);
    return ended;
  };
  let keys: Promise<PushKeys> | undefined;
  const theKeys = (): Promise<PushKeys> => {
    keys ??= findKeys(access, now()).catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return keys;
  };

  const isAllowed: Push["isAllowed"] = ({ endpoint, p256dh, auth }) =>
    mayPushTo(endpoint, origins) && isPublicKey(p256dh) && isBase64Of(auth, 16);

  const send = async (push: PushAddress, message: PushMessage): Promise<Pushed> => {
    if (!isAllowed(push)) return "gone";
    const { publicKey, privateKey } = await theKeys();
    const { endpoint, p256dh, auth } = push;
    const { default: webpush } = await import("web-push");
    try {
      const request = webpush.generateRequestDetails(
        { endpoint, keys: { p256dh, auth } },
        JSON.stringify(message),
        {
          TTL: KEEP_SECONDS,
          urgency: "high",
          contentEncoding: "aes128gcm",
          vapidDetails: { subject: contact, publicKey, privateKey },
        },
      );
      const { status } = await axios.post(endpoint, request.body, {
        headers: request.headers as Record<string, string>,
        httpsAgent: agent,
        proxy: false,
        maxRedirects: 0,
        maxContentLength: 64 * 1024,
        responseType: "text",
        validateStatus: () => true,
        signal: AbortSignal.any([ending.signal, AbortSignal.timeout(parts.timeoutMs ?? TIMEOUT_MS)]),
      });
      if (status === 404 || status === 410) return "gone";
      return status >= 200 && status < 300 ? "sent" : "failed";
    } catch {
      // The error holds the address, which is as good as a key.
      return "failed";
    }
  };

  const tellOne: Push["tellOne"] = async (session, message) => {
    if (session.push === undefined) return "gone";
    if (ending.signal.aborted) return "failed";
    const pushed = await send(session.push, message);
    if (pushed === "gone")
      await access.commitAccess(
        { kind: "push", staff: session.staff, session: session.id },
        { action: "push-off", object: `staff:${session.staff}`, detail: { reason: words.push.addressGone } },
        now(),
      );
    return pushed;
  };

  const rests = new Map<string, { until: number; forMs: number }>();

  /** One browser of many: what fails is tried once more, and a browser that goes on failing is asked ever more seldom. */
  const tellPatiently = async (session: SessionRecord, message: PushMessage): Promise<Pushed> => {
    const rest = rests.get(session.id);
    if (rest !== undefined && now() < rest.until) return "failed";
    let pushed = await tellOne(session, message);
    if (pushed === "failed" && rest === undefined) {
      await pause(retryMs, undefined, { ref: false, signal: ending.signal }).catch(() => undefined);
      if (!rests.has(session.id)) pushed = await tellOne(session, message);
    }
    if (pushed !== "failed") rests.delete(session.id);
    else if (rests.get(session.id) === rest) {
      const forMs = rest === undefined ? REST_MS : Math.min(2 * rest.forMs, LONGEST_REST_MS);
      rests.set(session.id, { until: now() + forMs, forMs });
    }
    return pushed;
  };

  return {
    publicKey: async () => (await theKeys()).publicKey,
    isAllowed,
    tellOne: (...told) => followed(tellOne(...told)),
    async stop() {
      ending.abort();
      await Promise.allSettled(underWay);
    },
    async tell(staff, message) {
      const sessions = (await access.pushSessions()).filter(
        (each) => staff.includes(each.staff) && each.startedAt > now() - FORGOTTEN_MS,
      );
      const ends = sessions.map((session) =>
        followed(tellPatiently(session, message)).catch(() => "failed" as const),
      );
      return {
        reached: Promise.all(ends).then((all) => all.filter((end) => end === "sent").length),
      };
    },
  };
}

/** The keys of this city; made once, also when several servers begin together. */
async function findKeys(access: AccessStore, now: number): Promise<PushKeys> {
  const known = await access.pushKeys();
  if (known !== undefined) return known;
  // Loaded only where it is needed: to make keys once, and to tell a browser.
  const { default: webpush } = await import("web-push");
  const keys = webpush.generateVAPIDKeys();
  await access.commitAccess({ kind: "push-keys", keys }, { action: "push-keys-made" }, now);
  return (await access.pushKeys()) ?? keys;
}

/** A point of the curve that browsers use; with anything else nothing can be sealed. */
function isPublicKey(text: string): boolean {
  if (!isBase64Of(text, 65)) return false;
  try {
    const pair = createECDH("prime256v1");
    pair.generateKeys();
    pair.computeSecret(Buffer.from(text, "base64url"));
    return true;
  } catch {
    return false;
  }
}

function isBase64Of(text: string, bytes: number): boolean {
  return /^[A-Za-z0-9_-]{1,200}={0,2}$/.test(text) && Buffer.from(text, "base64url").length === bytes;
}
