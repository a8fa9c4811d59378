import {
  type CorrectionKind,
  joinedCorrections,
  type SignedCorrection,
} from "../taxonomy/correction_table.ts";
import { type Corrections, twinKey } from "../taxonomy/corrections.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import { type Decision, type SubjectKind, valueOf } from "./decision.ts";
import type { Subject } from "./subject.ts";

/** What people's decisions change today. */
export interface SignedCorrections {
  readonly corrections: Corrections;
  /** The same one by one, a contract or a pair each, with who signed it. */
  readonly applied: readonly SignedCorrection[];
  /** Decisions that would change something and do not, with the reason; by kind, then subject. */
  readonly ignored: readonly { readonly decision: Decision; readonly reason: string }[];
}

/** What {@link correctionsOf} is told beside decisions and subjects. */
export interface CorrectionOptions {
  /** Contracts of each event today; without them no theme is corrected. */
  readonly marketsOfEvent?: ReadonlyMap<string, readonly string[]>;
  /** Ids of the taxonomy; a theme that it lacks is not given. Any by default. */
  readonly themes?: readonly string[];
}

/** Kinds of subjects whose decisions correct words. */
const KINDS: readonly SubjectKind[] = ["theme", "side", "contract", "twin", "audit"];

/**
 * What the decisions in force change: themes, sides, contracts that are not held, twins that are none.
 *
 * Only a decision about exactly what stands there today counts: one whose subject changed or is gone is
 * ignored and named. A theme is an event's, so all its contracts get it. An audit verdict that names the
 * right theme corrects the event too, unless a person speaks of the event itself, or verdicts on
 * its contracts contradict each other; a verdict that calls today's theme right is one of these.
 *
 * @param inForce At most one a subject, of today's source, in any order; other kinds are not looked at.
 * @param subjects Today's; of a kind that is left out every decision is ignored.
 */
export function correctionsOf(
  inForce: readonly Decision[],
  subjects: readonly Subject[],
  { marketsOfEvent = new Map(), themes }: CorrectionOptions = {},
): SignedCorrections {
  const ignored: { decision: Decision; reason: string }[] = [];
  const ignore = (decision: Decision, reason: string) => ignored.push({ decision, reason });
  const current = inForce.filter(({ kind }) => KINDS.includes(kind))
    .filter(currentAmong(subjects, ignore)).sort(byKindAndSubject);
  const isKnown = (theme: string) => theme === UNCATEGORIZED || (themes?.includes(theme) ?? true);
  const applied: SignedCorrection[] = [];
  const correctEvent = (decision: Decision, eventId: string, theme: string) => {
    const members = marketsOfEvent.get(eventId);
    if (!isKnown(theme)) ignore(decision, "the taxonomy has no such theme");
    else if (members === undefined) ignore(decision, "its event is not there");
    else for (const id of members) applied.push(signed(decision, "theme", { id, value: theme }));
  };
  const spoken = new Set<string>();
  for (const decision of current) {
    const { kind, subject, verdict } = decision;
    if (kind === "theme" && verdict !== "flag") spoken.add(subject);
    const theme = valueOf(decision, "theme relabel");
    if (theme !== null) correctEvent(decision, subject, theme.theme);
    const side = valueOf(decision, "side relabel");
    if (side !== null) {
      applied.push(signed(decision, "side", { id: subject, value: String(side.side) }));
    }
    const excluded = valueOf(decision, "contract exclude");
    if (excluded !== null) {
      applied.push(signed(decision, "excluded", { id: subject, value: excluded.since ?? "" }));
    }
    if (kind === "twin" && verdict === "exclude") {
      const at = subject.indexOf(" | "), pair = [subject.slice(0, at), subject.slice(at + 3)];
      if (at <= 0 || twinKey(pair[0]!, pair[1]!) !== subject) ignore(decision, "it names no pair");
      else applied.push(signed(decision, "twin", { id: pair[0]!, otherId: pair[1]!, value: "" }));
    }
  }
  for (const [eventId, verdicts] of verdictsByEvent(current, marketsOfEvent, ignore)) {
    const last = lastOfOneMind(verdicts);
    if (!spoken.has(eventId) && last !== null) correctEvent(last, eventId, rightTheme(last)!);
    if (!spoken.has(eventId) && last !== null) continue;
    const reason = spoken.has(eventId)
      ? "a decision about its event speaks first"
      : "audit verdicts on its event name different right themes";
    for (const one of verdicts.filter(isChange)) ignore(one, reason);
  }
  return {
    ...{ corrections: joinedCorrections(applied), applied },
    ignored: ignored.sort((a, b) => byKindAndSubject(a.decision, b.decision)),
  };
}

/** Whether a decision is about what stands there today; tells of those that would change something. */
function currentAmong(
  subjects: readonly Subject[],
  ignore: (decision: Decision, reason: string) => void,
): (decision: Decision) => boolean {
  const seen = new Map(subjects.map(({ kind, id, seen }) => [`${kind} ${id}`, seen]));
  return (decision) => {
    const today = seen.get(`${decision.kind} ${decision.subject}`);
    if (today === decision.seen) return true;
    if (isChange(decision)) {
      ignore(
        decision,
        today === undefined
          ? "what it is about is not there today"
          : "what was seen has changed since",
      );
    }
    return false;
  };
}

/** Whether a decision would change words. */
function isChange(decision: Decision): boolean {
  if (decision.kind === "audit") {
    return decision.verdict === "relabel" && rightTheme(decision) !== null;
  }
  return decision.verdict === "relabel" || decision.verdict === "exclude";
}

/** Verdicts that name a right theme, by their contract's event. */
function verdictsByEvent(
  current: readonly Decision[],
  marketsOfEvent: ReadonlyMap<string, readonly string[]>,
  ignore: (decision: Decision, reason: string) => void,
): ReadonlyMap<string, readonly Decision[]> {
  const eventOf = new Map(
    [...marketsOfEvent].flatMap(([event, ids]) => ids.map((id) => [id, event] as const)),
  );
  const found = new Map<string, Decision[]>();
  for (const decision of current) {
    if (decision.kind !== "audit" || rightTheme(decision) === null) continue;
    const eventId = eventOf.get(String(decision.value.marketId));
    if (eventId !== undefined) {
      found.set(eventId, [...(found.get(eventId) ?? []), decision]);
    } else if (isChange(decision)) ignore(decision, "its contract has no event");
  }
  return found;
}

/** The right theme that an audit verdict names; `null` where it names none or contradicts itself. */
function rightTheme(decision: Decision): string | null {
  const right = valueOf(decision, "audit approve");
  if (right !== null) return right.theme;
  const wrong = valueOf(decision, "audit relabel");
  return wrong === null || wrong.rightTheme === wrong.theme ? null : wrong.rightTheme;
}

/** The latest relabel of verdicts that name one theme; `null` where they name several, or none is one. */
function lastOfOneMind(verdicts: readonly Decision[]): Decision | null {
  if (new Set(verdicts.map(rightTheme)).size > 1) return null;
  return verdicts.filter(isChange).sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : 0).at(-1) ??
    null;
}

function signed(
  { by, at, comment }: Decision,
  kind: CorrectionKind,
  { id, otherId = null, value }: {
    readonly id: string;
    readonly otherId?: string | null;
    readonly value: string;
  },
): SignedCorrection {
  return { kind, marketId: id, otherId, value, by, at, comment };
}

function byKindAndSubject(a: Decision, b: Decision): number {
  return KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : 0);
}
