/** What makes a contract worth a look although it was not drawn. */
export interface EdgeCandidate {
  readonly marketId: string;
  readonly eventId: string;
  readonly secondaryTheme: string | null;
  /** Probability that the classifier gives its theme. */
  readonly confidence: number;
  /** Whether prices put it into another theme than words do. */
  readonly isContradicted: boolean;
}

/** Why a contract could go either way. */
export type EdgeKind =
  /** Prices put it into another theme than words do. */
  | "contradicted"
  /** It spans two themes. */
  | "two_themes"
  /** Its confidence is near the limit below which it would be uncategorized. */
  | "unsure";

/** A contract that could go either way. */
export interface EdgeCase<T extends EdgeCandidate> {
  readonly kind: EdgeKind;
  readonly item: T;
}

/**
 * Contracts that could go either way, as many of each of three kinds as there are, by turns.
 *
 * First those that prices contradict, the surest words first; then those of two themes, the least
 * sure first; then those nearest the limit of confidence. A contract comes once, by the first kind
 * that reaches it, and of each event there is one. They are chosen and not drawn, so how many of
 * them are right says nothing about all.
 *
 * NaN: a contract without a confidence is never unsure and comes last in the other kinds.
 *
 * @param options.size Most contracts.
 * @param options.minConfidence The limit below which a contract is uncategorized.
 */
export function edgeCases<T extends EdgeCandidate>(
  items: readonly T[],
  { size, minConfidence }: { readonly size: number; readonly minConfidence: number },
): EdgeCase<T>[] {
  const unsure = (item: T) => Math.abs(item.confidence - minConfidence);
  const known = items.filter(({ confidence }) => !Number.isNaN(confidence));
  const queues: [EdgeKind, T[]][] = [
    ["contradicted", rising(items.filter((one) => one.isContradicted), (one) => -one.confidence)],
    [
      "two_themes",
      rising(items.filter((one) => one.secondaryTheme !== null), (one) => one.confidence),
    ],
    ["unsure", rising(known, unsure)],
  ];
  const seen = new Set<string>();
  const found: EdgeCase<T>[] = [];
  while (found.length < size && queues.some(([, queue]) => queue.length > 0)) {
    for (const [kind, queue] of queues) {
      while (queue.length > 0 && seen.has(queue[0]!.eventId)) queue.shift();
      const item = queue.shift();
      if (item === undefined || found.length === size) continue;
      seen.add(item.eventId);
      found.push({ kind, item });
    }
  }
  return found;
}

/** By a number, unknown last, then by market id. */
function rising<T extends EdgeCandidate>(items: readonly T[], of: (item: T) => number): T[] {
  const key = (item: T) => Number.isNaN(of(item)) ? Infinity : of(item);
  return [...items].sort((a, b) => {
    const x = key(a), y = key(b);
    return x < y ? -1 : x > y ? 1 : a.marketId < b.marketId ? -1 : 1;
  });
}
