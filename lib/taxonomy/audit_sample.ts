import { randomStream } from "../core/random.ts";
import { proportionalAllocation } from "../stats/proportional_allocation.ts";

/** What the draw of a contract for an audit rests on. */
export interface AuditUnit {
  readonly marketId: string;
  readonly eventId: string;
  /** Theme to be judged; a theme is a stratum, `UNCATEGORIZED` too. */
  readonly theme: string;
}

/** One theme in a sample. */
export interface AuditStratum {
  readonly theme: string;
  /** Events of the theme. */
  readonly nEvents: number;
  readonly nDrawn: number;
  /** Events that each drawn contract stands for. */
  readonly weight: number;
}

/** Contracts to be judged by a person. */
export interface AuditSample<T extends AuditUnit> {
  /** By theme, then market id; each of another event. */
  readonly drawn: readonly T[];
  /** By theme. */
  readonly strata: readonly AuditStratum[];
}

/**
 * A random sample of contracts, stratified by theme: in proportion to the events of a theme, at
 * least one of each theme.
 *
 * The contracts of an event share one answer, so the event is drawn, and of it one contract. Each
 * event owns a random number that depends on the seed and its id alone, and a theme gives its
 * events of the least numbers; so new events in one theme never reshuffle another, and a larger
 * sample mostly extends a smaller one. Where a theme's events split between themes by
 * reconciliation, the event counts in each.
 *
 * The order of the items does not matter. Cost: O(n log n).
 * Source: Ohlsson 1995, permanent random numbers; Cochran 1977, stratified sampling.
 *
 * @param options.size Contracts to draw; all events where there are fewer.
 * @throws {RangeError} If `size` is not a whole number of at least the number of themes.
 */
export function auditSample<T extends AuditUnit>(
  items: readonly T[],
  { size, seed }: { readonly size: number; readonly seed: number },
): AuditSample<T> {
  const ownNumber = (name: string) => randomStream(seed, name)();
  const byTheme = new Map<string, Map<string, T[]>>();
  for (const item of items) {
    const events = byTheme.get(item.theme) ?? new Map<string, T[]>();
    byTheme.set(item.theme, events.set(item.eventId, [...(events.get(item.eventId) ?? []), item]));
  }
  const themes = [...byTheme].sort(([a], [b]) => a < b ? -1 : 1);
  const counts = proportionalAllocation(themes.map(([, events]) => events.size), size);
  const strata = themes.map(([theme, events], s) => ({
    ...{ theme, nEvents: events.size, nDrawn: counts[s]! },
    weight: events.size / counts[s]!,
  }));
  const drawn = themes.flatMap(([, events], s) =>
    least([...events.keys()], counts[s]!, (eventId) => ownNumber(`audit of event ${eventId}`))
      .map((eventId) => {
        const contracts = new Map(events.get(eventId)!.map((item) => [item.marketId, item]));
        const [one] = least([...contracts.keys()], 1, (id) => ownNumber(`audit of market ${id}`));
        return contracts.get(one!)!;
      })
      .sort((a, b) => a.marketId < b.marketId ? -1 : 1)
  );
  return { drawn, strata };
}

/** The `count` names of the least numbers; equal numbers by name. */
function least(names: readonly string[], count: number, of: (name: string) => number): string[] {
  return names.map((name) => ({ name, number: of(name) }))
    .sort((a, b) => a.number - b.number || (a.name < b.name ? -1 : 1))
    .slice(0, count).map(({ name }) => name);
}
