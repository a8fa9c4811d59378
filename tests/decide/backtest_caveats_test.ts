import assert from "node:assert/strict";
import { caveatLines } from "lib/decide/backtest_caveats.ts";
import { basketsOf, funnelView } from "lib/decide/backtest_views.ts";
import { titleReader } from "lib/taxonomy/contract_title.ts";
import { type Corrections, NO_CORRECTIONS } from "lib/taxonomy/corrections.ts";
import { analysed, FEW } from "./analysed.ts";
import { configWith } from "./replayed.ts";
import { IDS, MONTH_ENDS, twoThemes } from "./two_themes.ts";

const DATA = twoThemes();
const CONFIG = configWith(FEW), METHOD = "words_equal";
const PLAIN = analysed(DATA, { days: MONTH_ENDS.slice(0, 2), methods: [METHOD], config: CONFIG });

function linesWith(corrections: Partial<Corrections>) {
  return caveatLines(PLAIN.studies[0]!, {
    baskets: basketsOf(PLAIN.replays, { method: METHOD, policy: "cash" }),
    ...{ titleOf: titleReader(DATA.markets), isQuoted: false },
    corrections: { ...NO_CORRECTIONS, ...corrections },
  }, CONFIG.settings);
}

Deno.test("caveatLines() warns of hindsight where people excluded or corrected contracts", () => {
  const plain = linesWith({});
  assert.equal(plain.length, 4);
  const excluded = new Map([["poly:00", -Infinity], ["poly:01", 3]]);
  assert.deepEqual(linesWith({ excluded }), [
    [
      "**Signed by people.** 2 contracts are excluded by a person, who knew their history: what " +
      "that changes is hindsight.",
      "04_corrections",
    ],
    ...plain,
  ]);
  const [both] = linesWith({
    excluded: new Map([["poly:00", 3]]),
    sides: new Map([["poly:1", 0]]),
  });
  assert.equal(
    both![0],
    "**Signed by people.** 1 contract is excluded by a person, who knew its history: what that " +
      "changes is hindsight. People gave 1 contract a side. That is read from words, yet by who " +
      "could see all prices.",
  );
  const [words] = linesWith({ rejectedTwins: new Set(["a | b"]) });
  assert.match(
    words![0],
    /^\*\*Signed by people\.\*\* People called 1 pair of twins two questions\./,
  );
});

Deno.test("funnelView() shows people's exclusions after the filters, only where there are any", () => {
  const corrections = { ...NO_CORRECTIONS, excluded: new Map([[IDS[0]!, MONTH_ENDS[1]!]]) };
  const signed = analysed(DATA, {
    ...{ days: MONTH_ENDS.slice(0, 2), methods: [METHOD] as const },
    config: { ...CONFIG, corrections },
  });
  const { steps } = funnelView(signed.decisions, METHOD);
  const plain = funnelView(PLAIN.decisions, METHOD).steps;
  assert.equal(steps.length, plain.length + 1);
  assert.deepEqual(steps.slice(0, -3), plain.slice(0, -2));
  assert.deepEqual(steps.at(-3), {
    ...{ name: "Not excluded by a person", kind: "filter", nLeft: [12, 11], nUnknown: [0, 0] },
  });
});
