import type { FactRow } from "../../store/response_store.ts";
import { type Fact, VERSIONED } from "./fact.ts";

/** A fact as it is stored. Its outline is the same fact with at most the last entry of its lists. */
export function factRow(fact: Fact): FactRow {
  const outline = outlineOf(fact);
  return {
    kind: fact.kind,
    subject: fact.subject,
    fromMs: "fromMs" in fact ? fact.fromMs : null,
    toMs: "toMs" in fact ? fact.toMs : null,
    isVersion: VERSIONED.includes(fact.kind),
    content: JSON.stringify(fact),
    ...(outline === undefined ? {} : { outline: JSON.stringify(outline) }),
  };
}

/** The fact in a row that {@link factRow} made; of a row with an outline as content, that. */
export function factOf({ content }: Pick<FactRow, "content">): Fact {
  return JSON.parse(content) as Fact;
}

function outlineOf(fact: Fact): Fact | undefined {
  switch (fact.kind) {
    case "days":
      return { ...fact, points: fact.points.slice(-1) };
    case "tape":
      return { ...fact, trades: [] };
    case "bars":
      return { ...fact, bars: [] };
    default:
      return undefined;
  }
}
