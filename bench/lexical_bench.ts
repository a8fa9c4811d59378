import { lexicalClassifier } from "lib/classify/lexical_classifier.ts";
import { titleAlone } from "lib/classify/check_taxonomy.ts";
import type { EventText } from "lib/classify/event_text.ts";
import { randomStream } from "lib/core/random.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";

const taxonomy = parseTaxonomy(await readYaml("config/taxonomy.yaml"));
const classify = lexicalClassifier(taxonomy);
const examples = taxonomy.themes.flatMap((theme) => theme.examples);

/** Events with one to eight tickers, a slug and rules, drawn from the examples of the file. */
function madeEvents(n: number): EventText[] {
  const random = randomStream(1, `bench lexical ${n}`);
  const draw = () => examples[Math.floor(random() * examples.length)]!;
  return Array.from({ length: n }, (_, i) => {
    const title = draw();
    return {
      ...titleAlone(title),
      eventId: `e${i}`,
      tickers: Array.from({ length: 1 + Math.floor(random() * 8) }, draw),
      slugs: [title.toLowerCase().replace(/\W+/g, "-")],
      description: `This market will resolve to "Yes" if ${title} Otherwise, to "No".`,
    };
  });
}

/** The plain way: every keyword as a regular expression, each tested against all texts. */
const expressions = taxonomy.terms.filter(({ theme }) => theme !== null).map((term) => ({
  theme: term.theme!,
  weight: term.strength === null ? 0 : taxonomy.model[term.strength].value,
  expression: new RegExp(
    `\\b${term.pattern.text.replace(/[.*+?^$()|[\]\\]/g, "\\$&").replace(/\{\w+\}/g, "\\S+")}\\b`,
    "i",
  ),
}));

function classifyByExpressions({ title, tickers, slugs, description }: EventText): string {
  const text = [title, ...tickers, ...slugs, description].join("\n");
  const scores = new Map<string, number>();
  for (const { theme, weight, expression } of expressions) {
    if (expression.test(text)) scores.set(theme, (scores.get(theme) ?? 0) + weight);
  }
  return [...scores].sort(([, a], [, b]) => b - a)[0]?.[0] ?? "";
}

for (const n of [10, 50, 250]) {
  const events = madeEvents(n);
  const group = `classify ${n} events`;
  Deno.bench({ name: `${group}, a regular expression a keyword`, group, baseline: true }, () => {
    for (const event of events) classifyByExpressions(event);
  });
  Deno.bench({ name: `${group}, lexicalClassifier()`, group }, () => {
    for (const event of events) classify(event);
  });
}
