import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  type ClassifierName,
  LEXICAL_NOTE,
  LLM_ANSWERS,
  parseClassifier,
} from "../classify/classifier_choice.ts";
import { marketClassificationTable } from "../classify/classification_table.ts";
import type { Classification, EventText } from "../classify/event_text.ts";
import { eventTexts } from "../classify/event_texts.ts";
import { lexicalClassifier } from "../classify/lexical_classifier.ts";
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
import { askThemes } from "./ask_themes.ts";
import { say } from "./say.ts";

const OPTIONS = {
  markets: { type: "string" },
  out: { type: "string" },
  classifier: { type: "string", default: "lexical" },
  model: { type: "string" },
  budget: { type: "string" },
  "budget-tokens": { type: "string" },
  yes: { type: "boolean", default: false },
  replay: { type: "boolean", default: false },
  agreement: { type: "string" },
  answers: { type: "string" },
} as const;

/** What `deno task classify` was asked for. */
export type ClassifyOptions = ReturnType<typeof classifyOptions>;

/**
 * Reads the options of `deno task classify`.
 *
 * @throws {RangeError} If one is missing or has a value it cannot have.
 */
export function classifyOptions(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const path = (name: "markets" | "out", what: string) => {
    const value = values[name];
    if (value === undefined || value.trim() === "") {
      throw new RangeError(`Cannot classify as --${name} must name ${what}: got none`);
    }
    return value;
  };
  return {
    markets: path("markets", "a Parquet file of markets"),
    out: path("out", "the folder for the results"),
    classifier: parseClassifier(values.classifier),
    model: values.model,
    limit: {
      usd: positive(values.budget, "budget", "US dollars"),
      tokens: positive(values["budget-tokens"], "budget-tokens", "tokens"),
    },
    isConfirmed: values.yes,
    isReplay: values.replay,
    nAgreement: positive(values.agreement, "agreement", "events"),
    answers: values.answers,
  };
}

function positive(text: string | undefined, name: string, unit: string): number | null {
  if (text === undefined) return null;
  const value = text.trim() === "" ? NaN : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`Cannot classify as --${name} must be ${unit} above 0: got "${text}"`);
}

/**
 * Says what the markets of a file are about, from their words alone: writes `tickers`, `events`,
 * `contracts`, `classifications` and `rejected`, each as Parquet, into a folder.
 */
export async function classify(args: string[]): Promise<void> {
  const options = classifyOptions(args);
  const out = inProject(options.out);
  const { markets, rejected, absent } = await readMarkets(options.markets);
  if (markets.length === 0) {
    throw new Error(
      `Cannot classify as a market must pass the door: got none of ${rejected.length} rows`,
    );
  }
  const taxonomy = parseTaxonomy(await readYaml(inProject("config/taxonomy.yaml")));
  const tree = contractTaxonomy(markets);
  const events = eventTexts(markets, tree);
  const lexical = lexicalClassifier(taxonomy);
  const found = options.classifier === "lexical"
    ? { classifications: events.map(lexical), unanswered: null }
    : await askThemes(events, taxonomy, {
      ...options,
      answers: options.answers === undefined ? join(out, LLM_ANSWERS) : inProject(options.answers),
    }, say);
  const answered = completed(events, found.classifications, lexical);

  const themes = answered.map(({ primaryTheme }) => primaryTheme);
  await write(out, {
    tickers: tickerTable(tree),
    events: eventTable(tree, themes),
    contracts: contractTable(markets, tree),
    classifications: marketClassificationTable(markets, tree, answered),
    rejected: rejectionTable(rejected),
    ...found.unanswered !== null && { unanswered: found.unanswered },
  });
  if (absent.length > 0) say(`Absent:   ${absent.join(", ")}; taken as unknown\n`);
  if (rejected.length > 0) {
    say(`Rejected: ${countOf(rejected.length, "row")}, with reasons in rejected.parquet\n`);
  }
  if (options.classifier === "lexical") say(`${LEXICAL_NOTE}\n`);
  say(`${resultLine(options.classifier, themes, events.length - found.classifications.length)}\n`);
  say(
    `Written:  ${countOf(tree.tickers.length, "ticker")}, ${countOf(events.length, "event")}, ${
      countOf(markets.length, "contract")
    } below ${out}\n`,
  );
}

/** How many events have a theme, and whose answers they are. */
function resultLine(
  classifier: ClassifierName,
  themes: readonly string[],
  nUnanswered: number,
): string {
  const nNone = themes.filter((theme) => theme === UNCATEGORIZED).length;
  const themed = `Themes:   ${
    countOf(themes.length - nNone, "event")
  } with one, ${nNone} uncategorized`;
  return classifier === "llm" && nUnanswered > 0
    ? `${themed}; ${nUnanswered} by the lexical classifier, as the model gave no answer (unanswered.parquet says why)`
    : themed;
}

async function write(out: string, tables: Readonly<Record<string, Table>>): Promise<void> {
  for (const [name, rows] of Object.entries(tables)) {
    await writeParquet(join(out, `${name}.parquet`), rows);
  }
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
