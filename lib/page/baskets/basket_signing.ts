import { useState } from "preact/hooks";
import type { Verdict } from "../../review/decision.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { DeskClient } from "../desk_props.ts";

/** Signs a subject as the page was told it; says whether it was stored. */
export type SignSubject = (
  subject: StandingSubject,
  verdict: Verdict,
  told?: { readonly comment?: string; readonly value?: Readonly<Record<string, unknown>> },
) => Promise<boolean>;

/** Signing, one at a time: a second press while the first is on its way does nothing. */
export function useSigning(client: DeskClient): { isBusy: boolean; sign: SignSubject } {
  const [isBusy, setBusy] = useState(false);
  const sign: SignSubject = async (subject, verdict, { comment = "", value = {} } = {}) => {
    if (isBusy) return false;
    setBusy(true);
    try {
      const { kind, id, seen, nDecisions } = subject;
      const request = { kind, subject: id, verdict, value, comment, seen, after: nDecisions };
      return "stored" in await client.sign(request);
    } finally {
      setBusy(false);
    }
  };
  return { isBusy, sign };
}
