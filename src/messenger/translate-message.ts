/** Reads a message, and what the page itself said (an echo), which looks the same from afar. */
import type { EchoBody, MessageBody } from "../vocabulary/event.js";
import { readAttachments } from "./attachments.js";
import { fieldsOf, fingerprint, idOf, jsonOf, listOf, momentOf, someTextOf, type Fields } from "./fields.js";
import { other, type Place, type Translated } from "./translated.js";

/** Begins the metadata of everything Sabar sends; it comes back in the echo. The key of the outbox follows. */
export const METADATA_PREFIX = "sabar:";

/** The app that writes lead-form summaries in the citizen's name. */
const LEAD_APP = "413038776280800";
const LEAD_DONE = "messenger_lead_gen_complete";

/** A message of a citizen or an echo. The text of a message without a message id is kept all the same. */
export function translateMessage(message: Fields, item: Fields, place: Place): Translated {
  const sender = idOf(fieldsOf(item.sender)?.id);
  const at = momentOf(item.timestamp) ?? place.sentAt;
  const mid = idOf(message.mid) ?? `message|${fingerprint(jsonOf(item))}`;
  const isEcho = message.is_echo === true || message.is_echo === "true" || sender === place.page;
  if (isEcho) {
    const body = readEcho(message, mid, place.appId);
    return { body, identity: mid, citizen: idOf(fieldsOf(item.recipient)?.id), at };
  }
  if (message.is_deleted === true) return { body: other(item, "message_deleted"), citizen: sender, at };
  return { body: readMessage(message, mid, item), identity: mid, citizen: sender, at };
}

function readMessage(message: Fields, mid: string, item: Fields): MessageBody {
  const body: MessageBody = { kind: "message", mid, attachments: readAttachments(message) };
  const text = someTextOf(message.text);
  if (text !== undefined) body.text = text;
  const quickReply = fieldsOf(message.quick_reply);
  const choice = quickReply && someTextOf(quickReply.payload, 2000);
  if (choice !== undefined) body.choice = choice;
  const replyTo = idOf(fieldsOf(message.reply_to)?.mid);
  if (replyTo !== undefined) body.replyTo = replyTo;
  const referral = someTextOf(fieldsOf(message.referral)?.ref, 2100);
  if (referral !== undefined) body.referral = referral;
  const hop = fieldsOf(item.hop_context);
  if (hop !== undefined && (idOf(hop.app_id) === LEAD_APP || hop.metadata === LEAD_DONE)) body.machine = true;
  return body;
}

/**
 * Our own sending is known by our app id. Any other app, the page's inbox among them, means that a person or
 * somebody else's program spoke: the bot must hold back. Old API versions leave the app id out; then our metadata tells.
 */
function readEcho(message: Fields, mid: string, appId: string): EchoBody {
  const app = idOf(message.app_id);
  const metadata = someTextOf(message.metadata, 1000);
  const isOurs = app === undefined ? metadata?.startsWith(METADATA_PREFIX) === true : app === appId;
  const text = someTextOf(message.text) ?? textOfTemplate(message);
  return {
    kind: "echo",
    mid,
    by: isOurs ? "sabar" : "person",
    ...(app === undefined ? {} : { app }),
    ...(metadata === undefined ? {} : { metadata }),
    ...(text === undefined ? {} : { text }),
  };
}

/** The words above the buttons of a template. */
function textOfTemplate(message: Fields): string | undefined {
  return someTextOf(fieldsOf(fieldsOf(listOf(message.attachments)[0])?.payload)?.text);
}
