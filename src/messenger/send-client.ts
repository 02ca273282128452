/** Says things to citizens: our reply → Send API. Every way a call can end comes back as a value. */
import type { Delivery } from "../vocabulary/delivery.js";
import type { Reply, Sign } from "../vocabulary/reply.js";
import { createGraphCall } from "./graph-transport.js";
import { SILENT, type EdgeLog } from "./log.js";
import { readDelivery, readFailure, type Answer } from "./send-answer.js";
import { writeFile, writeMessage } from "./send-message.js";
import { proveSecret } from "./signature.js";
import { uploadCall } from "./upload-call.js";

export interface SendClientOptions {
  graphApiUrl: string;
  pageId: string;
  pageToken: string;
  appSecret: string;
  /** How long to wait for an answer; after it the reply is in doubt. */
  timeoutMs: number;
  /** The page has the permission for people's replies within seven days (HUMAN_AGENT). Without it the tag is never used. */
  hasHumanAgent: boolean;
  /** The bytes of a file that is sent; undefined when it is not there any more. */
  readFile?: (citizen: string, id: string) => Promise<Uint8Array | undefined>;
  log?: EdgeLog;
}

export interface SendClient {
  /** Sends one reply. Never rejects. `key` travels in the metadata and comes back in the echo. */
  send(citizen: string, reply: Reply, options: { key: string; speaker: "bot" | "person" }): Promise<Delivery>;
  /** Shows a sign of life. Never rejects; whether it worked does not matter. */
  sign(citizen: string, sign: Sign): Promise<void>;
}

/** The platform's words for a citizen who can only be answered outside the 24 hours. */
const WINDOW_CODES = new Set(["10/2018278", "10/2534022", "10/2018065"]);

const ACTIONS: Readonly<Record<Sign, string>> = {
  seen: "mark_seen",
  typing_on: "typing_on",
  typing_off: "typing_off",
};

/** A client for one page. Its connections stay open between calls. */
export function createSendClient(options: SendClientOptions): SendClient {
  const log = options.log ?? SILENT;
  const { graphApiUrl, timeoutMs, pageToken } = options;
  const call = createGraphCall({ graphApiUrl, token: pageToken, timeoutMs });
  const proof = proveSecret(pageToken, options.appSecret);
  const path = `/${encodeURIComponent(options.pageId)}/messages?appsecret_proof=${proof}`;

  const answered = async (calling: Promise<Answer>): Promise<Delivery> => {
    try {
      return readDelivery(await calling);
    } catch (failure) {
      return readFailure(failure);
    }
  };
  const post = (body: object): Promise<Delivery> => answered(call("POST", path, JSON.stringify(body)));

  /** How this reply goes out, or undefined when there is nothing in it to send. */
  const posterOf = async (
    citizen: string,
    reply: Reply,
    key: string,
  ): Promise<((kind: object) => Promise<Delivery>) | undefined> => {
    const recipient = { id: citizen };
    if (reply.kind === "file") {
      const { file } = reply;
      const bytes = await options.readFile?.(citizen, file.id);
      if (bytes === undefined) return undefined;
      const message = writeFile(file, key);
      const access = { graphApiUrl, token: pageToken };
      return (kind) =>
        answered(uploadCall(access, path, { fields: { recipient, ...kind, message }, file, bytes }));
    }
    const written = writeMessage(reply, key);
    if (written === undefined) return undefined;
    if (written.cuts.length > 0)
      log.warn({ key, cuts: written.cuts }, "reply cut to the limits of Messenger");
    return (kind) => post({ recipient, ...kind, message: written.message });
  };

  return {
    async send(citizen, reply, { key, speaker }) {
      const postAs = await posterOf(citizen, reply, key);
      if (postAs === undefined) return reply.kind === "file" ? FILE_GONE : EMPTY;
      const delivery = await postAs({ messaging_type: "RESPONSE" });
      const mayTag = options.hasHumanAgent && speaker === "person";
      if (!mayTag || delivery.kind !== "never" || !WINDOW_CODES.has(delivery.code)) return delivery;
      return asPerson(delivery, await postAs({ messaging_type: "MESSAGE_TAG", tag: "HUMAN_AGENT" }));
    },
    async sign(citizen, sign) {
      const ended = await post({ recipient: { id: citizen }, sender_action: ACTIONS[sign] });
      if (ended.kind !== "sent") log.info({ sign, code: ended.code }, "sign of life not shown");
    },
  };
}

/**
 * What a person types may go out up to seven days later, if the page has that permission; bots must not use it
 * (developers.facebook.com/docs/messenger-platform/reference/send-api, HUMAN_AGENT). A page without the
 * permission gets the first refusal: the window is closed.
 */
function asPerson(refused: Delivery, second: Delivery): Delivery {
  return second.kind === "never" ? refused : second;
}

const FILE_GONE: Delivery = {
  kind: "never",
  code: "file-gone",
  reason: "Berkasnya sudah tidak ada di server ini, jadi tidak dikirim.",
  scope: "reply",
};

const EMPTY: Delivery = {
  kind: "never",
  code: "empty",
  reason: "Balasan ini kosong, jadi tidak dikirim.",
  scope: "reply",
};
