import assert from "node:assert/strict";
import { disagreements } from "lib/taxonomy/disagreements.ts";
import { reconciled } from "lib/taxonomy/reconcile.ts";
import { fourClusters, othersOf } from "./made_witnesses.ts";

const MARKETS = fourClusters().map((one) =>
  ["poly:18", "poly:38"].includes(one.marketId) ? { ...one, confidence: 0.6 } : one
);

Deno.test("disagreements() puts replaced themes first, and sure words before unsure ones", () => {
  const found = disagreements(reconciled(MARKETS, othersOf(MARKETS)), new Map(), {
    strongConfidence: 0.8,
  });
  assert.deepEqual(found.map(({ event, priority }) => [event.marketId, priority]), [
    ["poly:08", 1],
    // the others of 18 are of one mind, those of 09 and 19 are not
    ["poly:18", 2],
    ["poly:09", 2],
    ["poly:19", 2],
    ["poly:28", 3],
    ["poly:38", 4],
    ["poly:29", 4],
    ["poly:39", 4],
  ]);
});

Deno.test("disagreements() shows the title and the classifier's sentence, or what there is", () => {
  const readings = new Map([["poly:08", { title: "Fed cuts?", reasoning: "“fed” is a term" }]]);
  const found = disagreements(reconciled(MARKETS, othersOf(MARKETS)), readings, {
    strongConfidence: 0.8,
  });
  assert.deepEqual([found[0]!.title, found[0]!.reasoning], ["Fed cuts?", "“fed” is a term"]);
  assert.deepEqual([found[1]!.title, found[1]!.reasoning], ["poly:18", null]);
});

Deno.test("disagreements() puts the cluster of one mind before the mixed one", () => {
  const mixed = MARKETS.map((one) =>
    one.marketId === "poly:07" ? { ...one, theme: "middle_east" } : one
  );
  const found = disagreements(reconciled(mixed, othersOf(mixed)), new Map(), {
    strongConfidence: 0.95,
  });
  assert.deepEqual(
    found.filter(({ priority }) => priority === 2).map((one) => one.event.marketId),
    [
      ...["poly:18", "poly:19", "poly:07", "poly:08", "poly:09"],
    ],
  );
});
