/** Alerts into a Telegram group, through a bot that does nothing but send there. */
import type { Api } from "grammy";
import type { AlertSink } from "./channels.js";

export interface TelegramSettings {
  token: string;
  /** The group: a number such as -1001234567890. */
  chatId: string;
  /** https://api.telegram.org, or a stand-in. */
  apiUrl: string;
}

/** Plain text, no previews. Telegram's refusal rejects with grammY's GrammyError, which names no token. */
export function createTelegramSink({ token, chatId, apiUrl }: TelegramSettings): AlertSink {
  let api: Api | undefined;
  return {
    async send(text) {
      const grammy = await import("grammy");
      api ??= new grammy.Api(token, { apiRoot: apiUrl, timeoutSeconds: 15 });
      await api.sendMessage(chatId, text, { link_preview_options: { is_disabled: true } });
    },
  };
}
