/** Reads the settings once, checks them all together, and freezes the result. Nothing else reads the environment. */
import { isIP } from "node:net";
import path from "node:path";
import { IANAZone } from "luxon";
import { SETTINGS, type Setting, type SettingName } from "./settings.js";

export interface MessengerSettings {
  pageId: string;
  appId: string;
  appSecret: string;
  verifyToken: string;
  pageToken: string;
}

export interface Config {
  port: number;
  publicUrl: string | undefined;
  /** Addresses and networks whose forwarding headers are believed; empty: nobody's. */
  trustedProxies: string[];
  dataDir: string;
  /** Absent: everything lies in one file under `dataDir`. */
  mongo: { uri: string; database: string } | undefined;
  /** How long an instance may be silent before the others take its conversations over. */
  laneLeaseMs: number;
  /** How many days conversations are kept after they ended. */
  keepDays: number;
  intentsDir: string;
  timezone: string;
  logLevel: string;
  gatherMs: number;
  botReturnsMs: number;
  /** Share of answers that must be right, 0 to 1. */
  answerPrecision: number;
  claimMs: number;
  /** People may answer for seven days, because Meta has allowed it. */
  hasHumanAgent: boolean;
  /** Where alerts go besides the console; absent: nowhere. */
  telegram: { token: string; chatId: string; apiUrl: string } | undefined;
  /** Alerts may hold a few masked words of the citizen. */
  hasAlertSnippet: boolean;
  sendsPerSecond: number;
  graphApiUrl: string;
  /** Absent: no page is connected, the server talks to its own simulator. */
  messenger: MessengerSettings | undefined;
}

/** The settings cannot be used. `problems` are whole sentences for the operator; no secret stands in them. */
export class ConfigError extends Error {
  override name = "ConfigError";
  constructor(readonly problems: string[]) {
    super(problems.join("\n"));
  }
}

const LEVELS = ["fatal", "error", "warn", "info", "debug", "trace", "silent"];
const PAGE_SETTINGS = [
  "MESSENGER_PAGE_ID",
  "MESSENGER_APP_ID",
  "MESSENGER_APP_SECRET",
  "MESSENGER_VERIFY_TOKEN",
  "MESSENGER_PAGE_TOKEN",
] as const satisfies readonly SettingName[];

/** Reads all settings from `env`. Throws ConfigError with every problem at once. Relative folders are taken from `base`. */
export function readConfig(env: Record<string, string | undefined>, base = process.cwd()): Config {
  const problems: string[] = [];
  const raw = (name: SettingName): string => {
    const setting: Setting | undefined = SETTINGS.find((each) => each.name === name);
    const value = env[name]?.trim() ?? "";
    return value === "" ? (setting?.standard ?? "") : value;
  };
  const check = (isFine: boolean, sentence: string): void => {
    if (!isFine) problems.push(sentence);
  };
  const number = (name: SettingName, least: number, most: number): number => {
    const value = Number(raw(name));
    check(
      /^\d+(\.\d+)?$/.test(raw(name)) && value >= least && value <= most,
      `${name} is "${raw(name)}"; write a number from ${least} to ${most}.`,
    );
    return value;
  };

  const isOn = (name: SettingName): boolean => {
    check(["on", "off"].includes(raw(name)), `${name} is "${raw(name)}"; write on or off.`);
    return raw(name) === "on";
  };

  const port = number("PORT", 0, 65_535);
  check(Number.isInteger(port), `PORT is "${raw("PORT")}"; write a whole number.`);
  const timezone = raw("CITY_TIMEZONE");
  check(
    IANAZone.isValidZone(timezone),
    `CITY_TIMEZONE is "${timezone}"; write Asia/Jakarta, Asia/Makassar or Asia/Jayapura.`,
  );
  const logLevel = raw("LOG_LEVEL");
  check(LEVELS.includes(logLevel), `LOG_LEVEL is "${logLevel}"; write one of ${LEVELS.join(", ")}.`);
  const mongo = readMongo(raw("MONGODB_URI"));
  check(
    mongo !== "wrong",
    "MONGODB_URI does not read like mongodb://user:password@host:27017/sabar; write such an address, or leave it empty to store in one file.",
  );
  const publicUrl = raw("PUBLIC_URL").replace(/\/+$/, "");
  check(
    publicUrl === "" || isUrl(publicUrl, ["https:"]),
    `PUBLIC_URL is "${publicUrl}"; write the https address under which Facebook reaches this server.`,
  );
  const graphApiUrl = plainAddress(raw("GRAPH_API_URL"));
  check(
    isUrl(graphApiUrl, ["https:"]) || (isUrl(graphApiUrl, ["http:"]) && isLoopback(graphApiUrl)),
    `GRAPH_API_URL is "${graphApiUrl}"; write an https address such as https://graph.facebook.com/v26.0, or leave it empty.`,
  );
  const config: Config = {
    port,
    publicUrl: publicUrl === "" ? undefined : publicUrl,
    trustedProxies: readProxies(raw("TRUSTED_PROXY"), check),
    dataDir: path.resolve(base, raw("DATA_DIR")),
    mongo: mongo === "wrong" ? undefined : mongo,
    laneLeaseMs: number("LANE_LEASE_SECONDS", 2, 600) * 1000,
    keepDays: number("KEEP_DAYS", 1, 36_500),
    intentsDir: path.resolve(base, raw("INTENTS_DIR")),
    timezone,
    logLevel,
    gatherMs: number("GATHER_SECONDS", 0, 60) * 1000,
    botReturnsMs: number("BOT_RETURNS_MINUTES", 1, 10_080) * 60_000,
    answerPrecision: number("ANSWER_PRECISION", 80, 99.9) / 100,
    claimMs: number("CLAIM_MINUTES", 0.01, 1440) * 60_000,
    hasHumanAgent: isOn("HUMAN_AGENT"),
    telegram: readTelegram(raw, problems),
    hasAlertSnippet: isOn("ALERT_SNIPPET"),
    sendsPerSecond: number("SENDS_PER_SECOND", 1, 100_000),
    graphApiUrl,
    messenger: readMessenger(raw, problems),
  };
  if (problems.length > 0) throw new ConfigError(problems);
  return Object.freeze(config);
}

/** The address with the name of its database; `sabar` where it names none. It may hold a password and is never printed. */
export function readMongo(uri: string): Config["mongo"] | "wrong" {
  if (uri === "") return undefined;
  const parts = /^mongodb(?:\+srv)?:\/\/[^\s/?]+(?:\/([^\s/?]*))?(?:\?\S*)?$/.exec(uri);
  if (parts === null) return "wrong";
  const named = parts[1] ?? "";
  return { uri, database: named === "" ? "sabar" : decodeURIComponent(named) };
}

function readProxies(list: string, check: (isFine: boolean, sentence: string) => void): string[] {
  const proxies = list.split(",").map((each) => each.trim());
  const named = proxies.filter((each) => each !== "");
  for (const each of named)
    check(
      isNetwork(each),
      `TRUSTED_PROXY has "${each}" in it; write addresses such as 127.0.0.1 or networks such as 10.0.0.0/24, separated by commas.`,
    );
  return named;
}

/** An address, alone or with the number of bits that its network shares. Never a network of everybody. */
function isNetwork(text: string): boolean {
  const [address = "", bits] = text.split("/");
  const version = isIP(address);
  if (version === 0) return false;
  return (
    bits === undefined ||
    (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= (version === 4 ? 32 : 128))
  );
}

/** The Telegram group for alerts: bot and group, or neither. */
function readTelegram(raw: (name: SettingName) => string, problems: string[]): Config["telegram"] {
  const token = raw("TELEGRAM_BOT_TOKEN");
  const chatId = raw("TELEGRAM_CHAT_ID");
  const apiUrl = raw("TELEGRAM_API_URL").replace(/\/+$/, "");
  if (!isUrl(apiUrl, ["https:"]) && !(isUrl(apiUrl, ["http:"]) && isLoopback(apiUrl)))
    problems.push("TELEGRAM_API_URL is not an https address; leave it empty for Telegram's own.");
  if (token === "" && chatId === "") return undefined;
  if (!/^\d{5,15}:[\w-]{20,100}$/.test(token))
    problems.push(
      `TELEGRAM_BOT_TOKEN is missing or not complete; copy it from: ${placeOf("TELEGRAM_BOT_TOKEN")}.`,
    );
  if (!/^-?\d{3,20}$/.test(chatId))
    problems.push(
      `TELEGRAM_CHAT_ID is missing or not a number; find it here: ${placeOf("TELEGRAM_CHAT_ID")}.`,
    );
  return Object.freeze({ token, chatId, apiUrl });
}

/** The settings of a real page: all of them or none. */
function readMessenger(
  raw: (name: SettingName) => string,
  problems: string[],
): MessengerSettings | undefined {
  if (PAGE_SETTINGS.every((name) => raw(name) === "")) return undefined;
  problems.push(...missingForPage(raw).map((sentence) => `${sentence} Or empty all MESSENGER_… settings.`));
  for (const name of ["MESSENGER_PAGE_ID", "MESSENGER_APP_ID"] as const)
    if (raw(name) !== "" && !/^\d{5,25}$/.test(raw(name)))
      problems.push(`${name} is not a number; copy it from: ${placeOf(name)}.`);
  for (const name of ["MESSENGER_APP_SECRET", "MESSENGER_VERIFY_TOKEN", "MESSENGER_PAGE_TOKEN"] as const)
    if (/\s/.test(raw(name)))
      problems.push(`${name} has a space or line break in it; copy it again from: ${placeOf(name)}.`);
  return Object.freeze({
    pageId: raw("MESSENGER_PAGE_ID"),
    appId: raw("MESSENGER_APP_ID"),
    appSecret: raw("MESSENGER_APP_SECRET"),
    verifyToken: raw("MESSENGER_VERIFY_TOKEN"),
    pageToken: raw("MESSENGER_PAGE_TOKEN"),
  });
}

/** What is missing to connect a real page: one sentence a setting, with the place where its value is found. */
export function missingForPage(raw: (name: SettingName) => string): string[] {
  return PAGE_SETTINGS.filter((name) => raw(name) === "").map(
    (name) => `${name} is missing. Find it here: ${placeOf(name)}.`,
  );
}

function placeOf(name: SettingName): string {
  const setting: Setting | undefined = SETTINGS.find((each) => each.name === name);
  return setting?.find ?? "";
}

/** The page token may travel unencrypted only inside this machine. */
function isLoopback(url: string): boolean {
  return ["localhost", "127.0.0.1", "[::1]"].includes(new URL(url).hostname);
}

/** As browsers write it, without slashes at the end: what is given may name the usual port, or capital letters. */
function plainAddress(text: string): string {
  return (URL.canParse(text) ? new URL(text).href : text).replace(/\/+$/, "");
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}
