/** The settings as text: `.env.example`, and the table of the README. */
import { SETTINGS, type Setting } from "../src/app/settings.js";

const BEGIN = /(<!-- settings: [^>]*-->)[\s\S]*?(<!-- end of settings -->)/;

/** The whole of `.env.example`. */
export function envExample(): string {
  const settings: readonly Setting[] = SETTINGS;
  const blocks = settings.map((setting) => {
    const where = setting.find === undefined ? "" : `\n# Where: ${setting.find}.`;
    const value = setting.find === undefined ? (setting.standard ?? "") : "";
    return `# ${setting.meaning}${where}\n${setting.name}=${value}`;
  });
  return `# Copy this file to .env and fill in what you need. Empty lines mean: use the standard.\n\n${blocks.join("\n\n")}\n`;
}

/** The README's table. */
export function settingsTable(): string {
  const settings: readonly Setting[] = SETTINGS;
  const rows = settings.map((setting) => {
    const standard = setting.standard === undefined ? "" : `\`${setting.standard}\``;
    return `| \`${setting.name}\` | ${setting.meaning} | ${standard} | ${setting.find ?? ""} |`;
  });
  return ["| setting | meaning | standard | where to find it |", "|---|---|---|---|", ...rows].join("\n");
}

/** The README with this table between its marks. */
export function withSettingsTable(readme: string, table: string): string {
  return readme.replace(BEGIN, (_all, begin: string, end: string) => `${begin}\n\n${table}\n\n${end}`);
}
