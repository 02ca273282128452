/** What to say to something that was sent without words. */
import type { AttachmentKind } from "../vocabulary/event.js";
import type { CommonName, Draft } from "./draft.js";
import { introduce } from "./introduce.js";

/** The sentence for each kind, and whether a person has to look at it. */
const RECEIVED: Record<AttachmentKind, { say: CommonName; needsPerson: boolean; label: string }> = {
  image: { say: "terima_foto", needsPerson: true, label: "[foto]" },
  video: { say: "terima_foto", needsPerson: true, label: "[video]" },
  audio: { say: "terima_suara", needsPerson: true, label: "[pesan suara]" },
  file: { say: "terima_berkas", needsPerson: true, label: "[berkas]" },
  location: { say: "terima_lokasi", needsPerson: true, label: "[lokasi]" },
  link: { say: "terima_tautan", needsPerson: false, label: "[tautan]" },
  share: { say: "terima_tautan", needsPerson: false, label: "[kiriman]" },
  sticker: { say: "terima_stiker", needsPerson: false, label: "[stiker]" },
  unknown: { say: "terima_berkas", needsPerson: true, label: "[kiriman]" },
};

/** Says that it arrived, honestly whether it can be read, and brings it to a person where one is needed. */
export function receiveAttachments(draft: Draft, kinds: readonly AttachmentKind[]): void {
  // Several pictures at once get one sentence; what needs a person speaks for the rest.
  const kind = kinds.find((each) => RECEIVED[each].needsPerson) ?? kinds[0];
  if (kind === undefined) return;
  const { say, needsPerson, label } = RECEIVED[kind];
  draft.why = { outcome: needsPerson ? "escalate" : "note", reasons: [`kiriman tanpa kata: ${label}`] };
  if (needsPerson)
    draft.escalate({
      reason: "attachment",
      priority: "P2",
      agency: draft.escalation?.agency ?? lastAgency(draft),
      summary: label,
    });
  introduce(draft, [], [], undefined);
  draft.sayCommon(say);
}

/** The agency of what was talked about last: a photo after "jalan rusak" belongs to the roads. */
function lastAgency(draft: Draft): string | undefined {
  const last = draft.citizen.lastAnswer;
  return last === undefined ? undefined : draft.situation.library.intents.get(last.intent)?.agency;
}

/** The words of staff lists for what came without words. */
export const labelOf = (kind: AttachmentKind): string => RECEIVED[kind].label;
