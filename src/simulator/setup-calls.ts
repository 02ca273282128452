/** The calls an operator makes once: profile, subscriptions, and what a token is worth. */
import axios from "axios";
import type { Request } from "express";
import { parameter, type Keys } from "./caller.js";
import { isJson, refuse, type Refusal } from "./refusals.js";
import type { Json } from "./payloads.js";

/** What was set up, and the calls that change and tell it. */
export interface Setup {
  /** The Messenger profile as it was written last. */
  profile: Readonly<Json>;
  profileCall(request: Request): Json | Refusal;
  subscriptionsCall(request: Request): Promise<Json | Refusal>;
  subscribedAppsCall(request: Request): Json | Refusal;
  debugTokenCall(request: Request): Json;
}

const PROFILE_KEYS = [
  "get_started",
  "greeting",
  "ice_breakers",
  "persistent_menu",
  "commands",
  "whitelisted_domains",
  "account_linking_url",
];

/** Starts with nothing set up. */
export function createSetup(keys: Keys): Setup {
  const profile: Json = {};
  const subscriptions: Json[] = [];
  const subscribedFields: string[] = [];
  return {
    profile,
    profileCall(request) {
      const body = isJson(request.body) ? request.body : {};
      if (request.method === "GET") return { data: [pick(profile, parameter(request, "fields").split(","))] };
      if (request.method === "DELETE") {
        const fields: unknown[] = Array.isArray(body.fields) ? body.fields : [];
        for (const field of fields) Reflect.deleteProperty(profile, String(field));
        return { result: "success" };
      }
      const refusal = refuseProfile(body, profile);
      if (refusal !== undefined) return refusal;
      Object.assign(profile, pick(body, PROFILE_KEYS));
      return { result: "success" };
    },
    async subscriptionsCall(request) {
      if (request.method === "GET") return { data: subscriptions };
      const callbackUrl = parameter(request, "callback_url");
      if (!(await answersChallenge(callbackUrl, parameter(request, "verify_token"))))
        return refuse(2200, undefined, "Callback verification failed");
      const fields = parameter(request, "fields").split(",");
      subscriptions.splice(0, 1, { object: "page", callback_url: callbackUrl, fields, active: true });
      return { success: true };
    },
    subscribedAppsCall(request) {
      if (request.method === "GET")
        return {
          data:
            subscribedFields.length === 0 ? [] : [{ id: keys.appId, subscribed_fields: subscribedFields }],
        };
      const fields = parameter(request, "subscribed_fields").split(",").filter(Boolean);
      if (request.method === "POST" && fields.length === 0)
        return refuse(100, undefined, "Param subscribed_fields must be non-empty");
      subscribedFields.splice(0, Infinity, ...(request.method === "POST" ? fields : []));
      return { success: true };
    },
    debugTokenCall: (request) => ({
      data: {
        is_valid: parameter(request, "input_token") === keys.pageToken,
        type: "PAGE",
        app_id: keys.appId,
        expires_at: 0,
        data_access_expires_at: 0,
        scopes: ["pages_messaging", "pages_manage_metadata", "pages_show_list"],
      },
    }),
  };
}

/** Limits of the Messenger profile: greeting 160, four questions, twenty menu items with titles of 30. */
function refuseProfile(body: Json, before: Json): Refusal | undefined {
  if (!PROFILE_KEYS.some((key) => key in body)) return refuse(100, undefined, "Requires one of the params");
  const texts = partsOf(body.greeting).map((part) => part.text);
  if (texts.some((text) => typeof text !== "string" || text.length > 160))
    return refuse(100, undefined, "A greeting has at most 160 characters");
  const questions = partsOf(body.ice_breakers).map((part) => partsOf(part.call_to_actions));
  if (questions.some((list) => list.length > 4 || !list.every((each) => each.question && each.payload)))
    return refuse(100, undefined, "At most four ice breakers, each with question and payload");
  const menus = partsOf(body.persistent_menu);
  if (menus.length > 0 && body.get_started === undefined && before.get_started === undefined)
    return refuse(100, undefined, "You must set a Get Started button if you also want a persistent menu");
  const items = menus.flatMap((menu) => partsOf(menu.call_to_actions));
  if (items.length > 20 || items.some(({ title }) => typeof title !== "string" || title.length > 30))
    return refuse(100, undefined, "At most twenty menu items, with titles of at most 30 characters");
  return undefined;
}

/** Facebook asks the callback for a number back. Here only addresses of this machine are asked. */
async function answersChallenge(callbackUrl: string, verifyToken: string): Promise<boolean> {
  if (!URL.canParse(callbackUrl)) return false;
  if (!["localhost", "127.0.0.1", "[::1]"].includes(new URL(callbackUrl).hostname)) return false;
  const challenge = String(Math.floor(Math.random() * 1e9));
  const params = { "hub.mode": "subscribe", "hub.verify_token": verifyToken, "hub.challenge": challenge };
  try {
    const { status, data } = await axios.get<string>(callbackUrl, {
      params,
      timeout: 5_000,
      maxRedirects: 0,
      proxy: false,
      responseType: "text",
      transformResponse: [],
      validateStatus: () => true,
    });
    return status === 200 && data === challenge;
  } catch {
    return false;
  }
}

function partsOf(value: unknown): Json[] {
  return Array.isArray(value) ? value.filter(isJson) : [];
}

function pick(from: Json, keys: string[]): Json {
  return Object.fromEntries(Object.entries(from).filter(([key]) => keys.includes(key)));
}
