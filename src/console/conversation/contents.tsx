/** What is inside a line: words and attachments of citizens, words and files of staff. */
import type { Attachment } from "../../vocabulary/event.js";
import type { Reply } from "../../vocabulary/reply.js";
import { words } from "../words/words.js";
import { CoveredText } from "./covered.js";

const { thread, attach } = words.desk;

export function Said({
  text,
  attachments,
  source,
}: {
  text: string;
  attachments: readonly Attachment[];
  source?: string | undefined;
}) {
  if (text === "" && attachments.length === 0) return <span class="text">{thread.empty}</span>;
  return (
    <>
      {text === "" ? null : <CoveredText text={text} {...(source !== undefined && { source })} />}
      {attachments.map((each, index) => (
        <span key={index} class="attachment">
          {thread.attachments[each.kind]} <AttachmentLink attachment={each} />
        </span>
      ))}
    </>
  );
}

/** Nothing of a citizen's is loaded by itself; staff open it where it lies. Only https addresses become links. */
function AttachmentLink({ attachment }: { attachment: Attachment }) {
  const { kind, url, latitude, longitude } = attachment;
  const map =
    kind === "location" && latitude !== undefined && longitude !== undefined
      ? `https://www.openstreetmap.org/?mlat=${latitude}&mlon=${longitude}#map=17/${latitude}/${longitude}`
      : undefined;
  const target =
    map ?? (url !== undefined && /^https:\/\//i.test(url) && URL.canParse(url) ? url : undefined);
  if (target === undefined || kind === "sticker") return null;
  return (
    <a href={target} target="_blank" rel="noopener noreferrer">
      {map === undefined ? thread.open : thread.map}
    </a>
  );
}

export function SentWords({ reply, citizen }: { reply: Reply; citizen: string }) {
  if (reply.kind !== "file") return <CoveredText text={reply.text} />;
  const { id, type, name } = reply.file;
  const address = `/console/conversations/${citizen}/files/${id}`;
  return type === "image" ? (
    <a href={address} target="_blank" rel="noopener">
      <img class="sent-picture" src={address} alt={attach.picture} loading="lazy" />
    </a>
  ) : (
    <a href={address}>{attach.open(name)}</a>
  );
}
