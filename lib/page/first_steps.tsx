/// <reference lib="dom" />
import type { ComponentChildren } from "preact";
import { countText } from "../core/number_text.ts";
import { hashOfKind } from "./desk_tabs.ts";
import type { NotebookSummary } from "./review_summary.ts";

const WORDS: Readonly<Record<string, ComponentChildren>> = {
  "03": "choose where the tree is cut, then name and approve each cluster",
  "04":
    "say of each drawn contract whether its theme is right, and of each pair whether it is one question",
  "05": "look at what each basket holds and at its returns, and approve or flag both",
};

/** What to do first, for whoever has never signed anything here. */
export function FirstSteps({ summary, reviewer }: {
  summary: readonly NotebookSummary[];
  reviewer: string;
}) {
  return (
    <section class="first-steps" aria-labelledby="first-steps">
      <h3 id="first-steps">Where to begin</h3>
      <ol>
        <li>
          {reviewer === ""
            ? (
              <>
                <a href="#reviewer-name" onClick={focusName}>Write your name</a>{" "}
                at the top: every decision carries it.
              </>
            )
            : (
              <>
                You sign as <bdi>{reviewer}</bdi>.
              </>
            )}
        </li>
        {summary.map(({ number, name, kinds, open }) => (
          <li key={number}>
            <a href={hashOfKind(kinds[0]!)}>{name}</a> ({countText(open.length)}): {WORDS[number]}.
          </li>
        ))}
        <li>
          Run <code>deno task start</code> again: what you signed takes effect there. Press{" "}
          <kbd>?</kbd> for the keys of each desk and <kbd>u</kbd> to undo.
        </li>
      </ol>
    </section>
  );
}

function focusName(event: Event): void {
  event.preventDefault();
  document.getElementById("reviewer-name")?.focus();
}
