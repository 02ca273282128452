/** Reads one item of `changes`: comments, visitors' posts and mentions; everything else is kept as it came. */
import type { CommentBody } from "../vocabulary/event.js";
import { fieldsOf, fingerprint, idOf, jsonOf, momentOf, someTextOf, type Fields } from "./fields.js";
import { other, type Place, type Translated } from "./translated.js";

/**
 * The event in a change. No citizen is named: whether the author's id on the wall is the id in Messenger is not
 * documented, so a comment is never mixed into a conversation.
 */
export function translateChange(item: Fields, place: Place): Translated {
  const value = fieldsOf(item.value);
  const isWall = item.field === "feed" || item.field === "mention";
  if (value === undefined || !isWall) return { body: other(item), at: place.sentAt };
  const body = readComment(value, item.field === "mention", place.page);
  const at = momentOf(value.edited_time) ?? momentOf(value.created_time) ?? place.sentAt;
  return { body, at, identity: identityOf(body, value, item) };
}

function readComment(value: Fields, isMention: boolean, page: string): CommentBody {
  const item = someTextOf(value.item, 40) ?? "unknown";
  const verb = someTextOf(value.verb, 40) ?? "unknown";
  const commentId = idOf(value.comment_id);
  const postId = idOf(value.post_id);
  const from = idOf(fieldsOf(value.from)?.id) ?? idOf(value.sender_id);
  const text = someTextOf(value.message);
  const isDue = verb === "add" && (item === "comment" || item === "post");
  return {
    kind: "comment",
    item: isMention ? `mention:${item}` : item,
    verb,
    ...(commentId === undefined ? {} : { commentId }),
    ...(postId === undefined ? {} : { postId }),
    ...(from === undefined ? {} : { from }),
    ...(text === undefined ? {} : { text }),
    // Our own public reply comes back as a comment of the page: answering it would never end.
    answerable: isDue && !isMention && from !== page,
  };
}

/** A comment is the same comment whenever its id, verb, time and words are; reactions have no id of their own. */
function identityOf(body: CommentBody, value: Fields, item: Fields): string {
  const id = body.item.endsWith("comment")
    ? body.commentId
    : body.item.endsWith("post")
      ? body.postId
      : undefined;
  if (id === undefined) return `wall|${fingerprint(jsonOf(item))}`;
  const words = body.verb === "edited" ? `|${fingerprint(body.text ?? "")}` : "";
  const time = momentOf(value.created_time) ?? "";
  return `${body.item}|${id}|${body.verb}|${time}${words}`;
}
