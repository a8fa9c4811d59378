import { numberColumn, stringColumn, type Table, table } from "../core/table.ts";

/** A contract as a person is shown it for a verdict. Texts are untrusted. */
export interface AuditEntry {
  /** Which sheet it is on: `audit_100`, `edge_unsure`. */
  readonly sheet: string;
  readonly marketId: string;
  readonly eventId: string;
  readonly title: string;
  /** Rule text; `null` where none is known. */
  readonly ruleText: string | null;
  /** The theme by words. */
  readonly theme: string;
  readonly secondaryTheme: string | null;
  readonly confidence: number;
  readonly reasoning: string;
  /** Name and version of the classifier that gave the theme. */
  readonly classifier: string;
}

/**
 * The sheet that a person fills in: sheet, market_id, title, event_id, rule_text, theme,
 * secondary_theme, confidence, reasoning, classifier, and empty verdict, right_theme, reviewer, note.
 *
 * Texts are put on one line and rule texts are cut. Written by `tableCsv`, no cell of it is a
 * formula to a spreadsheet.
 *
 * @param options.ruleCharacters Most characters of a rule text.
 */
export function auditSheet(
  entries: readonly AuditEntry[],
  { ruleCharacters }: { readonly ruleCharacters: number },
): Table {
  const empty = () => stringColumn(entries.map(() => null));
  return table({
    sheet: stringColumn(entries.map(({ sheet }) => sheet)),
    market_id: stringColumn(entries.map(({ marketId }) => marketId)),
    title: stringColumn(entries.map(({ title }) => oneLine(title))),
    event_id: stringColumn(entries.map(({ eventId }) => eventId)),
    rule_text: stringColumn(
      entries.map(({ ruleText }) =>
        ruleText === null ? null : cut(oneLine(ruleText), ruleCharacters)
      ),
    ),
    theme: stringColumn(entries.map(({ theme }) => theme)),
    secondary_theme: stringColumn(entries.map(({ secondaryTheme }) => secondaryTheme)),
    confidence: numberColumn(entries.map(({ confidence }) => confidence)),
    reasoning: stringColumn(entries.map(({ reasoning }) => oneLine(reasoning))),
    classifier: stringColumn(entries.map(({ classifier }) => classifier)),
    verdict: empty(),
    right_theme: empty(),
    reviewer: empty(),
    note: empty(),
  });
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** The head of a text in whole characters, with an ellipsis where something is missing. */
function cut(text: string, characters: number): string {
  const all = Array.from(text);
  return all.length <= characters ? text : `${all.slice(0, characters).join("")}…`;
}
