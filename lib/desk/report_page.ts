import { countOf } from "../core/number_text.ts";
import { countStandings } from "../review/standings.ts";
import type { StandingSubject } from "../review/standing_subject.ts";
import type { DeskState } from "./desk_api.ts";
import { type Markup, markup } from "./markup.ts";
import type { ReportSection } from "./report_sections.ts";
import { REPORT_STYLE } from "./report_style.ts";

/** A checkpoint with its questions. */
export interface FilledSection {
  readonly section: ReportSection;
  readonly subjects: readonly StandingSubject[];
}

/**
 * The report around its sections: what it is of, whether it is reviewed, how large it is, and the table
 * of contents.
 *
 * @param options.nBytes Size of the parts.
 */
export function reportPage(
  { source, asOf, isSimulated, outdated, subjects }: DeskState,
  sections: readonly FilledSection[],
  { parts, nBytes }: { readonly parts: readonly Markup[]; readonly nBytes: number },
): Markup {
  const required = subjects.filter(({ isRequired }) => isRequired);
  const nOpen = required.length - countStandings(required).signed;
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<title>Review report · Basketry</title>
<style>${REPORT_STYLE}</style>
</head>
<body>
<header>
<h1>Review report</h1>
<p class="muted">On <bdi>${source}</bdi>, data to ${asOf}.${
    isSimulated ? " Simulated: nothing here is about real markets." : null
  }</p>
<p><strong class="${nOpen === 0 ? "good" : "warn"}">${
    nOpen === 0
      ? `Reviewed: all of ${countOf(required.length, "question")} that must be signed are.`
      : `Unreviewed: ${nOpen} of ${countOf(required.length, "question")} that must be signed ${
        nOpen === 1 ? "is" : "are"
      } not.`
  }</strong></p>
${
    outdated.length === 0
      ? null
      : markup`<p class="warn">Decided after the last run, and not yet in ${
        outdated.join(", ")
      }: deno task start runs what the decisions change.</p>`
  }
<p class="muted">One file of ${
    sizeText(nBytes)
  } with its charts in it; it opens without a network.</p>
</header>
<nav aria-label="Contents">
<table>
<thead><tr><th scope="col">Checkpoint</th><th scope="col" class="number">Must be signed</th>
<th scope="col" class="number">Of these signed</th><th scope="col" class="number">Waiting</th>
<th scope="col" class="number">Stale</th><th scope="col" class="number">Flagged</th></tr></thead>
<tbody>${sections.map(contentsRow)}</tbody>
</table>
</nav>
<main>
${parts}</main>
</body>
</html>
`;
}

function sizeText(nBytes: number): string {
  return nBytes < 950_000 ? `${Math.ceil(nBytes / 1000)} kB` : `${(nBytes / 1e6).toFixed(1)} MB`;
}

function contentsRow({ section, subjects }: FilledSection, k: number): Markup {
  const counts = countStandings(subjects);
  const required = subjects.filter(({ isRequired }) => isRequired);
  const cells = [
    required.length,
    countStandings(required).signed,
    counts.waiting,
    counts.stale,
    counts.flagged,
  ];
  return markup`<tr><td><a href="#${section.id}">${k + 1}. ${section.title}</a></td>${
    cells.map((cell) => markup`<td class="number">${cell}</td>`)
  }</tr>
`;
}
