import { parseDay } from "../core/day.ts";
import {
  cellAt,
  columnOf,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../core/table.ts";
import { type Corrections, twinKey } from "./corrections.ts";

/** What of a contract a person corrected; `excluded`: it may not be held; `twin`: it is none of another. */
const CORRECTION_KINDS = ["theme", "side", "excluded", "twin"] as const;
export type CorrectionKind = typeof CORRECTION_KINDS[number];

/** What a person signed of one contract, or of one pair. */
export interface SignedCorrection {
  readonly kind: CorrectionKind;
  readonly marketId: string;
  /** The pair's second contract; `null` of the other kinds. */
  readonly otherId: string | null;
  /** Id of the theme; the side as -1, 0 or 1; the first day of the exclusion, ISO, or empty; empty. */
  readonly value: string;
  /** Who signed. Untrusted. */
  readonly by: string;
  /** UTC instant, ISO. */
  readonly at: string;
  /** Untrusted. */
  readonly comment: string;
}

/**
 * The checkpoint `04_corrections`: kind, market_id, other_id (null but of a pair), value, decided_by,
 * decided_at, comment; a row a contract or pair, by kind and ids.
 */
export function correctionTable(signed: readonly SignedCorrection[]): Table {
  const rows = signed.toSorted((a, b) =>
    CORRECTION_KINDS.indexOf(a.kind) - CORRECTION_KINDS.indexOf(b.kind) ||
    byText(a.marketId, b.marketId) || byText(a.otherId ?? "", b.otherId ?? "")
  );
  return table({
    kind: stringColumn(rows.map(({ kind }) => kind)),
    market_id: stringColumn(rows.map(({ marketId }) => marketId)),
    other_id: stringColumn(rows.map(({ otherId }) => otherId)),
    value: stringColumn(rows.map(({ value }) => value)),
    decided_by: stringColumn(rows.map(({ by }) => by)),
    decided_at: timestampColumn(rows.map(({ at }) => Date.parse(at))),
    comment: stringColumn(rows.map(({ comment }) => comment)),
  });
}

/**
 * What the rows of `04_corrections` change, for notebooks that read the checkpoint.
 *
 * @param from Columns kind, market_id, other_id and value; others are not looked at.
 * @throws {TypeError} If a column is missing or holds no text.
 * @throws {RangeError | SyntaxError} As {@link joinedCorrections}.
 */
export function parseCorrections(from: Table): Corrections {
  const [kind, market, other, value] = (["kind", "market_id", "other_id", "value"] as const)
    .map((name) => columnOf(from, name, "string"));
  return joinedCorrections(
    Array.from({ length: from.nRows }, (_, row) => ({
      kind: String(cellAt(kind!, row)),
      marketId: String(cellAt(market!, row) ?? ""),
      otherId: cellAt(other!, row) as string | null,
      value: String(cellAt(value!, row) ?? ""),
    })),
  );
}

/** What is read of a correction to join it with others. */
type CorrectionText = Pick<SignedCorrection, "marketId" | "otherId" | "value"> & {
  readonly kind: string;
};

/**
 * Signed corrections by contract.
 *
 * @throws {RangeError} If a kind is unknown, a value is not one of its kind, a contract is missing or
 *   has two of a kind, or a pair is incomplete.
 * @throws {SyntaxError} If the first day of an exclusion is no date.
 */
export function joinedCorrections(signed: readonly CorrectionText[]): Corrections {
  const themes = new Map<string, string>(), sides = new Map<string, -1 | 0 | 1>();
  const excluded = new Map<string, number>(), rejectedTwins = new Set<string>();
  for (const one of signed) {
    const { kind, marketId, otherId, value } = one;
    if (marketId === "" || (kind === "twin") !== (otherId !== null)) throw refusal(one);
    if (kind === "theme" && value !== "") assertNew(themes, one).set(marketId, value);
    else if (kind === "side") assertNew(sides, one).set(marketId, sideOf(one));
    else if (kind === "excluded") {
      assertNew(excluded, one).set(marketId, value === "" ? -Infinity : parseDay(value));
    } else if (kind === "twin" && value === "") rejectedTwins.add(twinKey(marketId, otherId!));
    else throw refusal(one);
  }
  return { themes, sides, excluded, rejectedTwins };
}

function sideOf(one: CorrectionText): -1 | 0 | 1 {
  if (one.value === "-1") return -1;
  if (one.value === "0") return 0;
  if (one.value === "1") return 1;
  throw refusal(one);
}

function assertNew<T>(known: Map<string, T>, { kind, marketId }: CorrectionText): Map<string, T> {
  if (!known.has(marketId)) return known;
  throw new RangeError(
    `Cannot join corrections as a contract must have one of a kind: got two of ${kind} for "${marketId}"`,
  );
}

function refusal({ kind, marketId, otherId, value }: CorrectionText): RangeError {
  return new RangeError(
    `Cannot join corrections as each must be well formed: got ${
      JSON.stringify({ kind, marketId, otherId, value })
    }`,
  );
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
