import type { Market } from "../core/data_set.ts";
import {
  boolColumn,
  numberColumn,
  stringColumn,
  type Table,
  table,
  timestampColumn,
} from "../core/table.ts";
import type { TwinPair } from "./twins.ts";

/** The checkpoint `01_twins`: pairs of contracts with their evidence, in the order given. */
export function twinTable(pairs: readonly TwinPair[]): Table {
  return table({
    market_a: stringColumn(pairs.map((pair) => pair.marketA)),
    market_b: stringColumn(pairs.map((pair) => pair.marketB)),
    similarity: numberColumn(pairs.map((pair) => pair.similarity)),
    days_apart: numberColumn(pairs.map((pair) => pair.daysApart)),
    ...evidenceColumns(pairs),
  });
}

/** Characters of a rule text that a verdict needs; the rest is boilerplate. */
const RULE_CHARACTERS = 600;

/**
 * A sheet for a person's verdict on pairs of contracts, in the order given: both titles, rule texts
 * (their first 600 characters) and ends, the evidence, and the empty columns `verdict` (same, opposite,
 * implies or different) and `note`. All texts are untrusted.
 *
 * @throws {RangeError} If a pair names a contract that is not among the markets.
 */
export function twinSheet(markets: readonly Market[], pairs: readonly TwinPair[]): Table {
  const byId = new Map(markets.map((market) => [market.marketId, market]));
  const marketOf = (id: string) => {
    const market = byId.get(id);
    if (market === undefined) {
      throw new RangeError(
        `Cannot make a twin sheet as each contract must be one of ${markets.length} markets: got ${id}`,
      );
    }
    return market;
  };
  const [first, second] = [
    pairs.map((pair) => marketOf(pair.marketA)),
    pairs.map((pair) => marketOf(pair.marketB)),
  ];
  const titles = (of: readonly Market[]) =>
    stringColumn(
      of.map(({ question, outcome }) =>
        question === null || outcome === null || outcome === "Yes"
          ? question
          : `${question} [${outcome}]`
      ),
    );
  const rules = (of: readonly Market[]) =>
    stringColumn(of.map(({ description }) => description?.slice(0, RULE_CHARACTERS) ?? null));
  const ends = (of: readonly Market[]) => timestampColumn(of.map(({ closesAtMs }) => closesAtMs));
  const empty = stringColumn(pairs.map(() => null));
  return table({
    market_a: stringColumn(pairs.map((pair) => pair.marketA)),
    market_b: stringColumn(pairs.map((pair) => pair.marketB)),
    title_a: titles(first),
    title_b: titles(second),
    rules_a: rules(first),
    rules_b: rules(second),
    ends_a: ends(first),
    ends_b: ends(second),
    similarity: numberColumn(pairs.map((pair) => pair.similarity)),
    ...evidenceColumns(pairs),
    verdict: empty,
    note: empty,
  });
}

/** The pairs that a person should compare: those accepted, and of the rejected the most similar. */
export function sheetPairs(
  pairs: readonly TwinPair[],
  { nRejected }: { readonly nRejected: number },
): TwinPair[] {
  const rejected = pairs.filter(({ accepted }) => !accepted)
    .toSorted((a, b) => b.similarity - a.similarity).slice(0, nRejected);
  return [...pairs.filter(({ accepted }) => accepted), ...rejected];
}

/** The columns of {@link twinSheet} that fit on a page: titles, similarity, accepted, reason. */
export function twinView(sheet: Table): Table {
  const { title_a, title_b, similarity, accepted, reason } = sheet.columns;
  return table({
    ...{ title_a: title_a!, title_b: title_b!, similarity: similarity! },
    ...{ accepted: accepted!, reason: reason! },
  });
}

function evidenceColumns(pairs: readonly TwinPair[]) {
  return {
    subject: stringColumn(pairs.map((pair) => pair.subject)),
    predicate: stringColumn(pairs.map((pair) => pair.predicate)),
    numbers: stringColumn(pairs.map((pair) => pair.numbers)),
    deadline: stringColumn(pairs.map((pair) => pair.deadline)),
    accepted: boolColumn(pairs.map((pair) => pair.accepted)),
    reason: stringColumn(pairs.map((pair) => pair.reason)),
  };
}
