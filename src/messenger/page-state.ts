/** What Facebook says about the connection with the page: which events it sends, and how long the token is good. */
import {
  appCall,
  ask,
  fieldOf,
  pageCall,
  SUBSCRIBED_FIELDS,
  withProof,
  type PageKeys,
} from "./page-setup.js";

/** Parts that Facebook did not tell are absent. */
export interface PageState {
  /** Kinds of events that this program wants and Facebook does not send. */
  missingFields?: string[];
  token?: {
    isValid: boolean;
    /** In milliseconds; absent: it does not expire by itself. */ expiresAt?: number;
  };
}

/** Asks Facebook; changes nothing, and never rejects. */
export async function readPageState(keys: PageKeys): Promise<PageState> {
  const [missingFields, token] = await Promise.all([readMissing(keys), readToken(keys)]);
  return { ...(missingFields && { missingFields }), ...(token && { token }) };
}

async function readMissing(keys: PageKeys): Promise<string[] | undefined> {
  const answer = await ask(
    pageCall(keys),
    "GET",
    withProof(`/${keys.pageId}/subscribed_apps`, keys),
    undefined,
  );
  const apps = fieldOf(answer, "data");
  if (!Array.isArray(apps)) return undefined;
  const ours: unknown = apps.find((app: unknown) => String(fieldOf(app, "id")) === keys.appId);
  const fields = fieldOf(ours, "subscribed_fields");
  const subscribed = Array.isArray(fields) ? fields.map(String) : [];
  return SUBSCRIBED_FIELDS.filter((field) => !subscribed.includes(field));
}

async function readToken(keys: PageKeys): Promise<PageState["token"]> {
  const query = new URLSearchParams({ input_token: keys.pageToken });
  const answer = await ask(appCall(keys), "GET", `/debug_token?${query.toString()}`, undefined);
  const data = fieldOf(answer, "data");
  const isValid = fieldOf(data, "is_valid");
  if (typeof isValid !== "boolean") return undefined;
  const expires = fieldOf(data, "expires_at");
  return { isValid, ...(typeof expires === "number" && expires > 0 && { expiresAt: expires * 1000 }) };
}
