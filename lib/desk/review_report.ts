import { Buffer } from "node:buffer";
import type { Decision } from "../review/decision.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { DeskState } from "./desk_api.ts";
import { type DeskReader, deskReader } from "./desk_reader.ts";
import { deskState } from "./desk_state.ts";
import { htmlOf, type Markup, markup } from "./markup.ts";
import { accuracyMarkup, reportedAccuracy } from "./report_accuracy.ts";
import { changeReasons } from "./report_changes.ts";
import { reportCharts } from "./report_charts.ts";
import { type FilledSection, reportPage } from "./report_page.ts";
import { REPORT_SECTIONS, sectionOf } from "./report_sections.ts";
import { orphanTable, questionTables, type ReportWords } from "./report_table.ts";

/**
 * The review as one page to send or to print: for each of the five checkpoints what was judged, by whom,
 * when and with what comment, and what is open, stale or flagged.
 *
 * One file without scripts; charts are pictures within it. No clock enters: equal data give equal bytes.
 *
 * @param out Folder of the run; a relative path is below the project's folder.
 * @throws {Error} If there is nothing to review or it cannot be read.
 */
export async function reviewReport(
  out: string,
  { reader = deskReader(out) }: { readonly reader?: DeskReader } = {},
): Promise<string> {
  const state = await deskState(out, { reader });
  const names = new Map(state.themes.map(({ id, name }) => [id, name]));
  const nameOf = (theme: string) =>
    theme === UNCATEGORIZED ? "no theme" : names.get(theme) ?? theme;
  const words: ReportWords = { nameOf, reasons: await changeReasons(reader.out, { nameOf }) };
  const quiet = sectionOf("contract", "");
  const sections = REPORT_SECTIONS.map((section): FilledSection => ({
    section,
    subjects: state.subjects.filter(({ kind, id }) => sectionOf(kind, id) === section),
  }));
  const parts: Markup[] = [];
  for (const [k, filled] of sections.entries()) {
    const { id, title, question, charts } = filled.section;
    const nQuiet = filled.section === quiet ? state.nQuiet : 0;
    parts.push(markup`<section aria-labelledby="${id}">
<h2 id="${id}">${k + 1}. ${title}</h2>
<p class="muted">${question}</p>
${await accuracyOf(filled, state, { out: reader.out, nameOf })}
${
      filled.subjects.length + nQuiet === 0
        ? [markup`<p>The run asks nothing here.</p>`]
        : questionTables(filled.subjects, words, { nQuiet })
    }
${await reportCharts(reader.out, charts)}
</section>
`);
  }
  const all = [...parts, ...restOf(state, words)];
  const nBytes = all.reduce((sum, part) => sum + Buffer.byteLength(htmlOf(part)), 0);
  return htmlOf(reportPage(state, sections, { parts: all, nBytes }));
}

/** The accuracy, in the section whose questions it rests on. */
async function accuracyOf(
  { section, subjects }: FilledSection,
  state: DeskState,
  { out, nameOf }: { readonly out: string; readonly nameOf: (theme: string) => string },
): Promise<Markup | null> {
  if (!section.kinds.includes("audit") || subjects.length === 0) return null;
  const inForce = [
    ...state.subjects.map(({ decision }) => decision),
    ...state.orphans,
  ].filter((decision): decision is Decision => decision !== null);
  return accuracyMarkup(await reportedAccuracy(out, inForce), { nameOf });
}

/** What is not about a question of today. */
function restOf(
  { orphans, rejected }: DeskState,
  words: ReportWords,
): Markup[] {
  return [
    ...orphans.length === 0 ? [] : [
      markup`<section aria-labelledby="orphans">
<h2 id="orphans">Decisions about what is not there now</h2>
<p class="muted">They change nothing, and speak again when their question comes back.</p>
${orphanTable(orphans, words)}
</section>
`,
    ],
    ...rejected.length === 0 ? [] : [
      markup`<section aria-labelledby="rejected">
<h2 id="rejected">Files that are no decisions</h2>
<ul>${
        rejected.map(({ file, reason }) =>
          markup`<li><bdi>${file}</bdi>: <bdi>${reason}</bdi></li>
`
        )
      }</ul>
</section>
`,
    ],
  ];
}
