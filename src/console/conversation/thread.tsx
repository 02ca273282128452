/** The lines of a conversation: who said what, when, and what became of it. */
import { Fragment } from "preact";
import { dayOf, momentOf, timeOf } from "../times.js";
import { words } from "../words/words.js";
import { actSentence } from "./act-sentence.js";
import { Said, SentWords } from "./contents.js";
import { CoveredText } from "./covered.js";
import type { Room } from "./room.js";
import type { Delivered, Line } from "./timeline.js";
import { WhyBot } from "./why.js";

const { thread, events } = words.desk;

export function Thread({ room, address }: { room: Room; address: string }) {
  const first = room.lines[0];
  return (
    <div class="talk" id="log" role="log" aria-label={thread.log} aria-live="polite" tabIndex={0}>
      {room.hasEarlier && first !== undefined ? (
        <p class="earlier">
          <a href={`${address}&before=${first.at}`}>{thread.earlier}</a>
        </p>
      ) : null}
      {room.lines.map((line, index) => {
        const day = dayOf(line.at, room.zone);
        const before = room.lines[index - 1];
        const isNewDay = before === undefined || dayOf(before.at, room.zone) !== day;
        return (
          <Fragment key={line.id}>
            {isNewDay ? (
              <p class="day" data-line={`day ${day}`}>
                {day}
              </p>
            ) : null}
            <LineOf line={line} room={room} />
          </Fragment>
        );
      })}
    </div>
  );
}

function LineOf({ line, room }: { line: Line; room: Room }) {
  const { zone } = room;
  const source = room.mayOpen && !line.id.includes("#") ? line.id : undefined;
  switch (line.kind) {
    case "citizen":
      return (
        <Bubble
          line={line}
          who={thread.citizen}
          tone="citizen"
          zone={zone}
          extra={line.note && noteOf(line.note)}
        >
          <Said text={line.text} attachments={line.attachments} source={source} />
        </Bubble>
      );
    case "bot":
      return (
        <Bubble
          line={line}
          who={thread.bot}
          tone="bot"
          zone={zone}
          extra={<DeliveryState line={line} room={room} />}
        >
          <span class="text">{line.said.reply.text}</span>
          <Offered line={line} />
          {line.isLast && line.why !== undefined ? <WhyBot why={line.why} library={room.library} /> : null}
        </Bubble>
      );
    case "person":
      return (
        <Bubble
          line={line}
          who={thread.staff(line.by?.name ?? "")}
          tone="staff"
          zone={zone}
          extra={<DeliveryState line={line} room={room} />}
        >
          <SentWords reply={line.said.reply} citizen={room.citizen.id} />
        </Bubble>
      );
    case "suite":
      return (
        <Bubble line={line} who={thread.suite} tone="staff" zone={zone}>
          <CoveredText text={line.text === "" ? thread.empty : line.text} source={source} />
        </Bubble>
      );
    case "note":
      return (
        <Bubble
          line={line}
          who={line.by === undefined ? thread.note : thread.noteBy(line.by.name)}
          tone="note"
          zone={zone}
        >
          <CoveredText text={line.text} source={source} />
        </Bubble>
      );
    case "reaction":
      return (
        <Happened line={line} zone={zone}>
          {line.emoji === undefined ? thread.unreacted : thread.reacted(line.emoji)}
        </Happened>
      );
    case "act":
      return (
        <Happened line={line} zone={zone}>
          {actSentence(line.act, room.library, zone)}
        </Happened>
      );
    case "turned":
      return (
        <Happened line={line} zone={zone}>
          {line.what === "lapsed" ? events.lapsed(line.name) : events[line.what]}
        </Happened>
      );
  }
}

function Bubble(props: {
  line: Line;
  who: string;
  tone: "citizen" | "bot" | "staff" | "note";
  zone: string;
  extra?: preact.ComponentChildren;
  children: preact.ComponentChildren;
}) {
  const { line, who, tone, zone } = props;
  return (
    <div class={`bubble ${tone}`} data-line={line.id}>
      <p class="meta">
        <strong>{who}</strong>{" "}
        <time dateTime={new Date(line.at).toISOString()} title={momentOf(line.at, zone)}>
          {timeOf(line.at, zone)}
        </time>{" "}
        {props.extra}
      </p>
      <div class="words">{props.children}</div>
    </div>
  );
}

function Happened({
  line,
  zone,
  children,
}: {
  line: Line;
  zone: string;
  children: preact.ComponentChildren;
}) {
  return (
    <p class="happened" data-line={line.id}>
      {children} <time dateTime={new Date(line.at).toISOString()}>{timeOf(line.at, zone)}</time>
    </p>
  );
}

function noteOf(note: "edited" | "tapped" | "quotes"): string {
  return `· ${thread[note]}`;
}

function Offered({ line }: { line: Extract<Line, { kind: "bot" }> }) {
  const { reply } = line.said;
  const titles = [
    ...(reply.kind === "buttons" ? reply.buttons.map(({ title }) => title) : []),
    ...(reply.choices ?? []).map(({ title }) => title),
  ];
  return titles.length === 0 ? null : (
    <span class="offered">
      {thread.choices}: {titles.join(" · ")}
    </span>
  );
}

const QUIET: readonly Delivered[] = ["sent", "delivered", "read"];

function DeliveryState({ line, room }: { line: Extract<Line, { kind: "bot" | "person" }>; room: Room }) {
  const { state, said } = line;
  if (state === "parked")
    return (
      <span class="failed">
        <span class="tag red">{thread.states.parked(said.reason ?? thread.states.unknownReason)}</span>{" "}
        {room.mayAct ? (
          <form method="post" action={`/console/conversations/${room.citizen.id}/retry`} data-retry>
            <input type="hidden" name="reply" value={said.key} />
            <button type="submit">{thread.retry}</button>
          </form>
        ) : null}
      </span>
    );
  const label = thread.states[state];
  if (QUIET.includes(state)) return <span class="state">· {label} ✓</span>;
  return (
    <span class="state">
      · {label}
      {said.attempts > 0 && said.reason !== undefined ? ` (${said.reason})` : ""}
    </span>
  );
}
