/** One collection, as the store uses it: plain documents, plain answers, and every failure of the database as StoreFailed. */
import type { Connection, Schema } from "mongoose";
import { StoreFailed } from "../port.js";

/** What must hold for a document, and what to do to it, in MongoDB's words. */
export type Filter = Record<string, unknown>;
export type Change = Partial<
  Record<"$set" | "$unset" | "$inc" | "$addToSet" | "$pull" | "$setOnInsert", Record<string, unknown>>
>;

export interface Table<T extends { _id: string }> {
  get(id: string): Promise<T | undefined>;
  find(
    filter: Filter,
    order?: { sort?: Record<string, 1 | -1>; limit?: number; skip?: number },
  ): Promise<T[]>;
  /** Only these fields of what is found. */
  pick<K extends keyof T & string>(
    filter: Filter,
    fields: readonly K[],
    limit: number,
  ): Promise<Pick<T, K | "_id">[]>;
  count(filter: Filter): Promise<number>;
  /** The sum of a field over what fits. */
  sum(filter: Filter, field: keyof T & string): Promise<number>;
  /** How many there are of each value of a field. */
  countBy(field: keyof T & string, filter: Filter): Promise<Map<string, number>>;
  distinct(field: keyof T & string, filter: Filter): Promise<string[]>;
  /** True when a document fitted. */
  change(filter: Filter, change: Change): Promise<boolean>;
  /** The document after the change; undefined when none fitted. */
  changeAndGet(filter: Filter, change: Change): Promise<T | undefined>;
  /** Changes or inserts. False when the filter did not fit a document with that `_id` which is there. */
  put(filter: Filter & { _id: string }, change: Change): Promise<boolean>;
  changeAll(filter: Filter, change: Change): Promise<number>;
  /** Changes or inserts many, each by its `_id`. */
  putMany(puts: readonly { filter: Filter & { _id: string }; change: Change }[]): Promise<void>;
  /** Inserts each that is not there; the places of those that were. */
  insert(documents: readonly T[]): Promise<Set<number>>;
  /** How many were removed. */
  remove(filter: Filter): Promise<number>;
}

/** What is used of a mongoose model. Its own types infer every schema through every call, which the compiler does not survive. */
interface LooseModel {
  findById(id: string): LooseQuery;
  find(filter: Filter, projection?: object): LooseQuery;
  countDocuments(filter: Filter): Promise<number>;
  aggregate(stages: object[]): Promise<unknown[]>;
  distinct(field: string, filter: Filter): Promise<unknown[]>;
  updateOne(filter: Filter, change: Change, options?: object): Promise<{ matchedCount: number }>;
  updateMany(filter: Filter, change: Change): Promise<{ matchedCount: number }>;
  findOneAndUpdate(filter: Filter, change: Change, options: object): LooseQuery;
  bulkWrite(writes: object[], options: object): Promise<unknown>;
  deleteMany(filter: Filter): Promise<{ deletedCount: number }>;
}
interface LooseQuery {
  sort(sort: object): LooseQuery;
  limit(limit: number): LooseQuery;
  skip(skip: number): LooseQuery;
  lean(): Promise<unknown>;
}

/** The table of a collection. Writes are checked against its schema. */
export function createTable<T extends { _id: string }>(
  connection: Connection,
  name: string,
  schema: Schema<unknown>,
): Table<T> {
  const model = connection.model(name, schema, name) as unknown as LooseModel;
  const orNothing = (found: unknown): T | undefined => (found ?? undefined) as T | undefined;
  return {
    get: (id) => reaching(async () => orNothing(await model.findById(id).lean())),
    find: (filter, { sort, limit, skip } = {}) =>
      reaching(async () => {
        let query = model.find(filter);
        if (sort !== undefined) query = query.sort(sort);
        if (skip !== undefined) query = query.skip(skip);
        if (limit !== undefined) query = query.limit(limit);
        return (await query.lean()) as T[];
      }),
    pick: (filter, fields, limit) =>
      reaching(async () => {
        const only = Object.fromEntries(fields.map((field) => [field, 1]));
        return (await model.find(filter, only).limit(limit).lean()) as T[];
      }),
    count: (filter) => reaching(() => model.countDocuments(filter)),
    sum: (filter, field) =>
      reaching(async () => {
        const stages = [{ $match: filter }, { $group: { _id: null, total: { $sum: `$${field}` } } }];
        const [row] = (await model.aggregate(stages)) as { total: number }[];
        return row?.total ?? 0;
      }),
    countBy: (field, filter) =>
      reaching(async () => {
        const stages = [{ $match: filter }, { $group: { _id: `$${field}`, n: { $sum: 1 } } }];
        const rows = (await model.aggregate(stages)) as { _id: string; n: number }[];
        return new Map(rows.map(({ _id, n }) => [_id, n]));
      }),
    distinct: (field, filter) => reaching(async () => (await model.distinct(field, filter)) as string[]),
    change: (filter, change) =>
      reaching(async () => (await model.updateOne(filter, change)).matchedCount > 0),
    changeAndGet: (filter, change) =>
      reaching(async () =>
        orNothing(await model.findOneAndUpdate(filter, change, { returnDocument: "after" }).lean()),
      ),
    put: (filter, change) =>
      reaching(async () => {
        try {
          await model.updateOne(filter, change, { upsert: true });
          return true;
        } catch (error) {
          if (codeOf(error) === DUPLICATE) return false;
          throw error;
        }
      }),
    changeAll: (filter, change) =>
      reaching(async () => (await model.updateMany(filter, change)).matchedCount),
    putMany: (puts) => reaching(() => putMany(model, puts)),
    insert: (documents) =>
      reaching(async () => {
        if (documents.length === 0) return new Set<number>();
        try {
          await model.bulkWrite(
            documents.map((document) => ({ insertOne: { document } })),
            { ordered: false },
          );
          return new Set<number>();
        } catch (error) {
          return duplicatesIn(error);
        }
      }),
    remove: (filter) => reaching(async () => (await model.deleteMany(filter)).deletedCount),
  };
}

/** Two may insert the same `_id` at the same moment: one of them is refused, and then changes what the other has inserted. */
async function putMany(
  model: LooseModel,
  puts: readonly { filter: Filter; change: Change }[],
): Promise<void> {
  let left = puts;
  for (let tries = 0; left.length > 0; tries += 1) {
    const writes = left.map(({ filter, change }) => ({
      updateOne: { filter, update: change, upsert: true },
    }));
    try {
      await model.bulkWrite(writes, { ordered: false });
      return;
    } catch (error) {
      const refused = duplicatesIn(error);
      if (tries === 3) throw error;
      left = left.filter((_, index) => refused.has(index));
    }
  }
}

/** MongoDB's code for a key that is there already. */
const DUPLICATE = 11_000;

/** The places, in a bulk write, of documents that were there already. Throws the error when something else went wrong, too. */
function duplicatesIn(error: unknown): Set<number> {
  const found: unknown = typeof error === "object" && error !== null ? Reflect.get(error, "writeErrors") : [];
  // The driver gives one error or a list of them.
  const failures = (Array.isArray(found) ? found : [found ?? []].flat()) as { index: number }[];
  if (failures.length === 0 || failures.some((each) => codeOf(each) !== DUPLICATE)) throw error;
  return new Set(failures.map((each) => each.index));
}

function codeOf(error: unknown): unknown {
  return typeof error === "object" && error !== null && "code" in error ? error.code : undefined;
}

/** Runs database work; whatever goes wrong there becomes StoreFailed. The cause is kept and holds data: it is never logged. */
async function reaching<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw new StoreFailed("MongoDB did not do what was asked.", { cause: error });
  }
}
