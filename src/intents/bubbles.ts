/** A text in its bubbles: a blank line separates two. */
export function bubblesOf(text: string): string[] {
  return text
    .split(/\n[ \t]*\n/)
    .map((bubble) => bubble.trim())
    .filter((bubble) => bubble !== "");
}
