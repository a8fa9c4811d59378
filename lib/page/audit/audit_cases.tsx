/// <reference lib="dom" />
import { useMemo, useState } from "preact/hooks";
import { CaseDecisions } from "./audit_case_decisions.tsx";
import { ContractText } from "./audit_contract.tsx";
import { Evidence, pText } from "./audit_evidence.tsx";
import { type AuditCase, auditCases, type AuditIndex } from "./audit_index.ts";
import { CaseList } from "./audit_list.tsx";
import type { Signing } from "./audit_signing.ts";
import type { StandingSubject } from "../../review/standing_subject.ts";
import type { DeskProps } from "../desk_props.ts";
import { shareText } from "../../core/number_text.ts";
import { useKeys } from "../use_keys.ts";

/** Events on which words and prices differ, and edge cases: theme, side and exclusion can be corrected. */
export function AuditCases({ index, signing, ...desk }: DeskProps & {
  index: AuditIndex;
  signing: Signing;
}) {
  const { state, find, isDark, isActive } = desk;
  const cases = useMemo(() => auditCases(index.view), [index]);
  const [place, setPlace] = useState(0);
  const [isRuleOpen, setRuleOpen] = useState(false);
  const at = Math.min(place, cases.length - 1);
  const go = (next: number) => {
    setPlace((next + cases.length) % cases.length);
    setRuleOpen(false);
  };
  const one = cases[at];
  useKeys([
    { key: "j", label: "Next case", run: () => go(at + 1) },
    { key: "k", label: "Case before", run: () => go(at - 1) },
    { key: "r", label: "Show or fold the rules", run: () => setRuleOpen(!isRuleOpen) },
  ], isActive && one !== undefined);
  if (one === undefined) {
    return (
      <p class="panel">
        Words and prices agree wherever both say something, and no edge case was listed.
      </p>
    );
  }
  const event = index.events.get(one.eventId);
  const rows = cases.map(({ eventId, marketId, title, why }) => ({
    id: marketId,
    title,
    note: why,
    standing: decidedStanding(find("theme", eventId)),
  }));
  return (
    <div class="audit-pair">
      <CaseList label="Cases" rows={rows} at={at} onGo={go} />
      <article class="panel stack" aria-label={`Case ${at + 1}`}>
        <p class="muted" aria-live="polite">
          Case {at + 1} of {cases.length}: {one.why}. {shareWords(one)}
        </p>
        <ContractText
          marketId={one.marketId}
          title={one.title}
          text={index.texts.get(one.marketId)}
          isOpen={isRuleOpen}
          onToggle={() => setRuleOpen(!isRuleOpen)}
        />
        {event !== undefined && (
          <>
            <Evidence event={event} index={index} look={{ themes: state.themes, isDark }} />
            <CaseDecisions
              key={one.marketId}
              {...{ event, signing, find, isDark, isActive }}
              marketId={one.marketId}
              side={index.sides.get(one.marketId)}
              themes={state.themes}
              asOf={state.asOf}
            />
          </>
        )}
      </article>
    </div>
  );
}

/** How an event's theme stands once somebody has decided on it; nobody must. */
function decidedStanding(subject: StandingSubject | undefined) {
  return subject === undefined || subject.standing === "idle" ? null : subject.standing;
}

function shareWords({ clusterShare, themeQ }: AuditCase): string {
  return clusterShare === null
    ? ""
    : `${
      shareText(clusterShare)
    } of the cluster's other events have the cluster's theme (adjusted p ${pText(themeQ)}).`;
}
