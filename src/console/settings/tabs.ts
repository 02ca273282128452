/** The pages of the screen "Pengaturan". */
import type { Tab } from "../tabs.js";
import { words } from "../words/words.js";

export const SETTINGS_TABS = [
  { label: words.settings.staffTab, path: "/settings/staff", needs: ["manage-system"] },
  { label: words.settings.hoursTab, path: "/settings/hours", needs: ["manage-system", "answer-citizens"] },
  { label: words.push.tab, path: "/settings/alerts", needs: ["answer-citizens"] },
] as const satisfies readonly Tab[];
