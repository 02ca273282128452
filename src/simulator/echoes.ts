/** What the page said comes back to the webhook, and so does the news that it reached the citizen. */
import type { Facebook } from "./facebook.js";
import type { FakeGraph, Sending } from "./graph.js";
import { isJson } from "./refusals.js";
import { echo, wasDelivered } from "./payloads.js";

/** Sends echo and delivery receipt for everything the Graph API accepts from now on, as Facebook does. */
export function sendEchoes(
  { graph, facebook }: { graph: FakeGraph; facebook: Facebook },
  { pageId, appId, now }: { pageId: string; appId: string; now: () => number },
): void {
  graph.onSending(({ citizen, mid, metadata, message }) => {
    const talk = { pageId, citizen, at: now() };
    const said = echo(talk, { mid, appId, metadata, ...contentOf(message) });
    // Not in the citizen's own order: an answer must not wait behind what they write.
    void facebook.deliver(`echo ${citizen}`, said);
    void facebook.deliver(`echo ${citizen}`, wasDelivered(talk, [mid]));
  });
}

/** The words of a sending, wherever they stand in it. */
export function wordsOf(message: Sending["message"]): string {
  if (typeof message.text === "string") return message.text;
  const { attachment } = message;
  const payload = isJson(attachment) && isJson(attachment.payload) ? attachment.payload : {};
  return typeof payload.text === "string" ? payload.text : "";
}

/** An echo has a template as an attachment, and its words nowhere else. */
function contentOf({ text, attachment }: Sending["message"]): { text?: string; attachments?: unknown[] } {
  if (typeof text === "string") return { text };
  return attachment === undefined ? {} : { attachments: [attachment] };
}
