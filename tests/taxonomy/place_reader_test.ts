import assert from "node:assert/strict";
import type { Market } from "lib/core/data_set.ts";
import { contractTaxonomy, placeReader } from "lib/taxonomy/contract_tree.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";

const QUESTIONS = [
  "Will Bitcoin reach $150k by June 30?",
  "Will Bitcoin reach $200k by June 30?",
  "Fed decision in June?",
  "Fed decision in July?",
  "",
];

function markets(questions: readonly string[]): readonly Market[] {
  return dataSetFixture(
    Object.fromEntries(questions.map((question, k) => [`poly:${k}`, { question }])),
  ).markets;
}

/** A market whose question counts how often it is read. */
function counted(market: Market): { readonly market: Market; readonly count: () => number } {
  let n = 0;
  const { question } = market;
  return {
    market: {
      ...market,
      get question() {
        ++n;
        return question;
      },
    },
    count: () => n,
  };
}

Deno.test("contractTaxonomy() is the same with a reader that has read the contracts before", () => {
  const all = markets(QUESTIONS);
  const readPlace = placeReader();
  contractTaxonomy(all, readPlace);
  for (let n = 0; n <= all.length; ++n) {
    const some = all.slice(n);
    assert.deepEqual(contractTaxonomy(some, readPlace), contractTaxonomy(some));
  }
});

Deno.test("placeReader() reads the words of a contract once for several lists", () => {
  const { market, count } = counted(markets(QUESTIONS)[0]!);
  const readPlace = placeReader();
  const place = readPlace(market), first = count();
  assert.ok(first > 0);
  assert.equal(readPlace(market), place);
  assert.equal(count(), first);
});

Deno.test("placeReader() remembers by the object: the same id with other words is read anew", () => {
  const readPlace = placeReader();
  const [before] = markets(["Will Bitcoin reach $150k?"]), [after] = markets(["Fed decision?"]);
  assert.equal(before!.marketId, after!.marketId);
  readPlace(before!);
  assert.deepEqual(readPlace(after!), placeReader()(after!));
  assert.notDeepEqual(readPlace(after!), readPlace(before!));
});
