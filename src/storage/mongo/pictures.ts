/** The pictures of tickets: which are to be fetched, and what became of them. */
import type { Picture } from "../../vocabulary/picture.js";
import type { Store } from "../port.js";
import type { Tables } from "./connect.js";
import type { PictureDocument } from "./documents.js";

type Pictures = Pick<Store, "wantedPictures" | "notePicture" | "addPicture" | "picture">;
type Body = Pick<Picture, "url" | "file" | "width" | "height" | "bytes" | "reason">;

/** The rows of pictures; the picture files themselves are no business of the store. */
export function picturesOf({ pictures }: Tables): Pictures {
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
