import assert from "node:assert/strict";
import { costUsd, parsePriceList, priceOf } from "lib/classify/price_list.ts";
import { readYaml } from "lib/store/yaml.ts";

const ROW = {
  model: "m",
  host: "h",
  snapshots: ["m-1"],
  input_usd: 2,
  cached_input_usd: 1,
  output_usd: 8,
  as_of: "2026-01-02",
  sources: ["https://example.org/prices"],
};

Deno.test("parsePriceList() reads config/models.yaml, the default model among it", async () => {
  const prices = parsePriceList(await readYaml("config/models.yaml"));
  const host = "api.openai.com";
  const price = priceOf(prices, { model: "gpt-4o-mini", host })!;
  assert.deepEqual([price.inputUsd, price.cachedInputUsd, price.outputUsd], [0.15, 0.075, 0.6]);
  assert.deepEqual(priceOf(prices, { model: "gpt-4o-mini-2024-07-18", host }), {
    ...price,
    model: "gpt-4o-mini-2024-07-18",
  });
  for (const one of prices) {
    assert.ok(one.cachedInputUsd <= one.inputUsd && one.inputUsd < one.outputUsd, one.model);
  }
});

Deno.test("priceOf() knows no price for an unknown model or another server", () => {
  const prices = parsePriceList({ prices: [ROW] });
  assert.equal(priceOf(prices, { model: "other", host: "h" }), null);
  assert.equal(priceOf(prices, { model: "m", host: "127.0.0.1:11434" }), null);
  assert.equal(priceOf(prices, { model: "m-1", host: "h" })!.asOf, "2026-01-02");
});

Deno.test("costUsd() charges cached prompt tokens at their own price", () => {
  const [price] = parsePriceList({ prices: [ROW] });
  const use = { inputTokens: 1000, cachedInputTokens: 400, outputTokens: 100 };
  assert.equal(costUsd(price!, use), (600 * 2 + 400 * 1 + 100 * 8) / 1e6);
});

Deno.test("parsePriceList() refuses prices without source or date, and two for one model", () => {
  const { as_of: _, ...undated } = ROW;
  assert.throws(() => parsePriceList({ prices: [{ ...undated, sources: [] }] }), {
    name: "SyntaxError",
    message: /^Cannot read the prices .*prices\.0\.as_of: .*; prices\.0\.sources: /,
  });
  assert.throws(
    () => parsePriceList({ prices: [{ ...ROW, input_usd: -1 }] }),
    /prices\.0\.input_usd/,
  );
  assert.throws(() => parsePriceList({ prices: [ROW, { ...ROW, model: "m-1", snapshots: [] }] }), {
    name: "SyntaxError",
    message: "Cannot read the prices of models as each may have one price: got two for m-1 at h",
  });
});
