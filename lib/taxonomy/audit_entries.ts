import { auditSample } from "./audit_sample.ts";
import type { AuditEntry } from "./audit_sheet.ts";
import { type EdgeCandidate, edgeCases } from "./edge_cases.ts";

/** A classified contract that may come on a sheet. */
export type AuditCandidate = Omit<AuditEntry, "sheet"> & EdgeCandidate;

/**
 * All sheets of an audit: a random sample of each size, named `audit_50` and so on, then the edge
 * cases, named `edge_contradicted`, `edge_two_themes` and `edge_unsure`.
 *
 * @param options.sizes Contracts of each random sample.
 * @param options.edgeSize Most edge cases, all kinds together.
 * @param options.minConfidence Below it a contract is uncategorized.
 * @throws {RangeError} If a size is smaller than the number of themes.
 */
export function auditEntries(
  items: readonly AuditCandidate[],
  { sizes, edgeSize, minConfidence, seed }: {
    readonly sizes: readonly number[];
    readonly edgeSize: number;
    readonly minConfidence: number;
    readonly seed: number;
  },
): AuditEntry[] {
  return [
    ...sizes.flatMap((size) =>
      auditSample(items, { size, seed }).drawn.map((item) => ({ ...item, sheet: `audit_${size}` }))
    ),
    ...edgeCases(items, { size: edgeSize, minConfidence })
      .map(({ kind, item }) => ({ ...item, sheet: `edge_${kind}` })),
  ];
}

/** Whether the contracts of a sheet were drawn at random, so that they speak for all. */
export function isRandomSheet(sheet: string): boolean {
  return /^audit_\d+$/.test(sheet);
}

/** Events of each theme, which weigh the verdicts of an audit; a theme without one is not in it. */
export function themeSizes(
  items: readonly { readonly eventId: string; readonly theme: string }[],
): Map<string, number> {
  const events = new Map<string, Set<string>>();
  for (const { theme, eventId } of items) {
    events.set(theme, (events.get(theme) ?? new Set()).add(eventId));
  }
  return new Map([...events].map(([theme, own]) => [theme, own.size]));
}
