/** A citizen's words on a page: as text, with what identifies a person covered until somebody has a reason to look. */
import { piecesOf } from "../../triage/personal.js";
import { words } from "../words/words.js";

const { desk } = words;
/** Letters that turn the direction of writing or cannot be seen; shown as marks, so that nobody is deceived. */
const UNSEEN = /[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/g;

/** `source` names the text for the button; without it, or without the right, there is no button. */
export function CoveredText({ text, source }: { text: string; source?: string }) {
  return (
    <span class="text">
      {piecesOf(text).map((piece, index) => {
        if (piece.kind === "words") return visible(piece.text);
        const label = `${desk.personal[piece.what]} ••••${piece.tail}`;
        return source === undefined ? (
          <span key={index} class="covered">
            {label}
          </span>
        ) : (
          <button key={index} type="button" class="covered" data-source={source} data-index={piece.index}>
            {label} {desk.reveal.open}
          </button>
        );
      })}
    </span>
  );
}

/** Unseen letters become ␣-like marks; joiners inside emoji stay as they are. */
function visible(text: string): string {
  return text.replace(UNSEEN, (letter, at: number) =>
    letter === "\u200D" && /\p{Extended_Pictographic}|\uFE0F/u.test(text.slice(Math.max(0, at - 2), at))
      ? letter
      : "␣",
  );
}
