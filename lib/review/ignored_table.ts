import { stringColumn, type Table, table } from "../core/table.ts";
import type { SignedCorrections } from "./corrections_of.ts";
import { shortText } from "./short_text.ts";

const LINE = { most: 300 };

/**
 * Decisions that would change words and do not: kind, subject, title, verdict, by, reason; in the order
 * given. Subject, title and name are untrusted, on one line and cut after 300 characters.
 */
export function ignoredTable({ ignored }: Pick<SignedCorrections, "ignored">): Table {
  const decisions = ignored.map(({ decision }) => decision);
  return table({
    kind: stringColumn(decisions.map(({ kind }) => kind)),
    subject: stringColumn(decisions.map(({ subject }) => shortText(subject, LINE))),
    title: stringColumn(decisions.map(({ title }) => shortText(title, LINE))),
    verdict: stringColumn(decisions.map(({ verdict }) => verdict)),
    by: stringColumn(decisions.map(({ by }) => shortText(by, LINE))),
    reason: stringColumn(ignored.map(({ reason }) => reason)),
  });
}
