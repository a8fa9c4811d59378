import assert from "node:assert/strict";
import fc from "fast-check";
import { parseCsv, readCsv } from "lib/store/read_csv.ts";
import { inProject } from "lib/store/project_root.ts";
import { readYaml } from "lib/store/yaml.ts";
import { handTheme, parseHandLabels } from "lib/taxonomy/hand_labels.ts";
import { parseTaxonomy } from "lib/taxonomy/parse_taxonomy.ts";

const IDS = ["crypto", "fed", "sports"];

function labelsOf(rows: string) {
  return parseHandLabels(parseCsv(`match,theme\n${rows}`, "hand_labels.csv"), IDS);
}

function contract(question: string | null, eventTitle: string | null = null, marketId = "poly:1") {
  return { marketId, question, eventTitle };
}

const LABELS = labelsOf("nba,sports\nfed,fed\ns&p 500,fed\nrate cut,fed\nbitcoin,crypto\n");

Deno.test("handTheme() takes the first row whose words stand side by side in question or title", () => {
  assert.equal(handTheme(contract("Will Bitcoin hit $100k?"), LABELS), "crypto");
  assert.equal(handTheme(contract("Above $100k?", "BITCOIN in May"), LABELS), "crypto");
  assert.equal(handTheme(contract("Will the NBA take Bitcoin?"), LABELS), "sports");
  assert.equal(handTheme(contract("S&P 500 up?"), LABELS), "fed");
  assert.equal(handTheme(contract("Two rate-cuts? One rate cut!"), LABELS), "fed");
  assert.equal(handTheme(contract("Fédérer? Fed’s call"), LABELS), "fed");
});

Deno.test("handTheme() knows whole words alone, none across question and title", () => {
  assert.equal(handTheme(contract("Will Federer win? Will FedEx?"), LABELS), null);
  assert.equal(handTheme(contract("Which rate", "cut of meat?"), LABELS), null);
  assert.equal(handTheme(contract(null), LABELS), null);
  assert.equal(handTheme(contract(""), LABELS), null);
});

Deno.test("handTheme() takes the row of the contract's id before any words", () => {
  const labels = labelsOf("bitcoin,crypto\npoly:7,sports\nkalshi:FED-1,fed\n");
  assert.equal(handTheme(contract("Bitcoin?", null, "poly:7"), labels), "sports");
  assert.equal(handTheme(contract("Bitcoin?", null, "poly:8"), labels), "crypto");
  assert.equal(handTheme(contract(null, null, "kalshi:FED-1"), labels), "fed");
});

Deno.test("handTheme() does not care for case, signs and blanks around the words", () => {
  const words = fc.stringMatching(/^[a-z]{1,6}$/);
  fc.assert(
    fc.property(
      fc.array(words),
      fc.array(words),
      fc.constantFrom(" ", "  ", " - ", ", "),
      (a, b, gap) => {
        const text = [...a, "bitcoin", ...b];
        const plain = handTheme(contract(text.join(" ")), LABELS);
        assert.notEqual(plain, null);
        assert.equal(handTheme(contract(`${text.join(gap)}?`.toUpperCase()), LABELS), plain);
      },
    ),
    { seed: 7, numRuns: 50 },
  );
});

Deno.test("config/hand_labels.csv is a table of hand labels, the excluded themes first", async () => {
  const { themes } = parseTaxonomy(await readYaml(inProject("config/taxonomy.yaml")));
  const table = await readCsv(inProject("config/hand_labels.csv"));
  const labels = parseHandLabels(table, themes.map(({ id }) => id));
  assert.ok(table.nRows >= 40 && table.nRows <= 80, `${table.nRows}`);
  const found = new Set(labels.phrases.map(({ theme }) => theme));
  for (const { id } of themes) assert.ok(id === "other" || found.has(id), id);
  const excluded = new Set(themes.filter((one) => one.isExcluded).map(({ id }) => id));
  const isExcluded = labels.phrases.map(({ theme }) => excluded.has(theme));
  assert.equal(isExcluded.lastIndexOf(true) + 1, isExcluded.indexOf(false));
  const nba = { marketId: "poly:1", question: "Will the NBA leave China?", eventTitle: null };
  assert.equal(handTheme(nba, labels), "sports");
});

Deno.test("parseHandLabels() refuses rows that cannot be meant, by their number", () => {
  const refused: [string, string][] = [
    ["nba,sports\n,fed\n", "row 2 must have a match: got none"],
    ["nba,\n", "row 1 must have a theme of the taxonomy: got none"],
    ["nba,sport\n", 'row 1 must have a theme of the taxonomy: got "sport"'],
    ["NBA,sports\n", 'row 1 must match a market id or lower-case words: got "NBA"'],
    ["?!,sports\n", 'row 1 must match a market id or lower-case words: got "?!"'],
    ["s&p,fed\ns p,sports\n", 'row 2 must not repeat a match: got "s p"'],
    ["poly:1,fed\npoly:1,fed\n", 'row 2 must not repeat a match: got "poly:1"'],
  ];
  for (const [rows, fault] of refused) {
    assert.throws(() => labelsOf(rows), {
      name: "SyntaxError",
      message: `Cannot read hand labels as ${fault}`,
    });
  }
  assert.throws(() => parseHandLabels(parseCsv("match\nnba\n", "x.csv"), IDS), {
    name: "TypeError",
    message:
      'Cannot read column "theme" as it must be of type string: got none, the table has match',
  });
});
