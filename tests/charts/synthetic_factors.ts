import type { LoadingsHeatMap } from "lib/charts/loadings_heat_map.ts";
import type { R2Null } from "lib/charts/r2_null.ts";
import type { R2Panel } from "lib/charts/r2_panel.ts";
import { HUES } from "lib/charts/palette.ts";
import { parseFactorList } from "lib/core/factor_list.ts";
import { normalDraws, randomStream } from "lib/core/random.ts";
import { readYaml } from "lib/store/yaml.ts";

const LIST = parseFactorList(await readYaml("config/factors.yaml"));
const TITLES = [
  "Will the Fed cut rates by 50 bps or more at its meeting in March?",
  "Bitcoin above $150,000 on 31 December",
  "Will Israel and Hamas agree on a ceasefire before the end of the year 2025?",
  "Recession in 2026?",
];

/** The factors of a set, as charts see them. */
export function factorsOf(set: "us" | "global") {
  return LIST.sets[set]!.symbols.map((symbol) => {
    const { group } = LIST.series.find((one) => one.symbol === symbol)!;
    return { symbol, group };
  });
}

/** `n` contracts, of which a share `found` of the loadings survives. */
export function loadingsView(
  n: number,
  { set = "global", found = 0.03, nNull = 1.4 }: {
    readonly set?: "us" | "global";
    readonly found?: number;
    readonly nNull?: number;
  } = {},
): LoadingsHeatMap {
  const random = randomStream(7, `loadings ${n} ${set}`), normal = normalDraws(random);
  const factors = factorsOf(set);
  const rows = Array.from({ length: n }, (_, k) => {
    const isDiscovery = Uint8Array.from(factors, () => random() < found ? 1 : 0);
    return {
      ...{ marketId: `poly:${k}`, title: `${TITLES[k % 4]} ${k}` },
      hue: k % 5 === 4 ? null : HUES[k % 5]!.name,
      beta: Float64Array.from(isDiscovery, (one) => normal() * (one === 1 ? 0.15 : 0.03)),
      ...{
        isDiscovery,
        leastQ: isDiscovery.includes(1) ? 0.05 * random() : 0.05 + 0.95 * random(),
      },
    };
  });
  const nTests = n * factors.length;
  return {
    ...{ factors, rows, nTests, nNull, rate: 0.05 },
    nDiscoveries: rows.reduce(
      (sum, { isDiscovery }) => sum + isDiscovery.reduce((own, one) => own + one, 0),
      0,
    ),
    pValues: Float64Array.from({ length: nTests }, random),
    unit: "log-odds for one standard deviation of the factor",
    coverage: "Intervals of 90% hold 89% of the loadings that were planted.",
  };
}

const R2_TEXTS: Readonly<Record<R2Panel["kind"], Omit<R2Panel, "kind" | "values" | "nulls">>> = {
  "in sample": {
    ...{ title: "Within the sample", unit: "R², share of variance" },
    note: "Penalty chosen in time order; fitted and judged on the same sessions",
  },
  "adjusted": {
    ...{ title: "Adjusted for the number of factors", unit: "Adjusted R²" },
    note: "Not estimable with fewer sessions than factors",
  },
  "out of sample": {
    ...{ title: "Out of sample", unit: "R² against the running mean" },
    note: "Each fold predicted from the sessions before it alone",
  },
};

/** A panel of a kind from plain values. */
export function r2PanelOf(
  kind: R2Panel["kind"],
  values: readonly number[],
  nulls: readonly number[],
): R2Panel {
  return {
    ...{ kind, ...R2_TEXTS[kind] },
    ...{ values: Float64Array.from(values), nulls: Float64Array.from(nulls) },
  };
}

/** The R² of `n` contracts that is `lift` above what shifted moves give; a tenth is not estimable. */
export function r2View(n: number, { lift = 0.03, nPanels = 3 } = {}): R2Null {
  const normal = normalDraws(randomStream(7, `r2 ${n}`));
  const draws = (count: number, of: () => number) => Array.from({ length: count }, of);
  const share = (x: number) => Math.min(0.995, Math.max(0.01, x));
  const tail = () => -0.1 - Math.exp(1.6 * normal() - 0.5);
  const panels = [
    r2PanelOf(
      "in sample",
      draws(n, () => share(0.455 + lift + 0.18 * normal())),
      draws(20 * n, () => share(0.455 + 0.18 * normal())),
    ),
    r2PanelOf(
      "adjusted",
      Array.from({ length: n }, (_, k) => k % 10 === 9 ? NaN : lift + 0.12 * normal()),
      draws(20 * n, () => 0.12 * normal()),
    ),
    r2PanelOf(
      "out of sample",
      draws(n, () => lift > 0.2 ? lift - 0.2 + 0.1 * normal() : tail()),
      draws(20 * n, tail),
    ),
  ];
  return {
    ...{
      model: "Ridge on 41 factors",
      nullName: "each contract’s moves shifted in time by every offset",
    },
    panels: nPanels === 2 ? [panels[0]!, panels[2]!] : panels.slice(0, nPanels),
  };
}
