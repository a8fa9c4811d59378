/// <reference lib="dom" />
import { cleanText } from "../charts/text_lines.ts";
import { countOf, countText } from "../core/number_text.ts";
import type { DeskState } from "../desk/desk_api.ts";
import type { StandingSubject } from "../review/standing_subject.ts";
import type { DeskClient, DeskProps } from "./desk_props.ts";
import { ChartGallery } from "./chart_gallery.tsx";
import { FirstSteps } from "./first_steps.tsx";
import { hashOfKind, KIND_WORDS, TABS } from "./desk_tabs.ts";
import { RecentDecisions } from "./recent_decisions.tsx";
import { type NotebookSummary, reviewSummary } from "./review_summary.ts";
import { StandingBadge } from "./standing.tsx";
import { verdictWords } from "./verdict_words.ts";

/** Open questions that are shown of one notebook; the desk has them all. */
const MOST_SHOWN = 8;

/** What waits for a person, what is signed, what went stale, and the pictures of the run. */
export function Overview({ state, client, find, reviewer, token }: {
  state: DeskState;
  client: DeskClient;
  find: DeskProps["find"];
  reviewer: string;
  token: string;
}) {
  const summary = reviewSummary(state);
  const nOpen = summary.reduce((sum, { open }) => sum + open.length, 0);
  const hasDecided = state.subjects.some(({ nDecisions }) => nDecisions > 0);
  return (
    <div class="overview">
      <section class="panel stack" aria-labelledby="overview-waits">
        <div class="row overview-head">
          <h2 id="overview-waits">
            {nOpen === 0
              ? "Nothing waits for a person"
              : `${countOf(nOpen, "question waits", "questions wait")} for a person`}
          </h2>
          <a
            class="button"
            href={`/report.html?token=${encodeURIComponent(token)}`}
            target="_blank"
            rel="noopener"
          >
            Review report
          </a>
        </div>
        {state.outdated.length > 0 && (
          <p class="outdated">
            Signed, takes effect with the next <code>deno task start</code>:{" "}
            {state.outdated.join(", ")}.
          </p>
        )}
        {!hasDecided && <FirstSteps summary={summary} reviewer={reviewer} />}
        <SummaryTable summary={summary} />
        <div class="open-questions">
          {summary.map((one) => <OpenQuestions key={one.number} summary={one} />)}
        </div>
        <Troubles state={state} />
      </section>
      <RecentDecisions state={state} client={client} find={find} />
      <ChartGallery charts={state.charts} token={token} />
    </div>
  );
}

const STANDINGS = ["waiting", "stale", "flagged", "signed", "idle"] as const;

function SummaryTable({ summary }: { summary: readonly NotebookSummary[] }) {
  return (
    <table class="summary">
      <thead>
        <tr>
          <th scope="col">Notebook</th>
          <th scope="col" class="number">Waiting</th>
          <th scope="col" class="number">Stale</th>
          <th scope="col" class="number">Flagged</th>
          <th scope="col" class="number">Signed</th>
          <th scope="col" class="number">Not required</th>
          <th scope="col">Desk</th>
        </tr>
      </thead>
      <tbody>
        {summary.map(({ number, name, tab, counts, isOutdated }) => (
          <tr key={number}>
            <th scope="row">
              {number} {name}
              {isOutdated && <span class="badge badge-stale">run again</span>}
            </th>
            {STANDINGS.map((standing) => (
              <td key={standing} class="number">{countText(counts[standing])}</td>
            ))}
            <td>
              <a href={`#${tab}`}>{TABS.find(({ id }) => id === tab)!.label}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OpenQuestions({ summary: { number, name, kinds, open } }: { summary: NotebookSummary }) {
  const groups = kinds.map((kind) => open.filter((one) => one.kind === kind))
    .filter((group) => group.length > 0);
  const most = Math.ceil(MOST_SHOWN / Math.max(groups.length, 1));
  return (
    <section aria-labelledby={`open-${number}`}>
      <h3 id={`open-${number}`}>{number} {name}</h3>
      {groups.length === 0 && <p class="muted">Nothing is open.</p>}
      {groups.map((group) => <OpenKind key={group[0]!.kind} group={group} most={most} />)}
    </section>
  );
}

/** The open questions of one kind, the first of them in words. */
function OpenKind({ group, most }: { group: readonly StandingSubject[]; most: number }) {
  const { kind } = group[0]!;
  return (
    <div class="open-kind">
      <h4>{countOf(group.length, ...KIND_WORDS[kind])}</h4>
      <ul class="question-list">
        {group.slice(0, most).map(({ id, standing, title, decision }) => (
          <li key={id}>
            <StandingBadge standing={standing} />
            <div>
              <bdi class="question-title">{cleanText(title)}</bdi>
              {standing === "stale" && decision !== null && (
                <p class="stale-reason">
                  What <bdi>{decision.by}</bdi> saw ({decision.asOf}) has changed; “
                  {verdictWords(decision)}” has no effect until somebody signs again.
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      <a href={hashOfKind(kind)}>
        {group.length > most ? `All ${countText(group.length)} on the desk` : "Open the desk"}
        <span class="visually-hidden">: {KIND_WORDS[kind][1]}</span>
      </a>
    </div>
  );
}

function Troubles({ state: { rejected, subjects } }: { state: DeskState }) {
  const flagged = subjects.filter(({ standing }) => standing === "flagged");
  return (
    <>
      {flagged.length > 0 && (
        <section aria-labelledby="overview-flagged">
          <h3 id="overview-flagged">Flagged</h3>
          <ul class="question-list">
            {flagged.slice(0, 3 * MOST_SHOWN).map(({ kind, id, title, decision }) => (
              <li key={`${kind} ${id}`}>
                <StandingBadge standing="flagged" />
                <div>
                  <span class="muted">{KIND_WORDS[kind][0]}</span>
                  <bdi class="question-title">{cleanText(title)}</bdi>
                  {decision !== null && decision.comment !== "" && (
                    <q dir="auto">{decision.comment}</q>
                  )}
                </div>
              </li>
            ))}
          </ul>
          {flagged.length > 3 * MOST_SHOWN && (
            <p class="muted">and {flagged.length - 3 * MOST_SHOWN} more</p>
          )}
        </section>
      )}
      {rejected.length > 0 && (
        <section aria-labelledby="overview-rejected">
          <h3 id="overview-rejected">Files that are no decisions</h3>
          <ul class="question-list">
            {rejected.map(({ file, reason }) => (
              <li key={file}>
                <code>{file}</code>
                <span class="muted">{cleanText(reason)}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
