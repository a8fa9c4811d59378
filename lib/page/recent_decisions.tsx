/// <reference lib="dom" />
import { useState } from "preact/hooks";
import type { Decision } from "../review/decision.ts";
import type { DeskState } from "../desk/desk_api.ts";
import type { DeskClient, DeskProps } from "./desk_props.ts";
import { cleanText } from "../charts/text_lines.ts";
import { countOf, countText } from "../core/number_text.ts";
import { shortTitle } from "./answer_words.ts";
import { KIND_WORDS } from "./desk_tabs.ts";
import { instantText } from "./instant_text.ts";
import { verdictWords } from "./verdict_words.ts";
import { recentDecisions } from "./review_summary.ts";

const PAGE = 20;

/** The decisions in force, the latest first, each of which can be taken back. */
export function RecentDecisions({ state, client, find }: {
  state: DeskState;
  client: DeskClient;
  find: DeskProps["find"];
}) {
  const [nShown, setShown] = useState(PAGE);
  const all = recentDecisions(state);
  const isOrphan = (decision: Decision) => state.orphans.includes(decision);
  const withdraw = ({ kind, subject, seen, number }: Decision) => {
    const found = find(kind, subject);
    void client.sign({
      kind,
      subject,
      verdict: "withdraw",
      value: {},
      comment: "",
      seen: found?.seen ?? seen,
      after: found?.nDecisions ?? number,
    });
  };
  return (
    <section class="panel stack" aria-labelledby="overview-decisions">
      <h2 id="overview-decisions">
        {all.length === 0
          ? "No decision is in force"
          : `${countOf(all.length, "decision is", "decisions are")} in force`}
      </h2>
      {state.orphans.length > 0 && (
        <p class="muted">
          {state.orphans.length}{" "}
          of them are about what is not there any more (“gone”); they change nothing.
        </p>
      )}
      {all.length > 0 && (
        <div class="wide-table" role="region" aria-label="Table of decisions" tabIndex={0}>
          <table class="decisions">
            <thead>
              <tr>
                <th scope="col">When</th>
                <th scope="col">Who</th>
                <th scope="col">Verdict</th>
                <th scope="col">About</th>
                <th scope="col">Comment</th>
                <th scope="col">
                  <span class="visually-hidden">Take back</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {all.slice(0, nShown).map((decision) => (
                <tr key={`${decision.kind} ${decision.subject}`}>
                  <td class="when">
                    <time dateTime={decision.at}>{instantText(decision.at)}</time>
                  </td>
                  <td>
                    <bdi>{decision.by}</bdi>
                  </td>
                  <td>
                    {verdictWords(decision)}
                    {isOrphan(decision) && <span class="badge badge-stale">gone</span>}
                  </td>
                  <td class="about">
                    <span class="muted">{KIND_WORDS[decision.kind][0]}</span>{" "}
                    <bdi class="question-title">
                      {cleanText(decision.title === "" ? decision.subject : decision.title)}
                    </bdi>
                  </td>
                  <td class="about" dir="auto">{decision.comment}</td>
                  <td>
                    <button
                      type="button"
                      class="button button-small"
                      onClick={() =>
                        withdraw(decision)}
                    >
                      Withdraw
                      <span class="visually-hidden">
                        : {verdictWords(decision)}{" "}
                        {shortTitle(decision.title === "" ? decision.subject : decision.title)}
                      </span>
                    </button>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
      {all.length > nShown && (
        <button
          type="button"
          class="button"
          onClick={() => setShown(nShown + 5 * PAGE)}
        >
          Show more of {countText(all.length)}
        </button>
      )}
    </section>
  );
}
