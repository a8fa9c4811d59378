import { seenHash, type Subject } from "../../lib/review/subject.ts";
import { twinKey } from "../../lib/taxonomy/corrections.ts";
import type { FixturePart } from "./fixture_run.ts";
import type { FixtureContract } from "./fixture_contracts.ts";
import { FIXTURE_THEMES } from "./fixture_contracts.ts";
import { recordTable } from "./record_table.ts";

const CLASSIFIER = "lexical, fixture";

/** Themes by words, the sheet of an audit, twins and the texts of the contracts. */
export function fixtureWords(
  contracts: readonly FixtureContract[],
  random: () => number,
): FixturePart {
  const sheet = contracts.slice(0, 50);
  const edges = contracts.slice(50, 56);
  const audited = [
    ...sheet.map((one) => ({ ...one, sheet: "audit_50" })),
    ...edges.map((one) => ({ ...one, sheet: "edge_other" })),
  ];
  const differing = contracts.slice(60, 70);
  const pairs = Array.from({ length: 10 }, (_, i) => ({
    a: contracts[i === 0 ? 0 : 80 + 2 * i]!,
    b: contracts[i === 0 ? 1 : 81 + 2 * i]!,
    isAccepted: i < 5,
  }));
  const reasoning = "The words “rate” and “<b>cut</b>” stand in the title.";
  const checkpoints = {
    "04_contracts": recordTable(
      {
        market_id: "string",
        title: "string",
        ticker_id: "string",
        event_id: "string",
        method: "string",
        confidence: "number",
        period: "string",
      },
      contracts.map(({ marketId, title, eventId }) => ({
        ...{ market_id: marketId, title, ticker_id: `${eventId} yes`, event_id: eventId },
        ...{ method: "title", confidence: 0.9, period: "" },
      })),
    ),
    "04_classifications": recordTable(
      {
        market_id: "string",
        event_id: "string",
        primary_theme: "string",
        secondary_theme: "string",
        confidence: "number",
        reasoning: "string",
        classifier: "string",
      },
      contracts.map(({ marketId, eventId, theme }, i) => ({
        ...{ market_id: marketId, event_id: eventId, primary_theme: theme, reasoning },
        secondary_theme: i % 3 === 0 ? "other" : null,
        confidence: 0.5 + 0.5 * random(),
        classifier: CLASSIFIER,
      })),
    ),
    "04_sides": recordTable(
      {
        market_id: "string",
        side: "integer",
        confidence: "number",
        reasoning: "string",
        method: "string",
      },
      contracts.map(({ marketId }, i) => ({
        ...{ market_id: marketId, side: i % 3 - 1, confidence: 0.8, method: "words" },
        reasoning: "A yes is more of the theme's driver.",
      })),
    ),
    "04_reconciled": recordTable(
      {
        market_id: "string",
        event_id: "string",
        theme: "string",
        rule: "string",
        cluster_theme: "string",
        llm_theme: "string",
        confidence: "number",
        cluster_id: "integer",
        cluster_stability: "number",
        cluster_q: "number",
      },
      contracts.map(({ marketId, eventId, theme }, i) => ({
        ...{ market_id: marketId, event_id: eventId, theme, rule: "words", llm_theme: theme },
        ...{ cluster_theme: i % 4 === 0 ? "other" : null, confidence: 0.8 },
        ...{ cluster_id: i % 8, cluster_stability: 0.8, cluster_q: 0.04 },
      })),
    ),
    "04_agreement": recordTable(
      {
        cluster_id: "integer",
        cluster_label: "string",
        theme: "string",
        n: "integer",
        expected: "number",
        residual: "number",
        p_value: "number",
        q_value: "number",
      },
      Array.from({ length: 8 }, (_, cluster) =>
        FIXTURE_THEMES.map((theme, k) => ({
          ...{ cluster_id: cluster, cluster_label: `Cluster ${cluster + 1}`, theme },
          ...{ n: (cluster + k) % 5, expected: 2, residual: 0.3, p_value: 0.2, q_value: 0.4 },
        }))).flat(),
    ),
    "04_disagreements": recordTable(
      {
        priority: "integer",
        market_id: "string",
        event_id: "string",
        title: "string",
        cluster_share: "number",
        theme_q: "number",
      },
      differing.map(({ marketId, eventId, title }, i) => ({
        ...{ priority: 1 + Math.floor(i / 3), market_id: marketId, event_id: eventId, title },
        ...{ cluster_share: 0.7, theme_q: 0.03 },
      })),
    ),
    "04_twins": recordTable(
      {
        market_a: "string",
        market_b: "string",
        similarity: "number",
        days_apart: "number",
        subject: "string",
        predicate: "string",
        numbers: "string",
        deadline: "string",
        accepted: "bool",
        reason: "string",
      },
      pairs.map(({ a, b, isAccepted }, i) => ({
        ...{ market_a: a.marketId, market_b: b.marketId, similarity: 0.95 - i / 50 },
        ...{ days_apart: i, subject: "same", predicate: "same", numbers: "same" },
        ...{ deadline: "same", accepted: isAccepted, reason: isAccepted ? "" : "numbers differ" },
      })),
    ),
    "04_audit": recordTable(
      {
        sheet: "string",
        market_id: "string",
        event_id: "string",
        title: "string",
        theme: "string",
        secondary_theme: "string",
        confidence: "number",
        reasoning: "string",
        classifier: "string",
      },
      audited.map(({ sheet, marketId, eventId, title, theme }) => ({
        ...{ sheet, market_id: marketId, event_id: eventId, title, theme, reasoning },
        ...{ secondary_theme: null, confidence: 0.7, classifier: CLASSIFIER },
      })),
    ),
    "04_texts": recordTable(
      {
        market_id: "string",
        title: "string",
        outcome: "string",
        event_title: "string",
        rules: "string",
        closes_at: "timestamp",
      },
      contracts.map(({ marketId, title, rules }) => ({
        ...{ market_id: marketId, title, outcome: null, event_title: title, rules },
        closes_at: Date.UTC(2025, 11, 31),
      })),
    ),
  };
  const ask = (kind: Subject["kind"], id: string, title: string, isRequired: boolean): Subject => ({
    ...{ kind, id, title, isRequired },
    seen: seenHash([kind, id, title]),
  });
  const byEvent = new Map(contracts.map((one) => [one.eventId, one]));
  const subjects = [
    ...audited.map(({ sheet, marketId, title }) =>
      ask("audit", `${sheet} | ${marketId}`, title, sheet === "audit_50")
    ),
    ...pairs.map(({ a, b, isAccepted }) =>
      ask("twin", twinKey(a.marketId, b.marketId), `${a.title} / ${b.title}`, isAccepted)
    ),
    ...[...byEvent.values()].map(({ eventId, title }) => ask("theme", eventId, title, false)),
    ...contracts.flatMap(({ marketId, title }) => [
      ask("side", marketId, title, false),
      ask("contract", marketId, title, false),
    ]),
  ];
  return { checkpoints, subjects };
}
