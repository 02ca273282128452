/** MongoDB's wire protocol, as much of it as the replica set of the tests must read (OP_MSG, and OP_QUERY with OP_REPLY for the first greeting). */
import mongoose from "mongoose";

const { BSON } = mongoose.mongo;

export type Document = Record<string, unknown>;

/** One message; `bytes` is the whole of it. */
export interface Frame {
  id: number;
  /** The id of the message it answers. */
  answers: number;
  opCode: number;
  bytes: Buffer;
}

const HEADER = 16;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;

/** Cuts what comes through a socket into messages, whatever pieces it comes in. */
export function frameReader(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const bytes = rest.subarray(0, rest.readInt32LE(0));
      rest = rest.subarray(bytes.length);
      const [id, answers, opCode] = [bytes.readInt32LE(4), bytes.readInt32LE(8), bytes.readInt32LE(12)];
      onFrame({ id, answers, opCode, bytes });
    }
  };
}

/** Where the message's document begins; undefined for messages of a kind this does not know. */
function documentAt({ opCode, bytes }: Frame): number | undefined {
  switch (opCode) {
    case OP_MSG:
      // Flags, and the section of kind 0, which drivers and servers put first.
      return bytes[HEADER + 4] === 0 ? HEADER + 5 : undefined;
    case OP_QUERY:
      // Flags, the collection's name with its zero, how many to skip and to return.
      return bytes.indexOf(0, HEADER + 4) + 1 + 8;
    case OP_REPLY:
      // Flags, cursor, where it starts, how many documents.
      return HEADER + 20;
    default:
      return undefined;
  }
}

/** The command or the answer; undefined for messages of a kind this does not know. */
export function documentOf(frame: Frame): Document | undefined {
  const at = documentAt(frame);
  if (at === undefined) return undefined;
  const size = frame.bytes.readInt32LE(at);
  return BSON.deserialize(frame.bytes.subarray(at, at + size));
}

/** The same answer with another document. */
export function withDocument(frame: Frame, document: Document): Buffer {
  const at = documentAt(frame) ?? frame.bytes.length;
  return sized(Buffer.concat([frame.bytes.subarray(0, at), BSON.serialize(document)]));
}

/** An answer to a command that never reached a server. */
export function answerTo(asked: Frame, document: Document): Buffer {
  const head = Buffer.alloc(HEADER + 5);
  head.writeInt32LE(asked.id, 4);
  head.writeInt32LE(asked.id, 8);
  head.writeInt32LE(OP_MSG, 12);
  return sized(Buffer.concat([head, BSON.serialize(document)]));
}

function sized(bytes: Buffer): Buffer {
  bytes.writeInt32LE(bytes.length, 0);
  return bytes;
}
