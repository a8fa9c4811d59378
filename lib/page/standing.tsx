import type { SubjectStanding } from "../review/standing_subject.ts";

const WORDS: Readonly<Record<SubjectStanding, string>> = {
  waiting: "Waiting",
  idle: "Not required",
  signed: "Signed",
  flagged: "Flagged",
  stale: "Stale",
};

const MARKS: Readonly<Record<SubjectStanding, string>> = {
  waiting: "○",
  idle: "·",
  signed: "✓",
  flagged: "⚑",
  stale: "↻",
};

/** How a subject stands, in a word, a mark and a colour. */
export function StandingBadge({ standing }: { standing: SubjectStanding }) {
  return (
    <span class={`badge badge-${standing}`}>
      <span aria-hidden="true">{MARKS[standing]}</span> {WORDS[standing]}
    </span>
  );
}
