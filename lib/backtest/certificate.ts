import { formatDay } from "../core/day.ts";
import { countOf } from "../core/number_text.ts";
import type { BasketDecision } from "../baskets/basket_decision.ts";
import {
  boolColumn,
  dateColumn,
  integerColumn,
  stringColumn,
  type Table,
  table,
} from "../core/table.ts";

/** How the look-ahead was searched for. */
export type CertificateKind =
  /** All data after the day is dropped. */
  | "truncated"
  /** All data after the day is garbage. */
  | "poisoned"
  /** The rows of every file arrive in another order. */
  | "permuted"
  /** A look-ahead was planted, which the truncation must find. */
  | "planted";

/** One check of the certificate. */
export interface CertificateCheck {
  readonly kind: CertificateKind;
  /** What was planted or compared, for a reader. */
  readonly name: string;
  /** Last day that both sides share. */
  readonly day: number;
  /** Weights and, where values are compared, daily values. */
  readonly nCompared: number;
  readonly nDifferent: number;
  /** Nothing differs; where a look-ahead is planted, something does, or it changed nothing here. */
  readonly isPassed: boolean;
  /** A planted look-ahead that changed no decision in this source: there was nothing to find. */
  readonly isIdle: boolean;
  /** The first difference, or what was the same. */
  readonly detail: string;
}

/** What a method decided, under its name. */
export interface NamedDecision {
  readonly method: string;
  readonly decision: BasketDecision;
}

/** How two lists differ. */
export interface Difference {
  readonly nCompared: number;
  readonly nDifferent: number;
  /** Words for the first difference; empty where there is none. */
  readonly first: string;
}

/**
 * Weight by weight, whether two runs decided the same. Equal means equal to the last bit.
 *
 * A contract that only one side holds differs, and so does a side, a status or the share of cash.
 */
export function decisionDifference(
  a: readonly NamedDecision[],
  b: readonly NamedDecision[],
): Difference {
  const left = weightsByName(a), right = weightsByName(b);
  const names = [...new Set([...left.keys(), ...right.keys()])].sort();
  const different = names.filter((name) => left.get(name) !== right.get(name));
  const [first] = different;
  return {
    nCompared: names.length,
    nDifferent: different.length,
    first: first === undefined
      ? ""
      : `${first}: ${left.get(first) ?? "absent"} against ${right.get(first) ?? "absent"}`,
  };
}

function weightsByName(list: readonly NamedDecision[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { method, decision } of list) {
    const { basket, decidedOn, status, targets, cash } = decision;
    const key = `${method} ${basket} ${formatDay(decidedOn)}`;
    found.set(key, `${status} cash ${cash}`);
    for (const { marketId, side, weight } of targets) {
      found.set(`${key} ${marketId}`, `${side} ${weight}`);
    }
  }
  return found;
}

/** Day by day, whether two series are the same up to a day; their first days must be the same. */
export function seriesDifference(
  a: { readonly firstDay: number; readonly nav: Float64Array },
  b: { readonly firstDay: number; readonly nav: Float64Array },
  { name, until }: { readonly name: string; readonly until: number },
): Difference {
  const from = Math.min(a.firstDay, b.firstDay);
  let nDifferent = 0, first = "";
  for (let day = from; day <= until; ++day) {
    const x = a.nav[day - a.firstDay], y = b.nav[day - b.firstDay];
    if (x === y) continue;
    ++nDifferent;
    if (first === "") {
      first = `${name} on ${formatDay(day)}: ${x ?? "absent"} against ${y ?? "absent"}`;
    }
  }
  return { nCompared: Math.max(until - from + 1, 0), nDifferent, first };
}

/** A check out of what was compared. */
export function certificateCheck(
  { kind, name, day, isIdle = false }:
    & Pick<CertificateCheck, "kind" | "name" | "day">
    & Partial<Pick<CertificateCheck, "isIdle">>,
  differences: readonly Difference[],
): CertificateCheck {
  const nCompared = differences.reduce((sum, one) => sum + one.nCompared, 0);
  const nDifferent = differences.reduce((sum, one) => sum + one.nDifferent, 0);
  const first = differences.find((one) => one.nDifferent > 0)?.first ?? "nothing differs";
  // a comparison of nothing proves nothing
  const isPassed = isIdle ||
    nCompared > 0 && (kind === "planted" ? nDifferent > 0 : nDifferent === 0);
  const detail = isIdle
    ? "changed no decision in this source, so there was nothing to find"
    : first;
  return { kind, name, day, nCompared, nDifferent, isPassed, isIdle, detail };
}

/** The checkpoint `05_certificate`. */
export function certificateTable(checks: readonly CertificateCheck[]): Table {
  return table({
    check: stringColumn(checks.map(({ kind }) => kind)),
    name: stringColumn(checks.map(({ name }) => name)),
    date: dateColumn(checks.map(({ day }) => day)),
    n_compared: integerColumn(checks.map(({ nCompared }) => nCompared)),
    n_different: integerColumn(checks.map(({ nDifferent }) => nDifferent)),
    is_passed: boolColumn(checks.map(({ isPassed }) => isPassed)),
    detail: stringColumn(checks.map(({ detail }) => detail)),
  });
}

/** The certificate in a sentence. */
export function certificateLine(checks: readonly CertificateCheck[]): string {
  if (checks.length === 0) return "**Nothing to certify.** No decision held anything.";
  const failed = checks.filter(({ isPassed }) => !isPassed);
  const count = (kind: CertificateKind) => checks.filter((one) => one.kind === kind).length;
  const compared = checks.reduce((sum, one) => sum + one.nCompared, 0);
  const planted = checks.filter(({ kind, isIdle }) => kind === "planted" && !isIdle);
  const idle = checks.filter(({ isIdle }) => isIdle).map(({ name }) => name);
  const caught = planted.filter(({ isPassed }) => isPassed).length;
  const head = failed.length === 0
    ? `**No look-ahead found.** All ${checks.length} checks passed`
    : `**The certificate is refused.** ${failed.length} of ${checks.length} checks failed, ` +
      `the first "${failed[0]!.name}"`;
  const plants = planted.length + idle.length === 0
    ? "and no look-ahead planted, as there are too few decisions"
    : `and ${caught} of ${planted.length} planted look-aheads caught${
      idle.length === 0 ? "" : ` (${idle.join(", ")}: changed nothing in this source)`
    }`;
  return `${head}: ${countOf(count("truncated"), "cut")} of the data, ${
    countOf(count("poisoned"), "future")
  } replaced by garbage, ${
    countOf(count("permuted"), "decision")
  } on rows in another order, ${plants}; ${
    compared.toLocaleString("en-US")
  } weights and values compared.`;
}
