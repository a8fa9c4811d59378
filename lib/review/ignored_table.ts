import { stringColumn, type Table, table } from "../core/table.ts";
import type { SignedCorrections } from "./corrections_of.ts";

/**
 * Decisions that would change words and do not: kind, subject, title, verdict, by, reason; in the order
 * given. Subject, title and name are untrusted.
 */
export function ignoredTable({ ignored }: Pick<SignedCorrections, "ignored">): Table {
  const decisions = ignored.map(({ decision }) => decision);
  return table({
    kind: stringColumn(decisions.map(({ kind }) => kind)),
    subject: stringColumn(decisions.map(({ subject }) => subject)),
    title: stringColumn(decisions.map(({ title }) => title)),
    verdict: stringColumn(decisions.map(({ verdict }) => verdict)),
    by: stringColumn(decisions.map(({ by }) => by)),
    reason: stringColumn(ignored.map(({ reason }) => reason)),
  });
}
