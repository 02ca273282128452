/** Draws the steps of a dialogue as a Mermaid diagram. */
import type { ReportFile } from "../intents/format-dialogues.js";
import type { Script, ScriptStep } from "../intents/script.js";

/** The flow of a script, in Mermaid's words. Questions are diamonds, explanations boxes, endings round. */
export function diagramOf(script: Script): string {
  const lines = [
    "flowchart TD",
    `  mulai([${quoted(script.title)}]) --> ${idOf(script.steps[0]?.name ?? endOf(script))}`,
  ];
  script.steps.forEach((step, index) => {
    const next = script.steps[index + 1]?.name ?? endOf(script);
    lines.push(`  ${idOf(step.name)}${shapeOf(step)}`);
    if (step.kind !== "choose") {
      lines.push(`  ${idOf(step.name)} -->${step.kind === "explain" ? "|Jelas| " : " "}${idOf(next)}`);
      return;
    }
    for (const { title, leadsTo } of step.choices)
      lines.push(`  ${idOf(step.name)} -->|${clean(title)}| ${idOf(leadsTo === "lanjut" ? next : leadsTo)}`);
  });
  for (const { name, report } of script.endings)
    lines.push(`  ${idOf(name)}([${quoted(report === undefined ? name : `Laporan ${report.prefix}-0001`)}])`);
  return lines.join("\n");
}

/** The road report, which is written in code: its questions in their order. */
export function roadDiagram(jalan: ReportFile["jalan"]): string {
  const danger = jalan.tombol_bahaya;
  return `flowchart TD
  mulai([Jalan rusak]) --> bahaya{${quoted(jalan.bahaya[0] ?? "")}}
  bahaya -->|${danger.korban}| darurat([Nomor darurat, petugas])
  bahaya -->|${danger.putus}| darurat
  bahaya -->|${danger.tidak}| tempat{Tempat}
  tempat -->|nama kembar| mana{Yang mana?} --> patokan
  tempat -->|jalan saja| patokan{Patokan} --> serupa
  tempat --> serupa{Sudah ada laporan serupa?}
  serupa -->|Sama| gabung([Digabung])
  serupa -->|Bukan| foto{Foto}
  foto --> ukuran{Ukuran} --> sejak{Sejak kapan}
  sejak --> benar{Dibacakan lagi}
  benar -->|Benar| kirim([Laporan ${jalan.awalan}-0001])
  benar -->|Ubah tempat| tempat
  benar -->|Ubah lainnya| ukuran
  benar -->|Batal| batal([Tidak jadi])`;
}

const endOf = (script: Script): string => script.endings[0]?.name ?? "selesai";

function shapeOf(step: ScriptStep): string {
  const text = quoted(step.wordings[0]?.split("\n")[0] ?? step.name);
  return step.kind === "explain" ? `[${text}]` : `{${text}}`;
}

/** Mermaid stumbles over quotes and brackets in plain words. */
const quoted = (text: string): string => `"${clean(text)}"`;
const clean = (text: string): string => text.replace(/["[\]{}|<>]/g, "'").slice(0, 60);
const idOf = (name: string): string => `s_${name.replace(/[^a-z0-9]/gi, "_")}`;
