/// <reference lib="dom" />
import { useEffect, useRef } from "preact/hooks";
import type { SubjectStanding } from "../../review/standing_subject.ts";
import { cleanText } from "../../charts/text_lines.ts";
import { StandingBadge } from "../standing.tsx";

/** An entry of a list from which one is opened. */
export interface CaseRow {
  readonly id: string;
  /** Untrusted. */
  readonly title: string;
  readonly note: string;
  /** `null` where nothing can be signed about it. */
  readonly standing: SubjectStanding | null;
}

/** A list beside what it opens; the arrows and j and k of its desk move in it. */
export function CaseList({ label, rows, at, onGo }: {
  label: string;
  rows: readonly CaseRow[];
  at: number;
  onGo: (place: number) => void;
}) {
  const chosen = useRef<HTMLButtonElement>(null);
  useEffect(() => chosen.current?.scrollIntoView?.({ block: "nearest" }), [at]);
  return (
    <nav class="panel case-list" aria-label={label}>
      <ol class="list">
        {rows.map(({ id, title, note, standing }, place) => (
          <li key={id}>
            <button
              ref={place === at ? chosen : null}
              type="button"
              class="list-item case-item"
              aria-current={place === at}
              tabIndex={place === at ? 0 : -1}
              onClick={() => onGo(place)}
            >
              <bdi dir="auto" class="case-title">{cleanText(title)}</bdi>
              <span class="row case-note">
                <span class="muted">{note}</span>
                {standing !== null && <StandingBadge standing={standing} />}
              </span>
            </button>
          </li>
        ))}
      </ol>
    </nav>
  );
}
