import { basename, dirname, join, resolve } from "node:path";
import { type ClassifierName, LEXICAL_NOTE, LLM_ANSWERS } from "../classify/classifier_choice.ts";
import { marketClassificationTable } from "../classify/classification_table.ts";
import type { Classification, EventText } from "../classify/event_text.ts";
import { eventTexts } from "../classify/event_texts.ts";
import { lexicalClassifier } from "../classify/lexical_classifier.ts";
import type { Market } from "../core/data_set.ts";
import { parseSettings } from "../core/settings.ts";
import { parseExposureRules } from "../exposures/exposure_rules.ts";
import { exposureTable } from "../exposures/exposure_tables.ts";
import { outcomeExposures } from "../exposures/outcome_exposures.ts";
import { contractSides } from "../taxonomy/contract_sides.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { parseSides } from "../taxonomy/parse_sides.ts";
import { sideTable } from "../taxonomy/side_table.ts";
import { countOf } from "../core/number_text.ts";
import type { Table } from "../core/table.ts";
import { readMarkets } from "../sources/local/read_markets.ts";
import { rejectionTable } from "../sources/local/rejection_table.ts";
import { writeParquet } from "../store/parquet.ts";
import { inProject } from "../store/project_root.ts";
import { readYaml } from "../store/yaml.ts";
import { contractTaxonomy } from "../taxonomy/contract_tree.ts";
import { parseTaxonomy } from "../taxonomy/parse_taxonomy.ts";
import { contractTable, eventTable, tickerTable } from "../taxonomy/taxonomy_tables.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { type Asking, startAsking } from "./asking.ts";
import { askExposures, askSides } from "./ask_more.ts";
import { askAgreement, askThemes } from "./ask_themes.ts";
import { classifyOptions } from "./classify_options.ts";
import { say } from "./say.ts";

/** Files that the command writes, without their ending. */
const RESULTS = [
  ...["tickers", "events", "contracts", "classifications", "rejected"] as const,
  ...["sides", "exposures", "unanswered"] as const,
];

/**
 * Says what the markets of a file are about, from their words alone: writes `tickers`, `events`,
 * `contracts`, `classifications` and `rejected`, each as Parquet, into a folder; `sides` and
 * `exposures` where they are asked for too, and `unanswered` where a model was asked.
 */
export async function classify(args: string[]): Promise<void> {
  const options = classifyOptions(args);
  const out = inProject(options.out);
  refuseOverwriting(options.markets, out);
  const { markets, rejected, absent, nEndsUnknown } = await readMarkets(options.markets);
  if (markets.length === 0) {
    throw new Error(
      `Cannot classify as a market must pass the door: got none of ${
        countOf(rejected.length, "row")
      }${rejected.length === 0 ? "" : `; the first: ${rejected[0]!.reason}`}`,
    );
  }
  await makeFolder(out);
  const asking = options.classifier === "lexical" ? null : await startAsking({
    ...options,
    answers: options.answers === undefined ? join(out, LLM_ANSWERS) : inProject(options.answers),
  }, say);
  const config = await readConfig();
  const tree = contractTaxonomy(markets);
  const events = eventTexts(markets, tree);
  const { list, set } = config;
  const lexical = lexicalClassifier(list);
  const answers = asking === null
    ? events.map(lexical)
    : await askThemes(events, list, set, asking);
  if (asking !== null && answers.length === 0 && events.length > 0) {
    throw new Error(
      `Cannot classify by a language model as it must answer something: got no answer to ${
        countOf(events.length, "event")
      } (${asking.reason()})`,
    );
  }
  const classifications = completed(events, answers, lexical);
  const themes = classifications.map(({ primaryTheme }) => primaryTheme);
  const wordings = asking !== null && options.nAgreement !== null
    ? await askAgreement(events, list, { set, count: options.nAgreement }, asking)
    : null;

  await write(out, {
    tickers: tickerTable(tree),
    events: eventTable(tree, themes),
    contracts: contractTable(markets, tree),
    classifications: marketClassificationTable(markets, tree, classifications),
    rejected: rejectionTable(rejected),
    ...options.also.includes("sides") &&
      { sides: await sidesOf(markets, tree, { themes, ...config }, asking) },
    ...options.also.includes("exposures") &&
      { exposures: await exposuresOf(markets, tree, asking) },
    ...asking !== null && { unanswered: asking.unanswered() },
  });
  // a venue that has no column is read off the id
  const unknown = absent.filter((name) => name !== "venue");
  const lines = [
    ["Absent:", unknown.length > 0 && `${unknown.join(", ")}; taken as unknown`],
    [
      "Ends:",
      nEndsUnknown > 0 &&
      `${countOf(nEndsUnknown, "scheduled end")} before the listing; taken as unknown`,
    ],
    [
      "Rejected:",
      rejected.length > 0 &&
      `${countOf(rejected.length, "row")}, with reasons in rejected.parquet`,
    ],
    ["Wordings:", wordings],
    ["Spent:", asking?.cost()],
    ["Themes:", resultText(options.classifier, themes, events.length - answers.length)],
    [
      "Written:",
      `${countOf(tree.tickers.length, "ticker")}, ${countOf(events.length, "event")}, ${
        countOf(markets.length, "contract")
      } below ${out}`,
    ],
  ] as const;
  if (asking === null) say(`${LEXICAL_NOTE}\n`);
  for (const [name, text] of lines) if (text) say(`${name.padEnd(9)} ${text}\n`);
}

/** Makes the folder of the results before a model is asked, so that no answer is paid for in vain. */
async function makeFolder(out: string): Promise<void> {
  try {
    await Deno.mkdir(out, { recursive: true });
  } catch (cause) {
    const isFile = cause instanceof Deno.errors.AlreadyExists ||
      cause instanceof Deno.errors.NotADirectory;
    throw new Error(
      isFile
        ? `Cannot classify as --out must be a folder: got a file in its place or above it, "${out}"`
        : `Cannot classify as --out must be a folder that can be written: got "${out}" (${
          cause instanceof Error ? cause.message : cause
        })`,
      { cause },
    );
  }
}

async function readConfig() {
  const settings = parseSettings(await readYaml(inProject("config/settings.yaml")));
  return {
    list: parseTaxonomy(await readYaml(inProject("config/taxonomy.yaml"))),
    rules: parseSides(await readYaml(inProject("config/sides.yaml"))),
    set: settings.classification,
  };
}

async function sidesOf(
  markets: readonly Market[],
  tree: ContractTaxonomy,
  config: { readonly themes: readonly string[] } & Awaited<ReturnType<typeof readConfig>>,
  asking: Asking | null,
): Promise<Table> {
  const sides = contractSides(markets, tree, config.themes, config.rules);
  return sideTable(
    asking === null ? sides : await askSides(markets, tree, sides, config, asking),
  );
}

async function exposuresOf(
  markets: readonly Market[],
  tree: ContractTaxonomy,
  asking: Asking | null,
): Promise<Table> {
  const rules = parseExposureRules(await readYaml(inProject("config/exposures.yaml")));
  const found = outcomeExposures(tree, markets, rules);
  return exposureTable(asking === null ? found : await askExposures(tree, found, asking), tree);
}

/** How many events have a theme, and whose answers they are. */
function resultText(
  classifier: ClassifierName,
  themes: readonly string[],
  nUnanswered: number,
): string {
  const nNone = themes.filter((theme) => theme === UNCATEGORIZED).length;
  const themed = `${countOf(themes.length - nNone, "event")} with one, ${nNone} uncategorized`;
  return classifier === "llm" && nUnanswered > 0
    ? `${themed}; ${nUnanswered} by the lexical classifier, as the model gave no answer (unanswered.parquet says why)`
    : themed;
}

function refuseOverwriting(markets: string, out: string): void {
  const path = resolve(inProject(markets));
  const isResult = RESULTS.some((name) => basename(path) === `${name}.parquet`);
  if (!isResult || dirname(path) !== resolve(out)) return;
  throw new RangeError(
    `Cannot classify as --markets must not be a file that the results replace: got "${
      basename(path)
    }" in the folder of --out`,
  );
}

/** Writes the results; what an earlier run left and this one does not give is removed. */
async function write(
  out: string,
  tables: Readonly<Partial<Record<typeof RESULTS[number], Table>>>,
): Promise<void> {
  for (const name of RESULTS) {
    const path = join(out, `${name}.parquet`), rows = tables[name];
    if (rows !== undefined) await writeParquet(path, rows);
    else await Deno.remove(path).catch(ignoreAbsent);
  }
}

function ignoreAbsent(error: unknown): void {
  if (!(error instanceof Deno.errors.NotFound)) throw error;
}

/** One classification an event in their order, the lexical one where the model gave none. */
function completed(
  events: readonly EventText[],
  classifications: readonly Classification[],
  lexical: (event: EventText) => Classification,
): Classification[] {
  const answered = new Map(classifications.map((one) => [one.eventId, one]));
  return events.map((event) => answered.get(event.eventId) ?? lexical(event));
}
