import { parseDataSet } from "lib/sources/local/parse_data_set.ts";
import type { DataSet } from "lib/core/data_set.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate, type Size } from "lib/sources/simulated/simulate.ts";

/** The embedded simulated universe as the workbench reads it: seed 7, through the door. */
export async function simulatedDataSet(size: Size = "default"): Promise<DataSet> {
  const { tables } = simulate({
    size,
    seed: 7,
    structure: "full",
    ...await readTemplates(),
  });
  return parseDataSet({
    "markets.parquet": tables.markets,
    "prices.parquet": tables.prices,
    "activity.parquet": tables.activity,
    "resolutions.parquet": tables.resolutions,
    "benchmarks.parquet": tables.benchmarks,
  }, { kind: "simulated", label: "simulated universe, seed 7" });
}
