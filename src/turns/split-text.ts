/** Divides a long text into bubbles that Messenger takes, between paragraphs or words where that is possible. */

/** Pieces of at most `most` letters (UTF-16 units), none of them empty. */
export function splitText(text: string, most: number): string[] {
  const pieces: string[] = [];
  let rest = text.trim();
  while (rest.length > most) {
    const cut = placeToCut(rest.slice(0, most + 1), most);
    pieces.push(rest.slice(0, cut).trimEnd());
    rest = rest.slice(cut).trimStart();
  }
  return rest === "" ? pieces : [...pieces, rest];
}

/** After the last paragraph, line or word that fits; never inside a pair of surrogates. */
function placeToCut(window: string, most: number): number {
  for (const mark of ["\n\n", "\n", " "]) {
    const at = window.lastIndexOf(mark);
    if (at > most / 2) return at;
  }
  const code = window.charCodeAt(most - 1);
  return code >= 0xd800 && code <= 0xdbff ? most - 1 : most;
}
