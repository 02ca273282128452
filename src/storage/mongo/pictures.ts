/** The pictures of tickets: which are to be fetched, and what became of them. */
import type { Picture } from "../../vocabulary/picture.js";
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { PictureDocument } from "./documents.js";
import { dropPictures } from "./erase.js";
import { ticketFrom } from "./write-tickets.js";

type Pictures = Pick<
  Store,
  "wantedPictures" | "notePicture" | "addPicture" | "picture" | "dropUnusedUploads"
>;
type Body = Pick<Picture, "url" | "file" | "width" | "height" | "bytes" | "isUpload" | "reason">;

/** The rows of pictures; the picture files themselves are no business of the store. */
export function picturesOf(tables: Tables): Pictures {
  const { pictures, tickets } = tables;
  return {
    wantedPictures: async (now, limit) =>
      (
        await pictures.find({ state: "wanted", notBefore: { $lte: now } }, { sort: { at: 1, _id: 1 }, limit })
      ).map(pictureFrom),
    async notePicture(id, outcome, notBefore) {
      const { kind, ...rest } = outcome;
      await pictures.change(
        { _id: id, state: "wanted" },
        {
          $inc: { attempts: 1 },
          $set: kind === "later" ? { notBefore } : { state: kind, body: JSON.stringify(rest) },
        },
      );
    },
    async addPicture({ id, ticket, citizen, state, at, attempts, ...body }) {
      const row = {
        _id: id,
        ticket,
        citizen,
        state,
        at,
        attempts,
        notBefore: at,
        body: JSON.stringify(body),
      };
      await pictures.insert([row]);
    },
    async dropUnusedUploads(from, until, now) {
      const rows = await pictures.find({ state: "kept", at: { $gte: from, $lt: until } });
      const uploads = rows.filter(({ body }) => (JSON.parse(body) as Body).isUpload === true);
      if (uploads.length === 0) return 0;
      const theirs = await tickets.find({ _id: { $in: uploads.map(({ ticket }) => ticket) } });
      const shown = new Set(theirs.map(ticketFrom).flatMap(({ photos }) => photos.map(({ id }) => id)));
      const unused = uploads.filter(({ _id }) => !shown.has(_id));
      if (unused.length > 0) await dropPictures(tables, unused, now);
      return unused.length;
    },
    picture: async (id) => {
      const row = await pictures.get(id);
      return row === undefined ? undefined : pictureFrom(row);
    },
  };
}

function pictureFrom({ _id, ticket, citizen, state, at, attempts, body }: PictureDocument): Picture {
  return {
    id: _id,
    ticket,
    citizen,
    state: state === "kept" ? "kept" : state === "refused" ? "refused" : "wanted",
    at,
    attempts,
    ...(JSON.parse(body) as Body),
  };
}
