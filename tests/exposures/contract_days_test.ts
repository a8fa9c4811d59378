import assert from "node:assert/strict";
import {
  type ContractDays,
  contractDays,
  frontRepetition,
  latestQuoted,
  outcomesOn,
  relationOf,
} from "lib/exposures/contract_days.ts";
import { outcomeExposures } from "lib/exposures/outcome_exposures.ts";
import { made, type MadeContract } from "./made_taxonomy.ts";
import { RULES } from "./rule_table.ts";

/** Contracts of one event on the Fed's chair, by scheduled end. */
function chair(contracts: readonly MadeContract[]): ContractDays[] {
  const { taxonomy, markets, prices } = made([{
    name: "Fed Chair",
    kind: "categorical",
    contracts,
  }]);
  return outcomeExposures(taxonomy, markets, RULES)
    .map((row) => contractDays(row, markets[row.market]!, prices))
    .sort((a, b) =>
      (a.lastDay === b.lastDay ? 0 : a.lastDay - b.lastDay) || a.row.market - b.row.market
    );
}

const names = (some: readonly ContractDays[] | null) => some?.map(({ row }) => row.outcome) ?? null;

Deno.test("contractDays() has the outcome's probability on its own days alone", () => {
  const [one] = chair([{ text: "Warsh", outcome: "No", ends: 30, closes: [[10, 0.25], [12, 1]] }]);
  assert.deepEqual([...one!.probability], [[10, 0.75], [12, 0]]);
  assert.deepEqual([one!.firstDay, one!.lastDay], [10, 30]);
  const [never] = chair([{ text: "Warsh" }]);
  assert.deepEqual([never!.firstDay, never!.lastDay], [Infinity, Infinity]);
});

Deno.test("relationOf() takes the venue's word, and knows none of several where it has none", () => {
  const of = (...marks: (boolean | undefined)[]) =>
    relationOf(chair(marks.map((negRisk, k) => ({
      text: ["Warsh", "Hassett"][k]!,
      ...(negRisk === undefined ? {} : { negRisk }),
    }))));
  assert.deepEqual([of(true, undefined), of(false, undefined)], ["exclusive", "separate"]);
  assert.deepEqual([of(undefined, undefined), of(undefined)], ["unknown", "separate"]);
});

Deno.test("frontRepetition() is the one that ends first of those that are scored, quoted and not ended", () => {
  const known = chair([
    { text: "Nobody", repetition: "first", ends: 11, closes: [[10, 0.5], [12, 0.5]] },
    { text: "Warsh", repetition: "second", ends: 12, closes: [[10, 0.5], [13, 0.5]] },
    { text: "Hassett", repetition: "third", ends: 20, closes: [[10, 0.5], [12, 0.5], [13, 0.5]] },
  ]);
  assert.deepEqual([10, 12, 13].map((day) => names(frontRepetition(known, day))), [
    ["Warsh"],
    ["Hassett"],
    ["Hassett"],
  ]);
  assert.equal(frontRepetition(known, 11), null);
  // all have ended: the one that ended last
  assert.deepEqual(names(frontRepetition(known.slice(0, 2), 13)), ["Warsh"]);
});

Deno.test("latestQuoted() is the last quoted of a list, outcomesOn() of each ticker", () => {
  const known = chair([
    { text: "Warsh", ends: 20, closes: [[10, 0.5]] },
    { text: "Warsh", ends: 30, closes: [[10, 0.25], [11, 0.125]] },
    { text: "Warsh", ends: 40, closes: [[12, 0.75]] },
    { text: "Hassett", ends: 50, closes: [[12, 0.5]] },
  ]);
  assert.equal(latestQuoted(known, 10)!.lastDay, 30);
  assert.equal(latestQuoted(known, 13), null);
  const on = (day: number) => outcomesOn(known, day).map(({ probability }) => probability);
  assert.deepEqual(on(11), [0.125, NaN]);
  assert.deepEqual(on(12), [0.75, 0.5]);
});
