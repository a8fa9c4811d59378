/// <reference lib="dom" />
import type { DeskState } from "../desk/desk_api.ts";
import type { DeskClient, DeskProps } from "./desk_props.ts";
import { ChartGallery } from "./chart_gallery.tsx";
import { KIND_WORDS, TABS } from "./desk_tabs.ts";
import { RecentDecisions } from "./recent_decisions.tsx";
import { type NotebookSummary, reviewSummary } from "./review_summary.ts";
import { StandingBadge } from "./standing.tsx";

/** Open questions that are shown of one notebook; the desk has them all. */
const MOST_SHOWN = 8;

/** What waits for a person, what is signed, what went stale, and the pictures of the run. */
export function Overview({ state, client, find, token }: {
  state: DeskState;
  client: DeskClient;
  find: DeskProps["find"];
  token: string;
}) {
  const summary = reviewSummary(state);
  const nOpen = summary.reduce((sum, { open }) => sum + open.length, 0);
  return (
    <div class="overview">
      <section class="panel stack" aria-labelledby="overview-waits">
        <div class="row overview-head">
          <h2 id="overview-waits">
            {nOpen === 0
              ? "Nothing waits for a person"
              : `${nOpen} ${nOpen === 1 ? "question waits" : "questions wait"} for a person`}
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
            <td class="number">{counts.waiting}</td>
            <td class="number">{counts.stale}</td>
            <td class="number">{counts.flagged}</td>
            <td class="number">{counts.signed}</td>
            <td class="number">{counts.idle}</td>
            <td>
              <a href={`#${tab}`}>{TABS.find(({ id }) => id === tab)!.label}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function OpenQuestions({ summary: { number, name, tab, open } }: { summary: NotebookSummary }) {
  return (
    <section aria-labelledby={`open-${number}`}>
      <h3 id={`open-${number}`}>{number} {name}</h3>
      {open.length === 0 && <p class="muted">Nothing is open.</p>}
      <ul class="question-list">
        {open.slice(0, MOST_SHOWN).map((subject) => (
          <li key={`${subject.kind} ${subject.id}`}>
            <StandingBadge standing={subject.standing} />
            <div>
              <span class="muted">{KIND_WORDS[subject.kind][0]}</span>
              <bdi class="question-title">{subject.title}</bdi>
              {subject.standing === "stale" && subject.decision !== null && (
                <p class="stale-reason">
                  What <bdi>{subject.decision.by}</bdi>{" "}
                  saw ({subject.decision.asOf}) has changed; “{subject.decision.verdict}” has no
                  effect until somebody signs again.
                </p>
              )}
            </div>
          </li>
        ))}
      </ul>
      {open.length > 0 && (
        <a href={`#${tab}`}>
          {open.length > MOST_SHOWN ? `All ${open.length} on the desk` : "Open the desk"}
          <span class="visually-hidden">of {name}</span>
        </a>
      )}
    </section>
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
                  <bdi class="question-title">{title}</bdi>
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
                <span class="muted">{reason}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}
