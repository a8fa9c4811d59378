import assert from "node:assert/strict";
import { ruleSentences } from "lib/classify/rule_sentences.ts";

Deno.test("ruleSentences() keeps what a contract is about and drops how it is settled", () => {
  const rules = `This market will resolve to "Yes" if the mayor opens the bridge by May 2. ` +
    `Otherwise, this market will resolve to "No".\n\n` +
    `The resolution source for this market is Binance, specifically the BTC/USDT pair ` +
    `(https://www.binance.com/en/trade/BTC_USDT). The bridge must carry traffic. A third sentence.`;
  assert.deepEqual(ruleSentences(rules), [
    "the mayor opens the bridge by May 2. The bridge must carry traffic.",
  ]);
});

Deno.test("ruleSentences() has nothing to say without rules or with boilerplate alone", () => {
  assert.deepEqual(ruleSentences(null), []);
  assert.deepEqual(ruleSentences(""), []);
  assert.deepEqual(ruleSentences("Otherwise, it resolves to No. See https://www.nba.com/."), []);
});
