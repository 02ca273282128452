/** The work page: views, list, and the conversation beside it where one is open. */
import type { StaffMember } from "../../vocabulary/staff.js";
import { Aside } from "../conversation/aside.js";
import { Composer } from "../conversation/composer.js";
import { Dialogs } from "../conversation/dialogs.js";
import { Head } from "../conversation/head.js";
import type { Room } from "../conversation/room.js";
import { Thread } from "../conversation/thread.js";
import { consolePage } from "../layout.js";
import { words } from "../words/words.js";
import { nameOf } from "./row.js";
import { ConversationList, ViewMenu, type ListData } from "./list.js";
import { addressOf } from "./views.js";

const { desk } = words;

export interface WorkPage {
  list: ListData;
  /** The newsroom's, taken before anything of the page was read. */
  mark: string;
  staff: StaffMember;
  /** Absent on the page with the list alone. */
  room?: Room;
  /** What has to be said about the whole page: nothing comes in, nothing goes out. */
  banners: readonly string[];
  notice?: { text: string; isBad: boolean };
  /** The server tells the browser of this session by itself. */
  isPushed: boolean;
}

/** Says to alarm.js how many conversations nobody has taken; it calls again and again until somebody does. */
function AlarmSwitch({ list, isPushed }: { list: ListData; isPushed: boolean }) {
  const { urgent, other } = list.counts.unclaimed;
  return (
    <div
      id="alarm"
      class="alarm-switch"
      data-urgent={urgent}
      data-other={other}
      data-pushed={isPushed ? "yes" : "no"}
      data-title={desk.alerts.title}
      data-urgent-text={desk.alerts.urgent(urgent)}
      data-other-text={desk.alerts.other(other)}
    >
      <button type="button" aria-pressed="false" data-on={desk.alerts.on} data-off={desk.alerts.off} hidden>
        {desk.alerts.off}
      </button>
    </div>
  );
}

/** The whole document. */
export function workPage({ list, mark, staff, room, banners, notice, isPushed }: WorkPage): string {
  const needs = list.counts.places.needs;
  const name = room === undefined ? desk.views[list.wanted.view] : nameOf(room.citizen.id);
  const back = addressOf(list.wanted);
  return consolePage({
    title: `${needs > 0 ? `(${needs}) ` : ""}${name}`,
    staff,
    active: "inbox",
    shape: "work",
    styles: ["desk.css"],
    scripts: ["desk.js", "alarm.js", ...(room === undefined ? [] : ["conversation.js"])],
    body: (
      <div
        class={room === undefined ? "desk" : "desk with-room"}
        id="desk"
        data-conversation={room?.citizen.id}
        data-mark={mark}
      >
        <div class="banners" id="banners" role="alert">
          {banners.map((text) => (
            <p key={text} class="notice bad">
              {text}
            </p>
          ))}
        </div>
        <p class="unseen" role="status" id="status">
          {desk.status(needs)}
        </p>
        {list.mayAct ? <AlarmSwitch list={list} isPushed={isPushed} /> : null}
        <div class="panes">
          <ViewMenu {...list} />
          <ConversationList {...list} />
          {room === undefined ? (
            <p class="choose quiet">{desk.choose}</p>
          ) : (
            <>
              <section class="room" aria-labelledby="thread-title">
                <Head room={room} back={back} formKey={list.formKey} />
                {notice === undefined ? null : (
                  <p class={notice.isBad ? "notice bad" : "notice"} role="status">
                    {notice.text}
                  </p>
                )}
                <Thread
                  room={room}
                  address={`/console/conversations/${room.citizen.id}?view=${list.wanted.view}`}
                />
                {room.mayAct ? <Composer room={room} formKey={list.formKey} /> : null}
              </section>
              <Aside room={room} />
            </>
          )}
        </div>
        <Dialogs mayOpen={room?.mayOpen === true} />
      </div>
    ),
  });
}
