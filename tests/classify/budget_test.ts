import assert from "node:assert/strict";
import fc from "fast-check";
import { limitedBudget } from "lib/classify/budget.ts";
import { priceAt } from "./asking.ts";

const PRICE = priceAt("h");
const tokens = (inputTokens: number, outputTokens = 0) => ({
  inputTokens,
  cachedInputTokens: 0,
  outputTokens,
});

Deno.test("limitedBudget() lets a request wait for those under way, then fit or not", async () => {
  const budget = limitedBudget(PRICE, { usd: 100e-6, tokens: null });
  assert.equal(await budget.reserve(tokens(60)), true);
  const second = budget.reserve(tokens(60)), third = budget.reserve(tokens(30));
  budget.settle(tokens(60), tokens(30));
  assert.equal(await second, true);
  budget.settle(tokens(60), tokens(50));
  assert.equal(await third, false);
  assert.equal(budget.spent().usd, 80e-6);
  assert.equal(await budget.reserve(tokens(20)), true);
});

Deno.test("limitedBudget() never spends more than its limit, whatever requests cost", async () => {
  const requests = fc.array(
    fc.record({
      most: fc.integer({ min: 1, max: 60 }),
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
    }),
    { maxLength: 30 },
  );
  await fc.assert(
    fc.asyncProperty(
      requests,
      fc.integer({ min: 20, max: 300 }),
      fc.boolean(),
      async (all, limit, inUsd) => {
        const budget = limitedBudget(
          inUsd ? PRICE : null,
          inUsd ? { usd: limit / 1e6, tokens: null } : { usd: null, tokens: limit },
        );
        const spent = () => {
          const { use, unreported } = budget.spent();
          return use.inputTokens + unreported.inputTokens;
        };
        await Promise.all(all.map(async ({ most, share }, i) => {
          if (!await budget.reserve(tokens(most))) return;
          for (let k = 0; k < i % 4; ++k) await Promise.resolve();
          budget.settle(tokens(most), share === null ? null : tokens(Math.floor(most * share)));
          assert.ok(spent() <= limit);
        }));
        assert.ok(spent() <= limit);
      },
    ),
    { seed: 7, numRuns: 300 },
  );
});

Deno.test("limitedBudget() refuses to go without a limit that it can keep", () => {
  assert.throws(() => limitedBudget(PRICE, { usd: null, tokens: null }), {
    name: "RangeError",
    message: "Cannot ask a model as a budget must be set: got none",
  });
  for (const value of [0, -1, NaN, Infinity]) {
    assert.throws(() => limitedBudget(PRICE, { usd: value, tokens: null }), {
      name: "RangeError",
      message: `Cannot limit spending as the limit must be positive: got ${value}`,
    });
  }
});
