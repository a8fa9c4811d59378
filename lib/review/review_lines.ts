import { parseDay } from "../core/day.ts";
import { markdownLiteral } from "../core/markdown_literal.ts";
import { countOf, countText, dayText } from "../core/number_text.ts";
import { stringColumn, type Table, table, timestampColumn } from "../core/table.ts";
import { type Decision, SUBJECT_KINDS, type SubjectKind } from "./decision.ts";
import type { Review } from "./read_review.ts";
import { shortText } from "./short_text.ts";
import { isReviewed } from "./standings.ts";
import type { StandingSubject } from "./standing_subject.ts";

/** A kind in words, one and many. */
const NOUNS: Readonly<Record<SubjectKind, readonly [one: string, many: string]>> = {
  cut: ["cut of the tree", "cuts of the tree"],
  cluster: ["cluster", "clusters"],
  theme: ["theme of an event", "themes of events"],
  side: ["side of a contract", "sides of contracts"],
  contract: ["contract", "contracts"],
  twin: ["pair of twins", "pairs of twins"],
  audit: ["audited contract", "audited contracts"],
  basket: ["basket", "baskets"],
  returns: ["basket's returns", "baskets' returns"],
  theme_change: ["change of theme", "changes of theme"],
};

/** Titles, names and files that a sentence holds; of the rest it says how many. */
const SHOWN = 3;
/** What needs a person comes first. */
const ORDER = ["waiting", "stale", "flagged", "signed", "orphan"] as const;

/**
 * The state of a review as a paragraph of Markdown: what waits for a person, what is signed by whom, what
 * was flagged, what went stale, and what is left over.
 *
 * Starts with **Reviewed.**, **Unreviewed.** or, where nothing must be, **Nothing to sign.**, and is as long with thousands of subjects as with ten.
 *
 * Cost: O(subjects).
 *
 * @param options.notebook Number of the notebook that asks, such as `03`.
 */
export function reviewLine(
  review: Pick<Review, "subjects" | "orphans" | "rejected">,
  { notebook }: { readonly notebook: string },
): string {
  const { subjects, orphans, rejected } = review;
  return [
    !subjects.some(({ isRequired }) => isRequired)
      ? "**Nothing to sign.**"
      : isReviewed(subjects)
      ? "**Reviewed.**"
      : "**Unreviewed.**",
    askedSentence(subjects, notebook),
    waitingSentence(subjects),
    flaggedSentence(subjects),
    staleSentence(subjects),
    orphanSentence(orphans),
    rejectedSentence(rejected),
    "`deno task review` opens the desk.",
  ].filter((sentence) => sentence !== "").join(" ");
}

/**
 * What must be signed and what was decided, a row each: kind, subject, standing, verdict, by, at, comment,
 * title. What waits comes first, then what is stale, flagged and signed, each by kind in the order given;
 * decisions whose subject is gone come last as `orphan`. Texts are untrusted, on one line and cut after 300
 * characters; missing ones are null.
 */
export function reviewTable({ subjects, orphans }: Pick<Review, "subjects" | "orphans">): Table {
  const rows = [
    ...subjects.filter(({ standing, isRequired }) => isRequired || standing !== "idle"),
    ...orphans.map((decision) => ({
      kind: decision.kind,
      id: decision.subject,
      title: decision.title,
      standing: "orphan" as const,
      decision,
    })),
  ].map((row) => ({ ...row, rank: ORDER.findIndex((one) => one === row.standing) }))
    .sort((a, b) => a.rank - b.rank || placeOf(a.kind) - placeOf(b.kind));
  return table({
    kind: stringColumn(rows.map(({ kind }) => kind)),
    subject: stringColumn(rows.map(({ id }) => cellText(id))),
    standing: stringColumn(rows.map(({ standing }) => standing)),
    verdict: stringColumn(rows.map(({ decision }) => decision?.verdict ?? null)),
    by: stringColumn(rows.map(({ decision }) => cellText(decision?.by ?? ""))),
    at: timestampColumn(rows.map(({ decision }) => decision ? Date.parse(decision.at) : null)),
    comment: stringColumn(rows.map(({ decision }) => cellText(decision?.comment ?? ""))),
    title: stringColumn(rows.map(({ title }) => cellText(title))),
  });
}

function askedSentence(subjects: readonly StandingSubject[], notebook: string): string {
  const required = subjects.filter(({ isRequired }) => isRequired);
  const signed = signedIn(required), beside = signedIn(subjects).length - signed.length;
  const others = beside === 0
    ? ""
    : ` ${countText(beside)} ${are(beside)} signed that nobody had to sign.`;
  if (required.length === 0) {
    return `Notebook ${notebook} asks nobody to sign anything today.${others}`;
  }
  const asked = `Notebook ${notebook} asks a person to sign ${kindsText(required)}`;
  const all = required.length;
  if (signed.length === 0) return `${asked}; none of it is signed.${others}`;
  const share = signed.length < all
    ? `${countText(signed.length)} of ${countText(all)} ${are(signed.length)}`
    : all === 1
    ? "it is"
    : `all ${countText(all)} are`;
  return `${asked}; ${share} signed, ${signersText(signed)}.${others}`;
}

function waitingSentence(subjects: readonly StandingSubject[]): string {
  const waiting = subjects.filter(({ standing }) => standing === "waiting");
  if (waiting.length === 0) return "";
  const kinds = SUBJECT_KINDS.flatMap((kind) => {
    const own = waiting.filter((subject) => subject.kind === kind);
    return own.length === 0 ? [] : [`${kindsText(own)} (${titlesText(own)})`];
  });
  return `Waiting for a person: ${kinds.join(", ")}.`;
}

function flaggedSentence(subjects: readonly StandingSubject[]): string {
  const flagged = subjects.filter(({ standing }) => standing === "flagged");
  if (flagged.length === 0) return "";
  const named = flagged.slice(0, SHOWN).map(({ title, decision }) => {
    const comment = decision!.comment.trim() === ""
      ? ""
      : `: ${quoted(decision!.comment, { most: 160 })}`;
    return `${quoted(title)} by ${literal(decision!.by)}${comment}`;
  });
  return `Flagged: ${withRest(named, flagged.length, "; ")}.`;
}

function staleSentence(subjects: readonly StandingSubject[]): string {
  const stale = subjects.filter(({ standing }) => standing === "stale");
  if (stale.length === 0) return "";
  const one = stale.length === 1;
  return `Stale, as what was seen has changed since: ${titlesText(stale)}; ${
    one ? "this decision changes" : `these ${countText(stale.length)} decisions change`
  } nothing until ${one ? "it is" : "they are"} signed again.`;
}

function orphanSentence(orphans: readonly Decision[]): string {
  if (orphans.length === 0) return "";
  const one = orphans.length === 1;
  return `${countOf(orphans.length, "decision")} ${
    are(orphans.length)
  } about what is not there any more, and ${one ? "changes" : "change"} nothing: ${
    titlesText(orphans)
  }.`;
}

function rejectedSentence(rejected: Review["rejected"]): string {
  if (rejected.length === 0) return "";
  const named = rejected.slice(0, SHOWN).map(({ file, reason }) =>
    `${literal(file)} (${literal(reason, { most: 120 })})`
  );
  return `${countOf(rejected.length, "file")} of the decisions cannot be taken, and ${
    rejected.length === 1 ? "changes" : "change"
  } nothing: ${withRest(named, rejected.length)}.`;
}

/** "1 cut of the tree and 7 clusters". */
function kindsText(subjects: readonly StandingSubject[]): string {
  const parts = SUBJECT_KINDS.flatMap((kind) => {
    const n = subjects.filter((subject) => subject.kind === kind).length;
    return n === 0 ? [] : [countOf(n, ...NOUNS[kind])];
  });
  return listed(parts);
}

/** "by Anna and Ben, the last on 3 May 2026". */
function signersText(signed: readonly StandingSubject[]): string {
  const decisions = signed.map(({ decision }) => decision!);
  const names = [...new Set(decisions.map(({ by }) => by))].sort();
  const last = decisions.map(({ at }) => at).sort().at(-1)!;
  const when = `${decisions.length === 1 ? "" : "the last "}on ${
    dayText(parseDay(last.slice(0, 10)))
  }`;
  return `by ${
    withRest(names.slice(0, SHOWN).map((name) => literal(name)), names.length)
  }, ${when}`;
}

function signedIn(subjects: readonly StandingSubject[]): StandingSubject[] {
  return subjects.filter(({ standing }) => standing === "signed");
}

function titlesText(of: readonly { readonly title: string }[]): string {
  return withRest(of.slice(0, SHOWN).map(({ title }) => quoted(title)), of.length);
}

/** The parts that are shown, and how many more there are. */
function withRest(parts: readonly string[], n: number, separator = ", "): string {
  if (n > parts.length) return `${parts.join(separator)} and ${countText(n - parts.length)} more`;
  return separator === ", " ? listed(parts) : parts.join(separator);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}

function cellText(text: string): string | null {
  return shortText(text, { most: 300 }) || null;
}

function quoted(text: string, options: { readonly most?: number } = {}): string {
  return `“${literal(text, options)}”`;
}

function literal(text: string, { most = 60 }: { readonly most?: number } = {}): string {
  return markdownLiteral(shortText(text, { most }));
}

function are(n: number): string {
  return n === 1 ? "is" : "are";
}

function placeOf(kind: SubjectKind): number {
  return SUBJECT_KINDS.indexOf(kind);
}
