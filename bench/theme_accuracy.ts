/**
 * The lexical classifier against the reference labels:
 * `deno run --allow-read --allow-env --allow-ffi --allow-sys bench/theme_accuracy.ts FILE.parquet [--half seen|unseen] [--taxonomy FILE]`.
 *
 * Questions are grouped by the contract taxonomy, as a run does. `--half` takes the events whose
 * errors were looked at while keywords were written, or the others.
 *
 * A label may stand for several of our themes, and then the truth is whichever of them was said. The
 * first table has the accuracy without such leave, on events that nobody read, and without sports too;
 * its intervals count the questions of one event as one answer.
 */
import { parseArgs } from "node:util";
import type { Classification } from "lib/classify/event_text.ts";
import { eventTexts } from "lib/classify/event_texts.ts";
import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { referenceAccuracy, referenceTruth } from "lib/classify/reference_accuracy.ts";
import { clusteredShare } from "lib/stats/clustered_share.ts";
import { readYaml } from "lib/store/yaml.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";
import { parseReferenceThemes } from "lib/taxonomy/reference_themes.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";
import { isSeenHalf, readLabels } from "./theme_labels.ts";

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: {
    half: { type: "string" },
    taxonomy: { type: "string" },
  },
  allowPositionals: true,
});
const file = positionals[0];
if (file === undefined) {
  throw new Error("Cannot measure as a file of labels must be named: got none");
}
const taxonomy = parseTaxonomy(await readYaml(values.taxonomy ?? "config/taxonomy.yaml"));
const ids = taxonomy.themes.map(({ id }) => id);
const reference = parseReferenceThemes(await readYaml("config/reference_themes.yaml"), ids);
const classify = lexicalClassifier(taxonomy);
const questions = (await readLabels(file)).filter(({ slug }) =>
  values.half === undefined || isSeenHalf(slug) === (values.half === "seen")
);

const markets = questions.map(({ market }) => market);
const tree = contractTaxonomy(markets);
const byEvent = eventTexts(markets, tree).map(classify);
const answers: Classification[] = tree.links.map(({ event }) => byEvent[event]!);
const predicted = answers.map(({ primaryTheme }) => primaryTheme);
const truth = referenceTruth(questions, predicted, reference);
const { themes } = referenceAccuracy(questions, predicted, reference);
const mainTheme = Object.fromEntries(
  Object.entries(reference).map(([name, accepted]) => [name, accepted.slice(0, 1)]),
);

/** A row of the first table: how right the answers of some questions are. */
function accuracyRow(name: string, chosen: readonly number[], accepted = reference): string {
  const own = chosen.map((i) => questions[i]!), given = chosen.map((i) => predicted[i]!);
  const ownTruth = referenceTruth(own, given, accepted);
  const { value, low, high, nItems, nGroups } = clusteredShare(
    ownTruth.map((theme, i) => theme === given[i]),
    chosen.map((i) => answers[i]!.eventId),
  );
  const { macroF1 } = referenceAccuracy(own, given, accepted);
  const [share, from, to] = [value, low, high].map((one) => (100 * one).toFixed(1));
  return `| ${name} | ${nItems} | ${nGroups} | ${share}% | ${from}% to ${to}% | ${
    macroF1.toFixed(3)
  } |`;
}

const every = questions.map((_, i) => i);
console.log("| questions | n | events | accuracy | 95% interval, by events | macro-F1 |");
console.log("| --- | --- | --- | --- | --- | --- |");
console.log(accuracyRow("all", every));
const unread = every.filter((i) => !isSeenHalf(questions[i]!.slug));
console.log(accuracyRow("of the half whose errors were not read", unread));
console.log(accuracyRow("all, main theme of the label only", every, mainTheme));
const others = every.filter((i) => questions[i]!.theme !== "sports");
console.log(accuracyRow("without sports", others));
console.log("\n| theme | precision | recall | F1 | questions |\n| --- | --- | --- | --- | --- |");
for (const { name, precision, recall, f1, nTrue } of themes) {
  console.log(
    `| ${name} | ${precision.toFixed(3)} | ${recall.toFixed(3)} | ${f1.toFixed(3)} | ${nTrue} |`,
  );
}

const confusions = new Map<string, number[]>();
truth.forEach((name, i) => {
  const key = `${name} → ${predicted[i]}`;
  confusions.set(key, [...confusions.get(key) ?? [], i]);
});
const columns = [...new Set([...truth, ...predicted])].sort();
console.log(
  `\n| truth \\ predicted | ${columns.join(" | ")} |\n|${" --- |".repeat(columns.length + 1)}`,
);
for (const row of columns) {
  const cells = columns.map((column) => confusions.get(`${row} → ${column}`)?.length ?? 0);
  if (cells.some((count) => count > 0)) console.log(`| ${row} | ${cells.join(" | ")} |`);
}

const worst = [...confusions].filter(([, items]) => truth[items[0]!] !== predicted[items[0]!])
  .sort(([a, x], [b, y]) => y.length - x.length || (a < b ? -1 : 1)).slice(0, 10);
for (const [key, items] of worst) {
  console.log(`\n${key}: ${items.length}`);
  const events = [...new Map(items.map((i) => [questions[i]!.slug, i])).values()];
  for (const i of events.slice(0, 3)) {
    const { question, slug, theme } = questions[i]!;
    console.log(`  ${question} [${slug}; reference ${theme}] ${answers[i]!.reasoning}`);
  }
}
