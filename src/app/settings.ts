/** Every setting there is: the one list that `config.ts` reads, `.env.example` shows and the README prints. */

export interface Setting {
  name: string;
  /** One sentence: what it is for. */
  meaning: string;
  /** What a filled-in line looks like; never a real secret. */
  example: string;
  /** Used when the setting is empty. Secrets have none. */
  standard?: string;
  /** Where an operator finds the value, for the sentence that reports it missing. */
  find?: string;
}

const META_APP = "Meta for Developers → your app → App settings → Basic";

export const SETTINGS = [
  { name: "PORT", meaning: "Port the server listens on.", example: "3000", standard: "3000" },
  {
    name: "PUBLIC_URL",
    meaning: "Address under which Facebook reaches this server; needed by `npm run subscribe`.",
    example: "https://sabar.kotacontoh.example",
    find: "your web server or tunnel: the https address that leads to this machine, without /webhook",
  },
  {
    name: "TRUSTED_PROXY",
    meaning:
      "Addresses of your own web server or tunnel, separated by commas; only their X-Forwarded-… headers are believed.",
    example: "127.0.0.1",
    find: "where your web server runs: 127.0.0.1 on the same machine, else its address or network, such as 10.0.0.0/24",
  },
  {
    name: "DATA_DIR",
    meaning: "Folder of the database file.",
    example: "data",
    standard: "data",
  },
  {
    name: "MONGODB_URI",
    meaning:
      "Address of a MongoDB database for any number of servers; empty stores in one file under DATA_DIR.",
    example: "",
  },
  {
    name: "LANE_LEASE_SECONDS",
    meaning: "With MongoDB: how long a server may be silent before the others take its conversations over.",
    example: "30",
    standard: "30",
  },
  {
    name: "KEEP_DAYS",
    meaning:
      "Messages, replies and what is remembered of a citizen are removed after so many days; tickets stay.",
    example: "30",
    standard: "30",
  },
  {
    name: "INTENTS_DIR",
    meaning: "Folder of the intent library.",
    example: "intents",
    standard: "intents",
  },
  {
    name: "CITY_TIMEZONE",
    meaning: "Time zone of the city: Asia/Jakarta (WIB), Asia/Makassar (WITA) or Asia/Jayapura (WIT).",
    example: "Asia/Jakarta",
    standard: "Asia/Jakarta",
  },
  {
    name: "LOG_LEVEL",
    meaning: "How much is logged: fatal, error, warn, info, debug, trace or silent.",
    example: "info",
    standard: "info",
  },
  {
    name: "GATHER_SECONDS",
    meaning: "How long to wait for the rest of a question typed in several messages; 0 answers at once.",
    example: "4",
    standard: "4",
  },
  {
    name: "BOT_RETURNS_MINUTES",
    meaning: "The bot speaks again when a person has been silent this long in a conversation.",
    example: "720",
    standard: "720",
  },
  {
    name: "ANSWER_PRECISION",
    meaning:
      "Of a hundred messages that are answered without asking back, so many shall be answered right (80 to 99.9).",
    example: "98",
    standard: "98",
  },
  {
    name: "CLAIM_MINUTES",
    meaning:
      "A conversation that a member of staff has taken goes back to everybody after this long without an answer.",
    example: "15",
    standard: "15",
  },
  {
    name: "HUMAN_AGENT",
    meaning:
      "Write on if Meta has given the page the Human Agent permission: people, never the bot, may then answer for seven days.",
    example: "off",
    standard: "off",
  },
  {
    name: "TELEGRAM_BOT_TOKEN",
    meaning: "A Telegram bot that tells a group about conversations nobody has taken; empty: no such alerts.",
    example: "",
    find: "Telegram → @BotFather → /newbot; optional",
  },
  {
    name: "TELEGRAM_CHAT_ID",
    meaning: "The Telegram group that is told; the bot must be a member.",
    example: "-1001234567890",
    find: "add the bot to the group, write something there, then open https://api.telegram.org/bot<token>/getUpdates; optional",
  },
  {
    name: "TELEGRAM_API_URL",
    meaning: "Address of Telegram's Bot API, or of your own server for it.",
    example: "https://api.telegram.org",
    standard: "https://api.telegram.org",
  },
  {
    name: "ALERT_SNIPPET",
    meaning: "Write on to add at most 80 masked letters of the citizen's words to alerts.",
    example: "off",
    standard: "off",
  },
  {
    name: "SENDS_PER_SECOND",
    meaning: "Most messages sent in a second for the whole page; the Inbox stops updating above 40.",
    example: "30",
    standard: "30",
  },
  {
    name: "MESSENGER_PAGE_ID",
    meaning: "The page whose messages are answered.",
    example: "102938475610293",
    find: "your Facebook page → About → Page transparency → Page ID",
  },
  {
    name: "MESSENGER_APP_ID",
    meaning: "The app that is connected to the page.",
    example: "1029384756574839",
    find: `${META_APP} → App ID`,
  },
  {
    name: "MESSENGER_APP_SECRET",
    meaning: "Proves that a delivery comes from Facebook.",
    example: "",
    find: `${META_APP} → App secret → Show`,
  },
  {
    name: "MESSENGER_VERIFY_TOKEN",
    meaning: "A word you make up; Facebook repeats it once when the webhook is connected.",
    example: "",
    find: "nowhere: make up a long random word and use the same one in Meta for Developers → Messenger → Webhooks",
  },
  {
    name: "MESSENGER_PAGE_TOKEN",
    meaning: "Allows sending in the name of the page.",
    example: "",
    find: "Meta for Developers → your app → Messenger → Settings → Access tokens → Generate token",
  },
  {
    name: "GRAPH_API_URL",
    meaning: "Address of the Graph API, with its version.",
    example: "https://graph.facebook.com/v26.0",
    standard: "https://graph.facebook.com/v26.0",
  },
] as const satisfies readonly Setting[];

export type SettingName = (typeof SETTINGS)[number]["name"];
