import type { TitleSpan } from "./title_dates.ts";
import type { TitleFacts } from "./title_facts.ts";

/** How two titles compare, part by part. */
export interface TwinEvidence {
  readonly accepted: boolean;
  /** Why it is no twin; for an accepted pair what the deadline rests on. */
  readonly reason: string;
}

/**
 * Whether two titles say the same thing: subject, predicate, numbers and deadline.
 *
 * Symmetric in its first two arguments, but for the order in which a reason names them.
 *
 * @param opposite Name of a predicate → that of the contrary.
 * @param maxDaysApart Days by which scheduled ends may differ where a title names no deadline.
 */
export function twinEvidence(
  a: TitleFacts,
  b: TitleFacts,
  { opposite, maxDaysApart }: {
    readonly opposite: ReadonlyMap<string, string>;
    readonly maxDaysApart: number;
  },
): TwinEvidence {
  const rejected = (reason: string): TwinEvidence => ({ accepted: false, reason });
  if (!isSame(a.predicate, b.predicate)) {
    const contrary = a.predicate.some((name) =>
      !b.predicate.includes(name) && b.predicate.includes(opposite.get(name) ?? "")
    );
    return rejected(
      `predicate ${contrary ? "opposite" : "differs"}: ${listed(a.predicate)} | ${
        listed(b.predicate)
      }`,
    );
  }
  if (!isSame(a.subject, b.subject)) {
    return rejected(
      `subject differs: ${listed(without(a.subject, b.subject))} | ${
        listed(without(b.subject, a.subject))
      }`,
    );
  }
  if (a.isNegated !== b.isNegated) return rejected("one of the two says no");
  if (!isSame(a.numbers, b.numbers)) {
    return rejected(`number differs: ${listed(a.numbers)} | ${listed(b.numbers)}`);
  }
  if (a.side !== null && b.side !== null && a.side !== b.side) {
    return rejected(`side differs: ${a.side} | ${b.side}`);
  }
  if (!isSame(a.otherDates, b.otherDates)) {
    return rejected(`date differs: ${listed(a.otherDates)} | ${listed(b.otherDates)}`);
  }
  return deadlineEvidence(a, b, maxDaysApart);
}

function deadlineEvidence(a: TitleFacts, b: TitleFacts, maxDaysApart: number): TwinEvidence {
  const endsAgree = a.endsAt !== null && b.endsAt !== null &&
    Math.abs(a.endsAt - b.endsAt) <= maxDaysApart;
  if (a.deadline !== null && b.deadline !== null) {
    if (isSameSpan(a.deadline, b.deadline)) return { accepted: true, reason: "the titles' dates" };
    return endsAgree && (isDayOf(a.deadline, b.deadline) || isDayOf(b.deadline, a.deadline))
      ? { accepted: true, reason: "the titles' dates and the scheduled ends" }
      : { accepted: false, reason: "deadline differs in the titles" };
  }
  if (endsAgree) return { accepted: true, reason: "the scheduled ends" };
  const meets = (deadline: TitleSpan | null, endsAt: number | null) =>
    deadline !== null && endsAt !== null && Math.abs(deadline.to - endsAt) <= maxDaysApart;
  if (meets(a.deadline, b.endsAt) || meets(b.deadline, a.endsAt)) {
    return { accepted: true, reason: "one title's date and the other's scheduled end" };
  }
  return { accepted: false, reason: "deadline differs in the scheduled ends" };
}

/** Equal spans; a whole year and "by" its last day are one deadline. */
function isSameSpan(a: TitleSpan, b: TitleSpan): boolean {
  if (a.to !== b.to) return false;
  const isYear = (span: TitleSpan) => span.from !== null && span.to - span.from >= 365;
  return a.from === b.from || (a.from === null && isYear(b)) || (b.from === null && isYear(a));
}

/** Whether `day` is one day and lies in the month `month`. */
function isDayOf(day: TitleSpan, month: TitleSpan): boolean {
  return day.from !== null && day.to - day.from === 1 && month.from !== null &&
    month.to - month.from <= 31 && month.from <= day.from && day.to <= month.to;
}

function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

function without(words: readonly string[], others: readonly string[]): string[] {
  return words.filter((word) => !others.includes(word));
}

function listed(words: readonly string[]): string {
  return words.length === 0 ? "none" : words.join(" ");
}
