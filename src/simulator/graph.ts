/** A Graph API on this machine: checks what it is asked as strictly as the real one, and tells who is listening what was sent. */
import express, { type NextFunction, type Request, type Response, type Router } from "express";
import { refuseAppCall, refusePageCall, type Keys } from "./caller.js";
import { fileOf, readParts } from "./parts.js";
import { createSetup } from "./setup-calls.js";
import { newMid, type Json } from "./payloads.js";
import { isJson, refuse, refuseMessage, type Refusal } from "./refusals.js";

/** A message that was accepted; `message` is what the call had. */
export interface Sending {
  citizen: string;
  mid: string;
  message: Json;
  metadata?: string;
  /** The call's messaging_type, and its tag where it had one. */
  type: string;
  tag?: string;
  /** What came along in the same call. */
  file?: { name: string; bytes: Buffer };
}

/** How the next calls go wrong. */
export interface Fault {
  /**
   * `down`: the connection is cut before anything happens. `lost`: the message goes out, the answer does not come.
   * `html`: a page of a proxy instead of JSON, and nothing goes out.
   */
  kind: "down" | "lost" | "slow" | "error" | "html";
  /** For `error` and `html`: the status, and the body's error. */
  status?: number;
  error?: Json;
  /** For `error`: headers such as X-App-Usage. */
  headers?: Record<string, string>;
  /** Waits so long first, whatever the kind. */
  delayMs?: number;
  /** So many calls; absent: until it is cleared. */
  count?: number;
  /** Signs of life and operator's calls go on as usual and are not counted. */
  onlyMessages?: true;
  /** Calls about others go on as usual and are not counted. */
  citizen?: string;
}

/** The stand-in and what it heard. */
export interface FakeGraph {
  /** Paths begin with the version, or without it with the page: /v26.0/me/messages, /me/messages. */
  router: Router;
  /** Everything that was sent, in order; the last MOST_KEPT. */
  sent: readonly Sending[];
  signs: readonly { citizen: string; action: string }[];
  /** The Messenger profile as it was written last. */
  profile: Readonly<Json>;
  /** `name` is told to those who listen for faults. */
  setFault(fault: Fault | undefined, name?: string): void;
  /** Calls with the name of every new fault, and with "none" when it was cleared or is used up. */
  onFault(listener: (name: string) => void): void;
  onSending(listener: (sending: Sending) => void): void;
  onSign(listener: (citizen: string, action: string) => void): void;
  /** The citizen wrote: the reply window is open from now on. Citizens never noted are not held to the window. */
  noteContact(citizen: string): void;
}

/** `allowsHumanAgent`: the page has the feature for people's replies within seven days; it has not, by default. */
export interface GraphParts extends Keys {
  now: () => number;
  allowsHumanAgent?: boolean;
}

const MOST_KEPT = 20_000;

/** Makes a Graph API for one page and one app. */
export function createFakeGraph(parts: GraphParts): FakeGraph {
  const sent: Sending[] = [];
  const signs: { citizen: string; action: string }[] = [];
  const lastContact = new Map<string, number>();
  const sendingListeners: ((sending: Sending) => void)[] = [];
  const signListeners: ((citizen: string, action: string) => void)[] = [];
  const setup = createSetup(parts);
  const faults = createFaults();

  const silentMsOf = (citizen: string): number | undefined => {
    const contact = lastContact.get(citizen);
    return contact === undefined ? undefined : parts.now() - contact;
  };

  const send = (body: Json, file?: Sending["file"]): Json | Refusal => {
    const citizen = recipientOf(body);
    const silentMs = silentMsOf(citizen);
    const allowsHumanAgent = parts.allowsHumanAgent === true;
    const hasFile = file !== undefined;
    const refusal = refuseMessage(body, { citizen, silentMs, allowsHumanAgent, hasFile });
    if (refusal !== undefined) return refusal;
    if (typeof body.sender_action === "string") {
      keep(signs, { citizen, action: body.sender_action });
      for (const listener of signListeners) listener(citizen, body.sender_action);
      return { recipient_id: citizen };
    }
    const message = isJson(body.message) ? body.message : {};
    const sending: Sending = { citizen, mid: newMid(), message, type: String(body.messaging_type) };
    if (typeof body.tag === "string") sending.tag = body.tag;
    if (typeof message.metadata === "string") sending.metadata = message.metadata;
    if (file !== undefined) sending.file = file;
    keep(sent, sending);
    for (const listener of sendingListeners) listener(sending);
    return { recipient_id: citizen, message_id: sending.mid };
  };

  const asPage =
    (work: (request: Request) => Json | Refusal) =>
    (request: Request, response: Response): Promise<void> =>
      faults.through(request, response, () => refusePageCall(request, parts) ?? work(request));
  const asApp =
    (work: (request: Request) => Json | Refusal | Promise<Json | Refusal>) =>
    (request: Request, response: Response): Promise<void> =>
      faults.through(request, response, () => refuseAppCall(request, parts) ?? work(request));

  const router = express.Router();
  router.use(express.json({ limit: "1mb" }), express.urlencoded({ extended: false }));
  router.post(
    "/{:version/}:page/messages",
    readParts,
    asPage((request) => send(isJson(request.body) ? request.body : {}, fileOf(request))),
  );
  router.all("/{:version/}:page/messenger_profile", asPage(setup.profileCall));
  router.all("/{:version/}:page/subscribed_apps", asPage(setup.subscribedAppsCall));
  router.all("/{:version/}:app/subscriptions", asApp(setup.subscriptionsCall));
  router.get("/{:version/}debug_token", asApp(setup.debugTokenCall));
  router.use((_request, response) => answer(response, refuse(2500, undefined, "Unknown path components")));
  // Express knows an error handler by its four parameters.
  router.use((_error: unknown, _request: Request, response: Response, next: NextFunction) =>
    response.headersSent ? next() : answer(response, refuse(100, undefined, "The body cannot be read")),
  );
  return {
    router,
    sent,
    signs,
    profile: setup.profile,
    setFault: faults.set,
    onFault: faults.listen,
    onSending: (listener) => sendingListeners.push(listener),
    onSign: (listener) => signListeners.push(listener),
    noteContact: (citizen) => lastContact.set(citizen, parts.now()),
  };
}

type Work = () => Json | Refusal | Promise<Json | Refusal>;

/** One fault at a time stands between the calls and their answers. */
function createFaults() {
  let fault: Fault | undefined;
  const listeners: ((name: string) => void)[] = [];

  const set = (value: Fault | undefined, name = value?.kind ?? "none"): void => {
    fault = value === undefined ? undefined : { ...value };
    for (const listener of listeners) listener(name);
  };

  const take = (body: Json): Fault | undefined => {
    const current = fault;
    if (current === undefined || (current.onlyMessages && !isJson(body.message))) return undefined;
    if (current.citizen !== undefined && current.citizen !== recipientOf(body)) return undefined;
    if (current.count !== undefined) {
      current.count -= 1;
      if (current.count <= 0) set(undefined);
    }
    return current;
  };

  return {
    set,
    listen(listener: (name: string) => void): void {
      listeners.push(listener);
    },
    async through(request: Request, response: Response, work: Work): Promise<void> {
      const current = take(isJson(request.body) ? request.body : {});
      const delayMs = current?.delayMs;
      if (delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, delayMs));
      if (current?.kind === "down") {
        request.socket.destroy();
      } else if (current?.kind === "html") {
        response.status(current.status ?? 502).send("<html><body>Bad gateway</body></html>");
      } else if (current?.kind === "error") {
        const error = { type: "OAuthException", fbtrace_id: "Asimulator", ...current.error };
        response
          .set(current.headers ?? {})
          .status(current.status ?? 400)
          .json({ error });
      } else {
        const result = await work();
        if (current?.kind === "lost") request.socket.destroy();
        else answer(response, result);
      }
    },
  };
}

/** Empty where it is not a message to anybody. */
function recipientOf({ recipient }: Json): string {
  return isJson(recipient) && typeof recipient.id === "string" ? recipient.id : "";
}

function answer(response: Response, result: Json | Refusal): void {
  if (isRefusal(result)) response.status(result.status).json({ error: result.refused });
  else response.json(result);
}

function isRefusal(result: Json | Refusal): result is Refusal {
  return "refused" in result;
}

/** Keeps the last ones. */
function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MOST_KEPT) list.shift();
}
