import assert from "node:assert/strict";
import { auditCandidates } from "lib/classify/audit_candidates.ts";
import type { Classification } from "lib/classify/event_text.ts";
import type { ReconciledEvent, ReconciliationRule } from "lib/taxonomy/reconcile.ts";
import { madeMarket, TWO_EVENTS } from "./made_contracts.ts";

const HOSTILE = '=HYPERLINK("http://x")\n<img src=x onerror=alert(1)>\u202e';
const MARKETS = [
  madeMarket("poly:0", { question: HOSTILE, description: "Rules." }),
  madeMarket("poly:1"),
  madeMarket("poly:2", { eventTitle: "Presidential election", groupItemTitle: "Newsom" }),
];

function answer(eventId: string, facts: Partial<Classification>): Classification {
  return {
    ...{ eventId, primaryTheme: "sports", secondaryTheme: null, confidence: 0.7 },
    ...{ reasoning: `about ${eventId}`, classifier: "made 1" },
    ...facts,
  };
}

const ANSWERS = [
  answer("b", { primaryTheme: "us_elections", secondaryTheme: "sports", confidence: 0.9 }),
  answer("a", {}),
];

function found(
  eventId: string,
  rule: ReconciliationRule,
  wordsTheme: string | null = "sports",
): ReconciledEvent {
  return {
    ...{ eventId, marketId: "poly:0", nContracts: 2, rule, wordsTheme, theme: "sports" },
    ...{ confidence: 0.7, cluster: null },
  };
}

Deno.test("auditCandidates() has every contract with the classification of its event", () => {
  const reconciled = [found("b", "review"), found("a", "both agree")];
  const elections = {
    ...{ eventId: "b", theme: "us_elections", secondaryTheme: "sports", confidence: 0.9 },
    ...{ reasoning: "about b", classifier: "made 1", isContradicted: true },
  };
  assert.deepEqual(auditCandidates(MARKETS, TWO_EVENTS, ANSWERS, reconciled), [
    {
      ...elections,
      ...{ marketId: "poly:0", title: HOSTILE, ruleText: "Rules." },
    },
    {
      ...{ marketId: "poly:1", eventId: "a", title: "poly:1", ruleText: null, theme: "sports" },
      ...{ secondaryTheme: null, confidence: 0.7, reasoning: "about a", classifier: "made 1" },
      isContradicted: false,
    },
    {
      ...elections,
      ...{ marketId: "poly:2", title: "Presidential election: Newsom", ruleText: null },
    },
  ]);
});

Deno.test("auditCandidates() takes the contracts of an event as contradicted where prices say another theme", () => {
  const rules: [ReconciliationRule, boolean][] = [
    ["statistics", true],
    ["review", true],
    ["prices name", false],
    ["both agree", false],
    ["words only", false],
    ["neither", false],
  ];
  for (const [rule, isContradicted] of rules) {
    const contracts = auditCandidates(MARKETS, TWO_EVENTS, ANSWERS, [found("b", rule)]);
    assert.deepEqual(
      contracts.map((one) => one.isContradicted),
      [isContradicted, false, isContradicted],
      rule,
    );
  }
  for (const theme of ["uncategorized", null]) {
    const [, one] = auditCandidates(MARKETS, TWO_EVENTS, ANSWERS, [found("a", "review", theme)]);
    assert.equal(one!.isContradicted, false);
  }
});

Deno.test("auditCandidates() minds not the order of classifications and reconciled events", () => {
  const reconciled = [found("b", "review"), found("a", "statistics")];
  assert.deepEqual(
    auditCandidates(MARKETS, TWO_EVENTS, [...ANSWERS].reverse(), [...reconciled].reverse()),
    auditCandidates(MARKETS, TWO_EVENTS, ANSWERS, reconciled),
  );
  assert.deepEqual(auditCandidates([], { links: [], tickers: [], events: [] }, [], []), []);
});

Deno.test("auditCandidates() refuses an event without a classification", () => {
  assert.throws(() => auditCandidates(MARKETS, TWO_EVENTS, ANSWERS.slice(0, 1), []), {
    name: "RangeError",
    message:
      'Cannot list contracts to audit as each event must have a classification: got none for "a"',
  });
});
