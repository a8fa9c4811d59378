/**
 * How well the lexical classifier's probabilities are calibrated, and the temperature that fits best:
 * `deno run --allow-read --allow-env bench/lexical_calibration.ts LABELS.csv [--taxonomy FILE]`.
 *
 * The file has the columns slug, title, question, theme, weight: one event a row with its theme by a
 * person's hand and the number of events that it stands for. It is no part of the project.
 */
import { parseArgs } from "node:util";
import { type LexicalClassification, lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { brierScore, calibrationError, reliabilityBins } from "lib/stats/reliability.ts";
import { readYaml } from "lib/store/yaml.ts";
import type { Taxonomy } from "lib/taxonomy/lexical_theme.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";

interface HandLabel {
  readonly slug: string;
  readonly title: string;
  readonly question: string;
  readonly theme: string;
  readonly weight: number;
}

/** Records of a CSV text with a header; a field may be quoted, a quote in it is doubled. */
function csvRecords(text: string): Record<string, string>[] {
  const rows: string[][] = [[]];
  for (
    const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)
  ) {
    rows.at(-1)!.push(quoted?.replaceAll('""', '"') ?? plain!);
    if (end !== ",") rows.push([]);
  }
  const [header, ...records] = rows.filter((row) => row.length > 1);
  return records.map((row) => Object.fromEntries(header!.map((name, k) => [name, row[k] ?? ""])));
}

function withNumbers(taxonomy: Taxonomy, temperature: number, otherPrior: number): Taxonomy {
  const reason = "tried by the calibration";
  return {
    ...taxonomy,
    model: {
      ...taxonomy.model,
      temperature: { value: temperature, reason },
      other_prior: { value: otherPrior, reason },
    },
  };
}

function answers(taxonomy: Taxonomy, labels: readonly HandLabel[]): LexicalClassification[] {
  const classify = lexicalClassifier(taxonomy);
  return labels.map(({ slug, title, question }) =>
    classify({
      eventId: slug,
      title,
      tickers: [question],
      slugs: [slug],
      description: null,
      venues: ["polymarket"],
      endDate: null,
    })
  );
}

const { values, positionals } = parseArgs({
  args: Deno.args,
  options: { taxonomy: { type: "string" } },
  allowPositionals: true,
});
const file = positionals[0];
if (file === undefined) {
  throw new Error("Cannot fit as a file of hand labels must be named: got none");
}
const taxonomy = parseTaxonomy(await readYaml(values.taxonomy ?? "config/taxonomy.yaml"));
const ids = taxonomy.themes.map(({ id }) => id);
const labels = csvRecords(await Deno.readTextFile(file)).map((row): HandLabel => ({
  slug: row.slug!,
  title: row.title!,
  question: row.question!,
  theme: row.theme!,
  weight: Number(row.weight),
})).filter(({ theme }) => ids.includes(theme));

/** Mean negative log probability of the hand's theme, in nats; each event counts once. */
function logLoss(found: readonly LexicalClassification[]): number {
  const losses = found.map(({ probabilities }, i) =>
    -Math.log(Math.max(probabilities[ids.indexOf(labels[i]!.theme)]!, 1e-12))
  );
  return losses.reduce((sum, loss) => sum + loss, 0) / losses.length;
}

let best = { temperature: NaN, otherPrior: NaN, loss: Infinity };
for (let otherPrior = 0; otherPrior <= 4; otherPrior += 0.5) {
  for (let temperature = 0.5; temperature <= 4; temperature += 0.1) {
    const loss = logLoss(answers(withNumbers(taxonomy, temperature, otherPrior), labels));
    if (loss < best.loss) best = { temperature, otherPrior, loss };
  }
}
console.log(
  `${labels.length} hand labels; least log loss ${best.loss.toFixed(4)} at temperature ${
    best.temperature.toFixed(1)
  }, other_prior ${best.otherPrior}\n`,
);

function report(name: string, found: readonly LexicalClassification[]): void {
  const right = found.map(({ probabilities }, i) => {
    const top = probabilities.indexOf(Math.max(...probabilities));
    return ids[top] === labels[i]!.theme;
  });
  const confidences = found.map(({ confidence }) => confidence);
  const bins = reliabilityBins(confidences, right, { nBins: 10, by: "width" });
  const isNamed = (i: number) => found[i]!.primaryTheme === labels[i]!.theme;
  const total = labels.reduce((sum, { weight }) => sum + weight, 0);
  const weighted = labels.reduce((sum, { weight }, i) => sum + weight * Number(isNamed(i)), 0);
  const named = labels.filter((_, i) => isNamed(i)).length;
  const none = found.filter(({ primaryTheme }) => !ids.includes(primaryTheme)).length;
  console.log(
    `${name}: right ${(named / labels.length).toFixed(4)} of the events, ${
      (weighted / total).toFixed(4)
    } weighted to all events; ${none} uncategorized; log loss ${logLoss(found).toFixed(4)}, ECE ${
      calibrationError(bins).toFixed(4)
    }, Brier ${brierScore(confidences, right).toFixed(4)}`,
  );
  console.log("| confidence | mean | share right | events |\n| --- | --- | --- | --- |");
  for (const { from, to, meanProbability, shareRight, nItems } of bins) {
    console.log(
      `| ${from.toFixed(1)}–${to.toFixed(1)} | ${meanProbability.toFixed(3)} | ${
        shareRight.toFixed(3)
      } | ${nItems} |`,
    );
  }
  console.log("");
}

const asInFile = answers(taxonomy, labels);
report("as in the file", asInFile);
report("fitted", answers(withNumbers(taxonomy, best.temperature, best.otherPrior), labels));
asInFile.forEach(({ primaryTheme, reasoning }, i) => {
  const { title, theme } = labels[i]!;
  if (primaryTheme !== theme) console.log(`${theme} not ${primaryTheme}: ${title} | ${reasoning}`);
});
