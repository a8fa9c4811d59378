import { join } from "node:path";
import { randomStream } from "../../lib/core/random.ts";
import type { Table } from "../../lib/core/table.ts";
import { type Subject, subjectTable } from "../../lib/review/subject.ts";
import { writeCheckpoint } from "../../lib/store/checkpoint.ts";
import { putChart } from "./desk_fixture.ts";
import { fixtureBaskets } from "./fixture_baskets.ts";
import { fixtureContracts } from "./fixture_contracts.ts";
import { fixtureTree } from "./fixture_tree.ts";
import { fixtureWords } from "./fixture_words.ts";

/** Checkpoints of a notebook and what it asks a person. */
export interface FixturePart {
  readonly checkpoints: Readonly<Record<string, Table>>;
  readonly subjects: readonly Subject[];
}

/**
 * A whole run as the desk reads it: a tree of `nLeaves` contracts, an audit of 50, twins, baskets and a
 * chart, with titles that would do harm where they are not escaped. The same every time; another seed gives other prices.
 */
export async function writeRun(
  out: string,
  { nLeaves = 300, seed = 7 }: { readonly nLeaves?: number; readonly seed?: number } = {},
): Promise<void> {
  const contracts = fixtureContracts(nLeaves);
  const parts: Readonly<Record<string, FixturePart>> = {
    "03": fixtureTree(contracts, randomStream(seed, "tree")),
    "04": fixtureWords(contracts, randomStream(seed, "words")),
    "05": fixtureBaskets(contracts, randomStream(seed, "baskets")),
  };
  const options = {
    dir: join(out, "checkpoints"),
    asOf: "2025-09-30",
    source: "simulated universe, seed 7",
    inputs: [],
    params: { windows_days: { value: [90, 180] } },
    code: "0".repeat(64),
  };
  for (const [notebook, { checkpoints, subjects }] of Object.entries(parts)) {
    for (const [name, rows] of Object.entries(checkpoints)) {
      await writeCheckpoint(name, rows, options);
    }
    await writeCheckpoint(`${notebook}_review`, subjectTable(subjects), options);
  }
  await putChart(
    out,
    "cluster_count",
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 160 100"><rect width="160" height="100" fill="#d3e2f6"/></svg>',
  );
}
