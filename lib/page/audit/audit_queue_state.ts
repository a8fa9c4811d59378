import type { AuditSheetEntry } from "../../desk/audit_view.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import { auditSubjectId, type Judgement, judgementBy, judgementOf } from "./audit_progress.ts";
import { orderKey, type Signing } from "./audit_signing.ts";

/** How far a contract of the queue is. */
export interface QueueItem {
  readonly entry: AuditSheetEntry;
  /** `null` where the run has no such subject, so that nothing can be signed. */
  readonly subject: StandingSubject | null;
  /** What is in force; `null` where nothing is. */
  readonly judgement: Judgement | null;
  /** What this page is storing now. */
  readonly underway:
    | { readonly verdict: Judgement["verdict"]; readonly rightTheme: string | null }
    | null;
  /** Whether what is in force was signed under another name. */
  readonly isByOther: boolean;
}

/** The contracts of a sheet with what was said about each. */
export function queueItems(
  entries: readonly AuditSheetEntry[],
  { find, signing }: {
    readonly find: (kind: "audit", id: string) => StandingSubject | undefined;
    readonly signing: Pick<Signing, "pending" | "me">;
  },
): QueueItem[] {
  return entries.map((entry) => {
    const subject = find("audit", auditSubjectId(entry)) ?? null;
    const judgement = subject === null ? null : judgementOf(entry, subject);
    const order = subject === null ? undefined : signing.pending.get(orderKey(subject));
    return {
      ...{ entry, subject, judgement },
      underway: order === undefined ? null : judgementBy(entry, {
        ...{ verdict: order.verdict, value: { ...order.value }, comment: order.comment },
        ...{ by: signing.me ?? "", at: "" },
      }),
      isByOther: judgement !== null && signing.me !== null && judgement.reviewer !== signing.me,
    };
  });
}

/** Whether nobody has judged it and this page is not storing a verdict. */
export function isOpen({ judgement, underway }: QueueItem): boolean {
  return judgement === null && underway === null;
}

/** The place of the next open contract after `at`, then from the start; `at` where there is none. */
export function nextOpen(items: readonly QueueItem[], at: number): number {
  for (let step = 1; step < items.length; ++step) {
    const place = (at + step) % items.length;
    if (isOpen(items[place]!)) return place;
  }
  return at;
}
