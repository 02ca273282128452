/** Reads forms that browsers send: small, flat, and never trusted. */
import express, { type Request } from "express";

/** Parses a form. Larger ones are refused. */
export const readForm = express.urlencoded({ extended: false, limit: "32kb", parameterLimit: 100 });

export interface Form {
  /** The text of a field; empty when it is missing, came twice, or is longer than allowed. */
  text(name: string, longest: number): string;
  /** Everything sent under a name, for boxes that are ticked. */
  all(name: string): string[];
}

/** The form of a request that went through `readForm`. */
export function formOf(request: Request): Form {
  const body: unknown = request.body;
  const read = (name: string): unknown =>
    typeof body === "object" && body !== null && Object.hasOwn(body, name)
      ? Reflect.get(body, name)
      : undefined;
  return {
    text: (name, longest) => {
      const value = read(name);
      return typeof value === "string" && value.length <= longest ? value : "";
    },
    all: (name) => [read(name)].flat().filter((value): value is string => typeof value === "string"),
  };
}
