import { countOf } from "../core/number_text.ts";
import type { Decision, SubjectKind } from "../review/decision.ts";
import type { StandingSubject, SubjectStanding } from "../review/standing_subject.ts";
import { type Markup, markup } from "./markup.ts";
import { verdictText } from "./verdict_text.ts";

/** Names and reasons that rows of the report need. */
export interface ReportWords {
  /** Name of a theme by its id. */
  readonly nameOf: (theme: string) => string;
  /** Why a contract's theme changed, by the id of the question. */
  readonly reasons: ReadonlyMap<string, string>;
}

/** How questions are grouped, what needs a person first. */
const GROUPS: readonly { readonly standing: SubjectStanding; readonly title: string }[] = [
  { standing: "stale", title: "Stale: signed on other data; changes nothing until signed again" },
  { standing: "waiting", title: "Waiting for a person" },
  { standing: "flagged", title: "Flagged" },
  { standing: "signed", title: "Signed" },
];

/**
 * The questions of a checkpoint by how they stand: stale, waiting, flagged, signed.
 *
 * Of questions that nobody must answer and nobody did only the number is told, but for changes of theme,
 * which are few and each a question of its own.
 *
 * @param options.nQuiet Such questions that are not among `subjects`.
 */
export function questionTables(
  subjects: readonly StandingSubject[],
  words: ReportWords,
  { nQuiet }: { readonly nQuiet: number },
): Markup[] {
  const isListed = ({ kind, standing }: StandingSubject) =>
    standing !== "idle" || kind === "theme_change";
  const nLeftOut = nQuiet + subjects.filter((one) => !isListed(one)).length;
  const groups = [...GROUPS, { standing: "idle" as const, title: "Not judged; nobody must" }]
    .map(({ standing, title }) => ({
      title,
      own: subjects.filter((one) => one.standing === standing && isListed(one)),
    }))
    .filter(({ own }) => own.length > 0);
  return [
    ...groups.map(({ title, own }) =>
      markup`<h3>${title} (${own.length})</h3>
${own[0]!.decision === null ? questionList(own, words) : decisionTable(own, words)}
`
    ),
    ...nLeftOut === 0 ? [] : [
      markup`<p class="muted">${
        countOf(nLeftOut, "more question")
      } that a person may answer and nobody has.</p>`,
    ],
  ];
}

/** Decisions in force whose question is gone. */
export function orphanTable(orphans: readonly Decision[], words: ReportWords): Markup {
  return decisionTable(
    orphans.map((decision) => ({ ...decision, id: decision.subject, decision })),
    words,
  );
}

/** What a row is about. */
type Asked = Pick<StandingSubject, "kind" | "id" | "title" | "decision" | "rename">;

function questionList(asked: readonly Asked[], words: ReportWords): Markup {
  return markup`<ul>
${
    asked.map((one) =>
      markup`<li>${questionMarkup(one, words)}</li>
`
    )
  }</ul>`;
}

function decisionTable(asked: readonly Asked[], words: ReportWords): Markup {
  return markup`<table class="decisions">
<thead><tr><th scope="col">What was asked</th><th scope="col">Verdict</th><th scope="col">By</th>
<th scope="col">When</th><th scope="col">Comment</th></tr></thead>
<tbody>${asked.map((one) => decisionRow(one, words))}</tbody>
</table>`;
}

function decisionRow(asked: Asked, words: ReportWords): Markup {
  const { by, at, comment } = asked.decision!;
  const name = asked.rename === undefined ? "" : `, ${verdictText(asked.rename, words)} before`;
  return markup`<tr><td>${questionMarkup(asked, words)}</td><td><bdi>${
    verdictText(asked.decision!, words) + name
  }</bdi></td><td><bdi>${by}</bdi></td><td><time datetime="${at}">${at.slice(0, 10)} ${
    at.slice(11, 16)
  } UTC</time></td><td class="comment"><bdi>${comment}</bdi></td></tr>
`;
}

/** A question; its title is isolated, as it may hold marks that turn the direction of what follows. */
function questionMarkup({ kind, id, title }: Asked, { reasons }: ReportWords): Markup {
  const why = reasons.get(id);
  return markup`<span class="muted">${KIND_WORDS[kind]}:</span> <bdi>${
    title === "" ? id : title
  }</bdi>${
    why === undefined || kind !== "theme_change"
      ? null
      : markup`<br><span class="muted"><bdi>${why}</bdi></span>`
  }`;
}

const KIND_WORDS: Readonly<Record<SubjectKind, string>> = {
  cut: "cut",
  cluster: "cluster",
  theme: "theme",
  side: "side",
  contract: "contract",
  twin: "twins",
  audit: "audit",
  basket: "basket",
  returns: "returns",
  theme_change: "change of theme",
};
