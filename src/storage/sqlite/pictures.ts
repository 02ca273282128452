/** The pictures of tickets: which are to be fetched, and what became of them. */
import type { Picture, PictureOutcome } from "../../vocabulary/picture.js";
import type { Ticket } from "../../vocabulary/ticket.js";
import type { Store } from "../port.js";
import { preparePictureDrop } from "./commit-tickets.js";
import type { Database, Row } from "./driver.js";
import type { GroupCommit } from "./group-commit.js";
import { text } from "./inbox.js";

type Pictures = Pick<
  Store,
  "wantedPictures" | "notePicture" | "addPicture" | "picture" | "dropUnusedUploads"
>;
type Body = Pick<Picture, "url" | "file" | "width" | "height" | "bytes" | "isUpload" | "reason">;

const COLUMNS = "id, ticket, citizen, state, at, attempts, body";

/** The rows of pictures; the picture files themselves are no business of the store. */
export function picturesOf(database: Database, group: GroupCommit): Pictures {
  const wanted = database.prepare(
    `SELECT ${COLUMNS} FROM pictures WHERE state = 'wanted' AND not_before <= ? ORDER BY at, id LIMIT ?`,
  );
  const one = database.prepare(`SELECT ${COLUMNS} FROM pictures WHERE id = ?`);
  const end = database.prepare(
    "UPDATE pictures SET state = ?, attempts = attempts + 1, body = ? WHERE id = ? AND state = 'wanted'",
  );
  const later = database.prepare(
    "UPDATE pictures SET attempts = attempts + 1, not_before = ? WHERE id = ? AND state = 'wanted'",
  );
  const add = database.prepare(
    "INSERT OR IGNORE INTO pictures (id, ticket, citizen, state, at, not_before, body) VALUES (?, ?, ?, ?, ?, ?, ?)",
  );
  const uploads = database.prepare(
    `SELECT ${COLUMNS} FROM pictures WHERE state = 'kept' AND at >= ? AND at < ? AND json_extract(body, '$.isUpload')`,
  );
  const ticket = database.prepare("SELECT body FROM tickets WHERE id = ?");
  const drop = preparePictureDrop(database);
  const isShown = (picture: Picture): boolean => {
    const row = ticket.get(picture.ticket);
    return (
      row !== undefined && (JSON.parse(text(row.body)) as Ticket).photos.some(({ id }) => id === picture.id)
    );
  };
  return {
    wantedPictures: (now, limit) => Promise.resolve(wanted.all(now, limit).map(pictureFrom)),
    notePicture: (id, outcome, notBefore) =>
      group.write(() => {
        if (outcome.kind === "later") later.run(notBefore, id);
        else end.run(outcome.kind, JSON.stringify(bodyOf(outcome)), id);
      }),
    addPicture: ({ id, ticket, citizen, state, at, file, width, height, bytes, isUpload }) =>
      group.write(() => {
        add.run(id, ticket, citizen, state, at, at, JSON.stringify({ file, width, height, bytes, isUpload }));
      }),
    dropUnusedUploads: (from, until, now) =>
      group.write(() => {
        const unused = uploads
          .all(from, until)
          .map(pictureFrom)
          .filter((each) => !isShown(each));
        for (const { id } of unused) drop(id, now);
        return unused.length;
      }),
    picture: (id) => {
      const row = one.get(id);
      return Promise.resolve(row === undefined ? undefined : pictureFrom(row));
    },
  };
}

function bodyOf(outcome: Exclude<PictureOutcome, { kind: "later" }>): Body {
  if (outcome.kind === "refused") return { reason: outcome.reason };
  const { file, width, height, bytes } = outcome;
  return { file, width, height, bytes };
}

function pictureFrom(row: Row): Picture {
  return {
    id: text(row.id),
    ticket: text(row.ticket),
    citizen: text(row.citizen),
    state: row.state === "kept" ? "kept" : row.state === "refused" ? "refused" : "wanted",
    at: Number(row.at),
    attempts: Number(row.attempts),
    ...(JSON.parse(text(row.body)) as Body),
  };
}
