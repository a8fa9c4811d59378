/// <reference lib="dom" />
import { useEffect, useMemo } from "preact/hooks";
import type { AuditView } from "../../desk/audit_view.ts";
import { AuditCases } from "./audit_cases.tsx";
import { auditIndex } from "./audit_index.ts";
import { AuditQueue } from "./audit_queue.tsx";
import { RefusedOrders } from "./audit_refused.tsx";
import { useSigning } from "./audit_signing.ts";
import type { DeskProps } from "../desk_props.ts";
import { useKeptChoice } from "../kept_choice.ts";
import { TwinPairs } from "./twin_pairs.tsx";
import { useKeys } from "../use_keys.ts";
import { useView } from "../use_view.ts";

const PARTS = [
  { id: "queue", label: "Audit queue", key: "q" },
  { id: "cases", label: "Words against prices", key: "w" },
  { id: "twins", label: "Twin pairs", key: "t" },
] as const;

/** The open part: that of the address, `#audit/twins`, else the one that was open last. */
function usePart(): readonly [(typeof PARTS)[number]["id"], (part: string) => void] {
  const [kept, keep] = useKeptChoice("audit part", "queue");
  useEffect(() => {
    const onHash = () => {
      const [tab, asked] = location.hash.slice(1).split("/");
      if (tab === "audit" && PARTS.some(({ id }) => id === asked)) keep(asked!);
    };
    onHash();
    addEventListener("hashchange", onHash);
    return () => removeEventListener("hashchange", onHash);
  }, [keep]);
  const open = (part: string) => {
    keep(part);
    history.replaceState(null, "", `#audit/${part}`);
  };
  return [PARTS.find(({ id }) => id === kept)?.id ?? "queue", open];
}

/** The desk of classifications: the audit queue, words against prices, and twin pairs. */
export function AuditDesk(props: DeskProps) {
  const { state, client, isActive } = props;
  // what is shown depends on the run and on no decision, so a decision does not load it again
  const { view, error, isLoading } = useView<AuditView>(client, "/api/audit", state.runRevision);
  const index = useMemo(() => view === null ? null : auditIndex(view), [view]);
  const signing = useSigning(props);
  const [part, setPart] = usePart();
  useKeys(PARTS.map(({ id, label, key }) => ({ key, label, run: () => setPart(id) })), isActive);

  return (
    <div class="audit-desk stack">
      <div class="row audit-parts" role="group" aria-label="Parts of this desk">
        {PARTS.map(({ id, label, key }) => (
          <button
            key={id}
            type="button"
            class="button"
            aria-pressed={id === part}
            aria-keyshortcuts={key}
            onClick={() => setPart(id)}
          >
            {label}
            <kbd aria-hidden="true">{key}</kbd>
          </button>
        ))}
      </div>
      <RefusedOrders signing={signing} />
      {error !== null && <p role="alert" class="panel audit-error">{error}</p>}
      {index === null && isLoading && <p class="muted">Reading the audit …</p>}
      {index !== null && (
        part === "queue"
          ? <AuditQueue {...props} index={index} signing={signing} />
          : part === "cases"
          ? <AuditCases {...props} index={index} signing={signing} />
          : <TwinPairs {...props} index={index} signing={signing} />
      )}
    </div>
  );
}
