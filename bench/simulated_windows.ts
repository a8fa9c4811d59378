import type { WindowMoves } from "lib/cluster/fit_methods.ts";
import { studyWindows, windowPrices } from "lib/cluster/study_windows.ts";
import { twinIndices } from "lib/cluster/twin_indices.ts";
import { windowMoves, WORKING_REPRESENTATION } from "lib/cluster/window_moves.ts";
import { titleTopics } from "lib/cluster/wording.ts";
import { dayOf } from "lib/core/day.ts";
import type { Panel } from "lib/core/panel.ts";
import { parseSettings } from "lib/core/settings.ts";
import { cellAt } from "lib/core/table.ts";
import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import type { Structure } from "lib/sources/simulated/event_paths.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate } from "lib/sources/simulated/simulate.ts";
import { movesOf } from "lib/stats/representation.ts";
import { readYaml } from "lib/store/yaml.ts";
import { contractTitle } from "lib/taxonomy/contract_title.ts";
import { parseAliases } from "lib/taxonomy/parse_aliases.ts";
import { twinTable } from "lib/taxonomy/twin_tables.ts";
import { twinPairs } from "lib/taxonomy/twins.ts";

/** The committed settings. */
export const SETTINGS = parseSettings(await readYaml("config/settings.yaml"));

const ALIASES = parseAliases(await readYaml("config/aliases.yaml"));

/** One window of a simulated universe, what follows it, and what is true of it. */
export interface SimulatedWindow {
  readonly window: WindowMoves;
  /** Moves of the same markets after the window. */
  readonly next: Panel;
  /** True cluster of each market. */
  readonly truth: Int32Array;
}

const config = await readTemplates();

/** The rolling windows of a default-sized universe, as notebook 03 takes them. */
export function simulatedWindows(seed: number, structure: Structure): SimulatedWindow[] {
  const { tables, truth } = simulate({ size: "default", seed, structure, ...config });
  const files = Object.fromEntries(
    Object.entries(tables).map(([name, rows]) => [`${name}.parquet`, rows]),
  ) as Parameters<typeof parseDataSet>[0];
  const data = parseDataSet(files, { kind: "simulated", label: `seed ${seed}` });
  const clusterOf = new Map<string, string>();
  for (let row = 0; row < truth.markets.nRows; ++row) {
    const id = cellAt(truth.markets.columns.market_id!, row) as string;
    clusterOf.set(id, cellAt(truth.markets.columns.cluster!, row) as string);
  }
  const pairs = twinPairs(data.markets, { settings: SETTINGS.universe, aliases: ALIASES });
  const twins = twinIndices(twinTable(pairs.filter(({ accepted }) => accepted)), data.markets);
  const until = dayOf(data.asOfMs - 1) + 1, tick = SETTINGS.returns.tick.value;
  const since = data.prices.day.reduce((first, day) => Math.min(first, day), until);
  return studyWindows(SETTINGS.clustering, { since, until })
    .filter(({ studied }) => !studied)
    .map((days) => {
      const { now, next, exposures } = windowPrices(data, days, SETTINGS.clustering, {
        tick,
        twins,
      });
      const titles = exposures.map(({ market }) => contractTitle(data.markets[market]!));
      const names = [...new Set(now.markets.map((id) => clusterOf.get(id)!))];
      return {
        window: windowMoves(now, titleTopics(titles, { seed }), { tick }),
        next: movesOf(next, WORKING_REPRESENTATION, { tick }),
        truth: Int32Array.from(now.markets, (id) => names.indexOf(clusterOf.get(id)!)),
      };
    });
}
