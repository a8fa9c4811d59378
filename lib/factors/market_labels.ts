import { cellAt, columnOf, type Table } from "../core/table.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { ThemePlace } from "./theme_indices.ts";

/** What the classification says of contracts, by market id. */
export interface MarketLabels {
  readonly eventOf: (marketId: string) => string;
  /** Primary theme by words; `null` without one. */
  readonly themeOf: (marketId: string) => string | null;
  /** Kind of the event, such as `time_variant`; `null` unknown. */
  readonly kindOf: (marketId: string) => string | null;
  /** Theme, event and side of the contracts with a theme that has a place. */
  readonly places: ReadonlyMap<string, ThemePlace>;
}

/**
 * Labels of contracts out of the checkpoints of notebook 04.
 *
 * A contract without a row is its own event. Where words do not say which side a theme is held on, the
 * contract is taken as quoted. Cost: O(rows).
 *
 * @param tables.classified `04_classifications`: market_id, event_id, primary_theme.
 * @param tables.events `04_events`: event_id, kind.
 * @param tables.sides `04_sides`: market_id, side.
 * @param options.themes Ids of the themes that have a place.
 * @throws {TypeError} If a column is missing or of another type.
 */
export function marketLabels(
  { classified, events, sides }: {
    readonly classified: Table;
    readonly events: Table;
    readonly sides: Table;
  },
  { themes: held }: { readonly themes: ReadonlySet<string> },
): MarketLabels {
  const ownEvents = textMap(classified, "market_id", "event_id");
  const themes = textMap(classified, "market_id", "primary_theme");
  const kinds = textMap(events, "event_id", "kind");
  const sideOf = new Map<string, number>();
  const ids = columnOf(sides, "market_id", "string"), side = columnOf(sides, "side", "integer");
  for (let row = 0; row < sides.nRows; ++row) {
    sideOf.set(String(cellAt(ids, row)), side.values[row]!);
  }
  const eventOf = (marketId: string) => ownEvents.get(marketId) ?? marketId;
  return {
    eventOf,
    themeOf: (marketId) => {
      const theme = themes.get(marketId);
      return theme === undefined || theme === UNCATEGORIZED ? null : theme;
    },
    kindOf: (marketId) => kinds.get(eventOf(marketId)) ?? null,
    places: new Map(
      Array.from(themes).filter(([, theme]) => held.has(theme)).map(([marketId, theme]) => [
        marketId,
        { theme, event: eventOf(marketId), side: (sideOf.get(marketId) ?? 0) < 0 ? -1 : 1 },
      ]),
    ),
  };
}

function textMap(from: Table, key: string, value: string): Map<string, string> {
  const keys = columnOf(from, key, "string"), values = columnOf(from, value, "string");
  const found = new Map<string, string>();
  for (let row = 0; row < from.nRows; ++row) {
    const text = cellAt(values, row);
    if (text !== null) found.set(String(cellAt(keys, row)), String(text));
  }
  return found;
}
