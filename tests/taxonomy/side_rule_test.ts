import assert from "node:assert/strict";
import fc from "fast-check";
import type { Market } from "lib/core/data_set.ts";
import { readYaml } from "lib/store/yaml.ts";
import { parseSides } from "lib/taxonomy/parse_sides.ts";
import { contractSide, SIDE_CONFIDENCE } from "lib/taxonomy/side_rule.ts";
import { dataSetFixture } from "../fixtures/data_set.ts";
import { textOf, trueMarkets, universe } from "../sources/simulated/universe.ts";
import { SIDE_TEXTS } from "./side_texts.ts";

const rules = parseSides(await readYaml("config/sides.yaml"));

function contract(question: string | null, outcome = "Yes"): Market {
  return dataSetFixture({ "poly:1": { question, outcome } }).markets[0]!;
}

function sideOf(theme: string, question: string, outcome = "Yes") {
  return contractSide(contract(question, outcome), theme, rules).side;
}

Deno.test("contractSide() agrees with a reader on texts of every theme", () => {
  let n = 0;
  const wrong: string[] = [];
  for (const [theme, texts] of Object.entries(SIDE_TEXTS)) {
    for (const [question, side, outcome] of texts) {
      ++n;
      const got = contractSide(contract(question, outcome), theme, rules);
      if (got.side !== side) {
        wrong.push(
          `${theme}: ${question} [${outcome ?? "Yes"}] ${side}, got ${got.side}: ${got.reasoning}`,
        );
      }
    }
  }
  assert.deepEqual(wrong, []);
  assert.ok(n >= 120, `${n} texts`);
});

const texts = Object.entries(SIDE_TEXTS).flatMap(([theme, list]) =>
  list.map(([question, , outcome]) => ({ theme, question, outcome }))
);

Deno.test("contractSide() of the quoted No is the contrary of that of Yes", () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), ({ theme, question }) => {
      const yes = contractSide(contract(question), theme, rules);
      const no = contractSide(contract(question, "No"), theme, rules);
      // 0 and −0 are one side
      assert.equal(no.side + yes.side, 0);
      assert.equal(no.confidence, yes.confidence);
    }),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("contractSide() of a denied question is the contrary, of one denied twice the same", () => {
  fc.assert(
    fc.property(fc.constantFrom(...texts), ({ theme, question, outcome }) => {
      const side = sideOf(theme, question, outcome);
      const denied = `It is not true that: ${question}`;
      assert.equal(sideOf(theme, denied, outcome) + side, 0);
      assert.equal(sideOf(theme, `It is not the case: ${denied}`, outcome), side);
    }),
    { seed: 4, numRuns: 300 },
  );
});

Deno.test("contractSide() says what decided it, how often it was turned, and by which rules", () => {
  const said = contractSide(
    contract("Will Russia not capture Lyman?", "No"),
    "russia_ukraine",
    rules,
  );
  assert.deepEqual(said, {
    marketId: "poly:1",
    side: 1,
    confidence: SIDE_CONFIDENCE.word * SIDE_CONFIDENCE.turned,
    reasoning:
      '"captur*", turned once, and the quoted outcome is No: more of "escalation of the war in Ukraine".',
    method: "rule 1",
  });
});

Deno.test("contractSide() without a title, a driver or a deciding phrase says neither, and why", () => {
  const of = (market: Market, theme: string) => {
    const { side, confidence, reasoning } = contractSide(market, theme, rules);
    return { side, confidence, reasoning };
  };
  assert.deepEqual(of(contract(null), "us_economic"), {
    side: 0,
    confidence: 0.5,
    reasoning: "It has no title to read.",
  });
  assert.deepEqual(of(contract("Lakers vs. Celtics"), "sports"), {
    side: 0,
    confidence: 1,
    reasoning: "Its theme has no driver.",
  });
  assert.deepEqual(of(contract("Will Arnold smile?"), "us_economic"), {
    side: 0,
    confidence: 0.5,
    reasoning: "No phrase of its theme decides.",
  });
  assert.deepEqual(of(contract("Will Bitcoin do well?"), "crypto_digital"), {
    side: 0,
    confidence: 0.5,
    reasoning: '"bitcoin" without a direction says neither.',
  });
  assert.deepEqual(of(contract("Will Senate Democrats meet Republicans?"), "us_elections"), {
    side: 0,
    confidence: 0.5,
    reasoning: '"democrat*", "republican*" without success or setback says neither.',
  });
});

Deno.test("contractSide() does not look at prices' times, ids or rule texts", () => {
  const market = contract("Will Russia capture Lyman by June 30?");
  const told = {
    ...market,
    description: "This resolves to No. A ceasefire is a deal.",
    slug: "ceasefire",
    eventTitle: "Ceasefire?",
  };
  assert.deepEqual(
    contractSide(told, "russia_ukraine", rules),
    contractSide(market, "russia_ukraine", rules),
  );
});

Deno.test("contractSide() refuses an unknown theme", () => {
  assert.throws(() => contractSide(contract("?"), "weather", rules), {
    name: "RangeError",
    message:
      /^Cannot find the side of "poly:1" as its theme must be one of us_elections, .*: got weather$/,
  });
});

// the planted sign is with respect to the cluster's factor, whose own sign is a convention of each
// cluster; so within a cluster our sides must be all the planted ones or all their contraries
Deno.test("contractSide() orders simulated contracts as planted, up to a sign for each cluster", () => {
  const simulation = universe("default", "full");
  const { tables: { markets } } = simulation;
  const [ids, questions, outcomes] = ["market_id", "question", "outcome"].map((name) =>
    textOf(markets, name)
  );
  const rowOf = new Map(ids!.map((id, row) => [id, row]));
  const clusters = new Map<string, { same: number; contrary: number }>();
  for (const { id, theme, cluster, side, clusterLoading } of trueMarkets(simulation)) {
    const row = rowOf.get(id), planted = side * Math.sign(clusterLoading);
    if (row === undefined || planted === 0 || !rules.themes.has(theme)) continue;
    const market = { ...contract(questions![row]!, outcomes![row]!), marketId: id };
    const ours = contractSide(market, theme, rules).side;
    if (ours === 0) continue;
    const counts = clusters.get(cluster) ?? { same: 0, contrary: 0 };
    ++counts[ours === planted ? "same" : "contrary"];
    clusters.set(cluster, counts);
  }
  let agreed = 0, n = 0;
  for (const { same, contrary } of clusters.values()) {
    agreed += Math.max(same, contrary);
    n += same + contrary;
  }
  assert.ok(clusters.size >= 20, `${clusters.size} clusters`);
  assert.ok(agreed / n >= 0.95, `${agreed} of ${n}`);
});
