import type { AuditText } from "../../desk/audit_view.ts";
import { RuleText, StrangerText } from "./audit_text.tsx";

/** A contract as its venue describes it: title, outcome, event, end and rules. */
export function ContractText({ marketId, title, text, isOpen, onToggle }: {
  marketId: string;
  title: string;
  text: AuditText | undefined;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const { outcome = null, eventTitle = null, closesAtMs = null, rules = null } = text ?? {};
  return (
    <>
      <h3 class="contract-title">
        <StrangerText text={title} />
      </h3>
      <p class="muted contract-facts">
        {outcome !== null && (
          <span>
            Outcome <StrangerText text={outcome} most={80} />
          </span>
        )}
        {eventTitle !== null && eventTitle !== title && (
          <span>
            Event <StrangerText text={eventTitle} most={120} />
          </span>
        )}
        <span>Ends {endText(closesAtMs)}</span>
        <span>
          <bdi>{marketId}</bdi>
        </span>
      </p>
      {text === undefined
        ? <p class="muted">The run kept no texts of this contract.</p>
        : <RuleText text={rules} isOpen={isOpen} onToggle={onToggle} />}
    </>
  );
}

/** A scheduled end in UTC. */
export function endText(closesAtMs: number | null): string {
  if (closesAtMs === null) return "unknown";
  return `${new Date(closesAtMs).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}
