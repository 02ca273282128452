/** The pages of the screen "Catatan & Kesehatan". */
import type { Tab } from "../tabs.js";
import { words } from "../words/words.js";

export const RECORDS_TABS = [
  { label: words.records.healthTab, path: "/records/health", needs: ["see-health"] },
  { label: words.records.parkedTab, path: "/records/parked", needs: ["retry-parked"] },
  { label: words.records.libraryTab, path: "/records/library", needs: ["see-health"] },
  { label: words.records.auditTab, path: "/records/audit", needs: ["manage-system"] },
] as const satisfies readonly Tab[];
