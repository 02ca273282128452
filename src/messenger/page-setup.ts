/** The calls an operator makes once: subscribe app and page, write the Messenger profile, look at the token. */
import { createGraphCall, NoAnswer, type GraphAccess, type GraphCall } from "./graph-transport.js";
import { proveSecret } from "./signature.js";

/** What came of a call, in a sentence without secrets. */
export interface SetupResult {
  ok: boolean;
  sentence: string;
}

/** What the program understands or keeps (developers.facebook.com/docs/graph-api/reference/page/subscribed_apps). */
export const SUBSCRIBED_FIELDS = [
  "messages",
  "message_echoes",
  "message_deliveries",
  "message_reads",
  "message_reactions",
  "message_edits",
  "messaging_postbacks",
  "messaging_optins",
  "messaging_referrals",
  "messaging_handovers",
  "messaging_policy_enforcement",
  "standby",
  "feed",
] as const;

export interface PageKeys {
  graphApiUrl: string;
  pageId: string;
  appId: string;
  appSecret: string;
  pageToken: string;
}

/** What Messenger shows before the first message. Limits: greeting 160, four questions, menu titles 30. */
export interface ProfileContent {
  startPayload: string;
  greeting: string;
  questions: { question: string; payload: string }[];
  menu: ({ title: string; payload: string } | { title: string; url: string })[];
}

const TIMEOUT_MS = 15_000;

/** App level: where deliveries of the page object go. */
export function subscribeApp(keys: PageKeys, callbackUrl: string, verifyToken: string): Promise<SetupResult> {
  const query = new URLSearchParams({
    object: "page",
    callback_url: callbackUrl,
    verify_token: verifyToken,
    fields: SUBSCRIBED_FIELDS.join(","),
    include_values: "true",
  });
  const body = JSON.stringify(Object.fromEntries(query));
  return run(
    appCall(keys),
    "POST",
    `/${keys.appId}/subscriptions`,
    body,
    "The app now sends deliveries of pages to " + callbackUrl + ".",
  );
}

/** Page level: this page's events go to the app. */
export function subscribePage(keys: PageKeys): Promise<SetupResult> {
  const body = JSON.stringify({ subscribed_fields: SUBSCRIBED_FIELDS.join(",") });
  return run(
    pageCall(keys),
    "POST",
    withProof(`/${keys.pageId}/subscribed_apps`, keys),
    body,
    `Page ${keys.pageId} now sends its events to the app.`,
  );
}

/** Greeting, Get Started, ice breakers and menu. Only the parts given are overwritten. */
export function writeProfile(keys: PageKeys, content: ProfileContent): Promise<SetupResult> {
  const body = {
    get_started: { payload: content.startPayload },
    greeting: [{ locale: "default", text: content.greeting }],
    ice_breakers: [
      {
        locale: "default",
        call_to_actions: content.questions
          .slice(0, 4)
          .map(({ question, payload }) => ({ question, payload })),
      },
    ],
    persistent_menu: [
      {
        locale: "default",
        composer_input_disabled: false,
        call_to_actions: content.menu.map((item) =>
          "payload" in item
            ? { type: "postback", title: item.title, payload: item.payload }
            : { type: "web_url", title: item.title, url: item.url, webview_height_ratio: "full" },
        ),
      },
    ],
  };
  const path = withProof(`/${keys.pageId}/messenger_profile`, keys);
  return run(
    pageCall(keys),
    "POST",
    path,
    JSON.stringify(body),
    "The Messenger profile of the page is written. A changed menu may take a day to show.",
  );
}

/** Asks Facebook about the page token: valid or not, what it may do, until when. */
export async function checkToken(keys: PageKeys): Promise<SetupResult> {
  const query = new URLSearchParams({ input_token: keys.pageToken });
  const answer = await ask(appCall(keys), "GET", `/debug_token?${query.toString()}`, undefined);
  if (typeof answer === "string") return { ok: false, sentence: answer };
  const data = fieldOf(answer, "data");
  const isValid = fieldOf(data, "is_valid") === true;
  const scopes = fieldOf(data, "scopes");
  const expires = fieldOf(data, "expires_at");
  const until =
    expires === 0
      ? "it does not expire by itself"
      : typeof expires === "number"
        ? `it expires ${new Date(expires * 1000).toISOString()}`
        : "its expiry is not told";
  const may = Array.isArray(scopes) ? scopes.join(", ") : "nothing it tells";
  return isValid
    ? { ok: true, sentence: `The page token is valid; ${until}. It may: ${may}.` }
    : {
        ok: false,
        sentence:
          "The page token is not valid. Generate a new one in Meta for Developers → Messenger → Settings.",
      };
}

async function run(
  call: GraphCall,
  method: "GET" | "POST",
  path: string,
  body: string | undefined,
  done: string,
): Promise<SetupResult> {
  const answer = await ask(call, method, path, body);
  if (typeof answer === "string") return { ok: false, sentence: answer };
  const isDone = String(fieldOf(answer, "success")) === "true" || fieldOf(answer, "result") === "success";
  return isDone
    ? { ok: true, sentence: done }
    : { ok: false, sentence: "Facebook answered, but did not say that it worked." };
}

/** The answer's JSON, or a sentence about why there is none. */
export async function ask(
  call: GraphCall,
  method: "GET" | "POST",
  path: string,
  body: string | undefined,
): Promise<object | string> {
  try {
    const { status, body: text } = await call(method, path, body);
    const json: unknown = JSON.parse(text);
    const error = fieldOf(json, "error");
    if (error !== undefined)
      return `Facebook refused (${JSON.stringify(fieldOf(error, "code"))}/${JSON.stringify(fieldOf(error, "error_subcode") ?? 0)}, HTTP ${status}): ${JSON.stringify(fieldOf(error, "message"))}`;
    return typeof json === "object" && json !== null ? json : "Facebook's answer cannot be read.";
  } catch (error) {
    return error instanceof NoAnswer
      ? `${error.message} Is GRAPH_API_URL right, and is there a network?`
      : "Facebook's answer cannot be read.";
  }
}

export function pageCall(keys: PageKeys): GraphCall {
  return createGraphCall(accessWith(keys, keys.pageToken));
}

/** The app speaks for itself with its id and secret. */
export function appCall(keys: PageKeys): GraphCall {
  return createGraphCall(accessWith(keys, `${keys.appId}|${keys.appSecret}`));
}

function accessWith({ graphApiUrl }: PageKeys, token: string): GraphAccess {
  return { graphApiUrl, token, timeoutMs: TIMEOUT_MS };
}

export function withProof(path: string, { pageToken, appSecret }: PageKeys): string {
  return `${path}?appsecret_proof=${proveSecret(pageToken, appSecret)}`;
}

export function fieldOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? Reflect.get(value, name) : undefined;
}
