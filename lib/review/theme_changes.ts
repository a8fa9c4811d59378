import { cellAt, columnOf, type Table } from "../core/table.ts";
import { basketNames } from "./basket_names.ts";

/** What each witness said of a contract at one decision; plain JSON. */
export interface ThemeWitnesses {
  readonly eventId: string;
  /** Held for the theme. */
  readonly side: string;
  readonly wordsTheme: string;
  /** `cluster_03`, a name that holds for this decision alone; `null` in none. */
  readonly cluster: string | null;
  readonly clusterStability: number | null;
  readonly clusterP: number | null;
  /** Reconciled. */
  readonly theme: string;
  /** Which witness decided, a `ReconciliationRule`. */
  readonly rule: string;
}

/** A contract whose theme changed from one decision to the next. */
export interface ThemeChange {
  readonly marketId: string;
  /** UTC day of the later decision. */
  readonly decidedOn: number;
  /** UTC day of the decision before it. */
  readonly decidedBefore: number;
  readonly before: ThemeWitnesses;
  readonly after: ThemeWitnesses;
  /** What else changed, in sentences. */
  readonly why: string;
}

/**
 * The contracts whose reconciled theme changed between two consecutive decisions that both knew them.
 *
 * A contract that was away at a decision in between has not changed its theme between rebalances: it
 * came back. Order: by decision, then contract. Cost: O(rows).
 *
 * @param groups The checkpoint `05_groups`.
 * @param options.nameOf Name of a theme for a reader; its id with blanks by default.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function themeChanges(
  groups: Table,
  { nameOf = basketNames().nameOf }: { readonly nameOf?: (theme: string) => string } = {},
): ThemeChange[] {
  const decided = columnOf(groups, "decided_on", "date").values;
  const market = columnOf(groups, "market_id", "string");
  const days = [...new Set(decided)].sort((a, b) => a - b);
  const before = new Map(days.map((day, k) => [day, k === 0 ? null : days[k - 1]!]));
  const rowOf = new Map<string, number>();
  for (let row = 0; row < groups.nRows; ++row) {
    rowOf.set(`${decided[row]} ${cellAt(market, row)}`, row);
  }
  const read = witnessesReader(groups);
  const found: ThemeChange[] = [];
  for (let row = 0; row < groups.nRows; ++row) {
    const decidedOn = decided[row]!, decidedBefore = before.get(decidedOn) ?? null;
    const marketId = String(cellAt(market, row));
    const earlier = decidedBefore === null ? undefined : rowOf.get(`${decidedBefore} ${marketId}`);
    if (decidedBefore === null || earlier === undefined) continue;
    const [was, is] = [read(earlier), read(row)];
    if (was.theme === is.theme) continue;
    const why = whyChanged(was, is, nameOf);
    found.push({ marketId, decidedOn, decidedBefore, before: was, after: is, why });
  }
  return found.sort((a, b) =>
    a.decidedOn - b.decidedOn || (a.marketId < b.marketId ? -1 : a.marketId > b.marketId ? 1 : 0)
  );
}

/** Id of the subject `theme_change`. */
export function themeChangeId(marketId: string, decidedOn: string): string {
  return `${marketId} | ${decidedOn}`;
}

/**
 * What made the theme another one, said for each way in which it can: by words, by prices, from one to
 * the other.
 */
function whyChanged(
  before: ThemeWitnesses,
  after: ThemeWitnesses,
  nameOf: (theme: string) => string,
): string {
  const [from, to] = [nameOf(before.theme), nameOf(after.theme)];
  const [wordsBefore, words] = [nameOf(before.wordsTheme), nameOf(after.wordsTheme)];
  const haveWordsChanged = before.wordsTheme !== after.wordsTheme;
  const more: string[] = [];
  let main: string;
  if (!isByPrices(before) && !isByPrices(after)) {
    main = haveWordsChanged
      ? `Its words say ${words} where they said ${wordsBefore}`
      : `The rule “${after.rule}” gives ${to} where “${before.rule}” gave ${from}`;
  } else if (!isByPrices(before)) {
    main = after.rule === "prices name"
      ? `Prices name it, as its words give no theme: ${clusterText(after)} says ${to}`
      : `Prices overrule its words: ${clusterText(after)} says ${to}, its words say ${words}`;
  } else if (!isByPrices(after)) {
    main = `Prices do not decide any more, as ${silence(after)}: its words say ${words}`;
  } else {
    main = `Its cluster says another theme: ${clusterText(before)} said ${from}, ${
      clusterText(after)
    } says ${to}`;
  }
  if (haveWordsChanged && (isByPrices(before) || isByPrices(after))) {
    more.push(`Its words changed too, from ${wordsBefore} to ${words}.`);
  }
  if (before.eventId !== after.eventId) more.push("It is filed under another event now.");
  if (before.side !== after.side) {
    more.push(`Its side turns from ${before.side.toUpperCase()} to ${after.side.toUpperCase()}.`);
  }
  return [`${main}.`, ...more].join(" ");
}

function isByPrices({ rule }: ThemeWitnesses): boolean {
  return rule === "statistics" || rule === "prices name";
}

/** Why prices leave the theme to words. */
function silence(one: ThemeWitnesses): string {
  if (one.cluster === null) return "it is in no cluster";
  if (one.rule === "both agree") return `${clusterText(one)} agrees with its words`;
  return one.rule === "review"
    ? `${clusterText(one)} is not trusted`
    : `the other events of ${clusterText(one)} have no theme in common`;
}

function clusterText({ cluster, clusterStability, clusterP }: ThemeWitnesses): string {
  const facts = [
    ...clusterStability === null ? [] : [`stability ${clusterStability.toFixed(2)}`],
    ...clusterP === null ? [] : [clusterP < 0.001 ? "p < 0.001" : `p = ${clusterP.toFixed(3)}`],
  ];
  return `${(cluster ?? "its cluster").replaceAll("_", " ")}${
    facts.length === 0 ? "" : ` (${facts.join(", ")})`
  }`;
}

function witnessesReader(groups: Table): (row: number) => ThemeWitnesses {
  const text = (name: string) => {
    const column = columnOf(groups, name, "string");
    return (row: number) => cellAt(column, row) as string | null;
  };
  const number = (name: string) => {
    const column = columnOf(groups, name, "number");
    return (row: number) => cellAt(column, row) as number | null;
  };
  const [eventId, side, wordsTheme] = [text("event_id"), text("side"), text("words_theme")];
  const [cluster, theme, rule] = [text("cluster"), text("theme"), text("rule")];
  const [stability, p] = [number("cluster_stability"), number("cluster_p")];
  return (row) => ({
    ...{ eventId: eventId(row) ?? "", side: side(row) ?? "", wordsTheme: wordsTheme(row) ?? "" },
    ...{ cluster: cluster(row), clusterStability: stability(row), clusterP: p(row) },
    ...{ theme: theme(row) ?? "", rule: rule(row) ?? "" },
  });
}
