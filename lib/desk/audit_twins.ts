import { sheetPairs } from "../taxonomy/twin_tables.ts";
import { REJECTED_BY_PERSON, type TwinPair } from "../taxonomy/twins.ts";
import { checkpointRows, textOf } from "./audit_rows.ts";

const TWINS = {
  market_a: "string",
  market_b: "string",
  similarity: "number",
  days_apart: "number",
  subject: "string",
  predicate: "string",
  numbers: "string",
  deadline: "string",
  accepted: "bool",
  reason: "string",
} as const;

/** Rejected pairs that a person is shown, those of the twin sheet. */
const MOST_REJECTED = 200;

/** A pair with who rejected it. */
export interface AuditTwin extends TwinPair {
  /** Whether the program accepted it and a person said that it is two questions. */
  readonly isByPerson: boolean;
}

/**
 * Pairs of contracts that a person should compare: those that the program accepted, a person's
 * rejections last of them, then the most similar of those that it rejected.
 *
 * @throws {Error} If the checkpoint is missing.
 */
export async function auditTwins(
  dir: string,
): Promise<{ readonly pairs: readonly AuditTwin[]; readonly nLeftOut: number }> {
  const rows = await checkpointRows("04_twins", { dir, columns: TWINS });
  const all = rows.map((row) => ({
    ...{ marketA: textOf(row.market_a), marketB: textOf(row.market_b) },
    ...{ similarity: row.similarity ?? 0, daysApart: row.days_apart },
    ...{ subject: textOf(row.subject), predicate: textOf(row.predicate) },
    ...{ numbers: textOf(row.numbers), deadline: textOf(row.deadline) },
    ...{ accepted: row.accepted === true, reason: textOf(row.reason) },
  }));
  const isByPerson = ({ reason }: TwinPair) => reason === REJECTED_BY_PERSON;
  const own = sheetPairs(all.filter((pair) => !isByPerson(pair)), { nRejected: MOST_REJECTED });
  const nAccepted = own.filter(({ accepted }) => accepted).length;
  const pairs = own.toSpliced(nAccepted, 0, ...all.filter(isByPerson))
    .map((pair) => ({ ...pair, isByPerson: isByPerson(pair) }));
  return { pairs, nLeftOut: all.length - pairs.length };
}
