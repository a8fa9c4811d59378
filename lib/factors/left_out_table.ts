import { integerColumn, stringColumn, type Table, table } from "../core/table.ts";

/** What a set of factors could not use. */
export interface LeftOut {
  /** Name of the set. */
  readonly set: string;
  readonly factors: readonly { readonly symbol: string; readonly reason: string }[];
  readonly contracts: readonly { readonly reason: string; readonly count: number }[];
}

/**
 * The checkpoint `06_left_out`: set, kind (`factor`, `contract`), symbol, reason, count; a factor a row,
 * contracts by their reason.
 */
export function leftOutTable(sets: readonly LeftOut[]): Table {
  const rows = sets.flatMap(({ set, factors, contracts }) => [
    ...factors.map(({ symbol, reason }) => ({ set, kind: "factor", symbol, reason, count: 1 })),
    ...contracts.map((one) => ({ set, kind: "contract", symbol: null, ...one })),
  ]);
  return table({
    set: stringColumn(rows.map(({ set }) => set)),
    kind: stringColumn(rows.map(({ kind }) => kind)),
    symbol: stringColumn(rows.map(({ symbol }) => symbol)),
    reason: stringColumn(rows.map(({ reason }) => reason)),
    count: integerColumn(rows.map(({ count }) => count)),
  });
}
