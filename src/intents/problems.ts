/** What is wrong in a library file, where, and in words an editor understands. */

/** `salah` keeps the file from being used; `saran` is advice. */
export interface Problem {
  /** Path from the library's root. */
  file: string;
  line: number;
  column: number;
  /** A sentence in Indonesian that says what to do. */
  message: string;
  severity: "salah" | "saran";
}

/** One line: `file:line:column  sentence`. */
export function formatProblem(problem: Problem): string {
  return `${problem.file}:${problem.line}:${problem.column}  ${problem.message}`;
}

/** In the order of files and lines. */
export function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort(
    (a, b) =>
      a.file.localeCompare(b.file) ||
      a.line - b.line ||
      a.column - b.column ||
      a.message.localeCompare(b.message),
  );
}

export const hasErrors = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.severity === "salah");
