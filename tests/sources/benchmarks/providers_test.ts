import assert from "node:assert/strict";
import { parseFactorList } from "lib/core/factor_list.ts";
import { parseProviders } from "lib/sources/benchmarks/providers.ts";
import { readYaml } from "lib/store/yaml.ts";

Deno.test("parseProviders() reads config/providers.yaml, a provider for every series", async () => {
  const providers = parseProviders(await readYaml("config/providers.yaml"));
  const list = parseFactorList(await readYaml("config/factors.yaml"));
  assert.deepEqual([...providers.keys()], list.series.map(({ symbol }) => symbol));
  assert.deepEqual(providers.get("SPY"), [{ by: "yahoo", name: "SPY", shift_days: 0 }]);
  const second = (symbol: string) => providers.get(symbol)!.slice(1).map(({ name }) => name);
  assert.deepEqual(second("^TNX"), ["DGS10"]);
  assert.deepEqual(second("DX-Y.NYB"), []);
  const only = providers.get("FRED:HY_OAS")!.map(({ by, name }) => [by, name]);
  assert.deepEqual(only, [["fred", "BAMLH0A0HYM2"]]);
  const shifted = [...providers].filter(([, choices]) =>
    choices.some(({ shift_days }) => shift_days > 0)
  );
  assert.deepEqual(shifted.map(([symbol]) => symbol), ["BTC-USD", "ETH-USD"]);
});

Deno.test("parseProviders() refuses a name that could steer a path", () => {
  const raw = { series: { SPY: [{ by: "yahoo", name: "../SPY?x", shift_days: 0 }] } };
  assert.throws(() => parseProviders(raw), {
    name: "SyntaxError",
    message:
      "Cannot parse the providers as each entry must fit its schema: got\n✖ a symbol as Yahoo writes it\n  → at series.SPY[0].name",
  });
});

Deno.test("parseProviders() refuses a provider that stands twice and a series without one", () => {
  const one = { by: "yahoo", name: "SPY", shift_days: 0 };
  assert.throws(() => parseProviders({ series: { SPY: [one, one] } }), {
    name: "SyntaxError",
    message:
      'Cannot parse the providers as each entry must fit its schema: got\n✖ series SPY: "yahoo SPY" stands twice',
  });
  assert.throws(() => parseProviders({ series: { SPY: [] } }), SyntaxError);
});
