/// <reference lib="dom" />
import { useMemo, useState } from "preact/hooks";
import { countText, fixedText } from "../../core/number_text.ts";
import type { Verdict } from "../../review/decision.ts";
import { twinKey } from "../../taxonomy/corrections.ts";
import type { AuditTwin } from "../../desk/audit_twins.ts";
import type { AuditIndex } from "./audit_index.ts";
import { CaseList } from "./audit_list.tsx";
import { orderKey, type Signing } from "./audit_signing.ts";
import { StrangerText } from "./audit_text.tsx";
import { TwinTexts } from "./audit_twin_texts.tsx";
import type { DeskProps } from "../desk_props.ts";
import { readDraft } from "../draft.ts";
import { SignBar } from "../sign_bar.tsx";
import { useKeys } from "../use_keys.ts";

/** Pairs of contracts of two venues side by side: one question, different ones, or unsure. */
export function TwinPairs({ index, signing, ...desk }: DeskProps & {
  index: AuditIndex;
  signing: Signing;
}) {
  const { find, isActive, notify } = desk;
  const pairs = index.view.twins;
  const [place, setPlace] = useState(0);
  const [isRuleOpen, setRuleOpen] = useState(false);
  const at = Math.min(place, pairs.length - 1);
  const go = (next: number) => {
    setPlace((next + pairs.length) % pairs.length);
    setRuleOpen(false);
  };
  const keys = useMemo(() => pairs.map(({ marketA, marketB }) => twinKey(marketA, marketB)), [
    pairs,
  ]);
  const subjects = keys.map((key) => find("twin", key));
  const pair = pairs[at], subject = subjects[at];
  const draftKey = `twin ${keys[at]}`;

  const judge = async (verdict: Verdict, comment = readDraft(draftKey)) => {
    if (subject === undefined) {
      return notify("This run does not ask about this pair, so nothing can be signed.");
    }
    const stored = signing.sign({ subject, verdict, value: {}, comment });
    if (signing.me === null && !await stored) return;
    const next = pairs.findIndex((_, k) => k > at && isOpen(subjects[k], signing));
    if (next >= 0) go(next);
  };
  useKeys([
    { key: "j", label: "Next pair", run: () => go(at + 1) },
    { key: "k", label: "Pair before", run: () => go(at - 1) },
    { key: "r", label: "Show or fold the rules", run: () => setRuleOpen(!isRuleOpen) },
    { key: "y", label: "The pair is one question", run: () => void judge("approve") },
    { key: "n", label: "Different questions: no twin", run: () => void judge("exclude") },
    { key: "d", label: "Unsure", run: () => void judge("flag") },
  ], isActive && pair !== undefined);

  const rows = useMemo(
    () =>
      pairs.map(({ marketA, accepted, isByPerson, similarity }, k) => ({
        id: keys[k]!,
        title: index.texts.get(marketA)?.title ?? marketA,
        note: `${
          accepted ? "accepted" : isByPerson ? "rejected by a person" : "rejected"
        }, similarity ${fixedText(similarity, 2)}`,
        standing: find("twin", keys[k]!)?.standing ?? null,
      })),
    [pairs, keys, index, find],
  );
  if (pair === undefined) {
    return <p class="panel">No two contracts of different venues look alike in this run.</p>;
  }
  const nAccepted = pairs.filter(({ accepted, isByPerson }) => accepted || isByPerson).length;
  return (
    <div class="audit-pair">
      <CaseList label="Twin pairs" rows={rows} at={at} onGo={go} />
      <article class="panel stack" aria-label={`Pair ${at + 1}`}>
        <p class="muted" aria-live="polite">
          Pair {at + 1} of {pairs.length}: {nAccepted} accepted by the program, then the{" "}
          {pairs.length - nAccepted} most similar of those it rejected
          {index.view.nTwinsLeftOut > 0 &&
            ` (${countText(index.view.nTwinsLeftOut)} less similar are not listed)`}.
        </p>
        <TwinTexts
          a={textOf(index, pair.marketA)}
          b={textOf(index, pair.marketB)}
          isOpen={isRuleOpen}
          onToggle={() => setRuleOpen(!isRuleOpen)}
        />
        <TwinEvidence pair={pair} />
        <SignBar
          subject={subject ?? null}
          draftKey={draftKey}
          isBusy={subject === undefined || signing.pending.has(orderKey(subject))}
          verdicts={[
            { verdict: "approve", label: "Same question", key: "y", isPrimary: pair.accepted },
            {
              verdict: "exclude",
              label: "Different: no twin",
              key: "n",
              isPrimary: !pair.accepted,
            },
            { verdict: "flag", label: "Unsure", key: "d" },
          ]}
          onSign={(verdict, comment) => void judge(verdict, comment)}
        />
        {subject === undefined && (
          <p class="muted">This run does not ask about this pair, so nothing can be signed.</p>
        )}
        {!pair.accepted && !pair.isByPerson && (
          <p class="muted">
            The program rejected this pair. Calling it the same question is kept as a note for
            whoever improves the rules; it joins nothing.
          </p>
        )}
      </article>
    </div>
  );
}

function isOpen(
  subject: ReturnType<DeskProps["find"]>,
  { pending }: Pick<Signing, "pending">,
): boolean {
  if (subject === undefined || pending.has(orderKey(subject))) return false;
  return subject.standing !== "signed" && subject.standing !== "flagged";
}

function textOf(index: AuditIndex, marketId: string) {
  const nothing = { title: null, outcome: null, eventTitle: null, rules: null, closesAtMs: null };
  return index.texts.get(marketId) ?? { marketId, ...nothing };
}

function TwinEvidence({ pair }: { pair: AuditTwin }) {
  const {
    similarity,
    daysApart,
    subject,
    predicate,
    numbers,
    deadline,
    accepted,
    isByPerson,
    reason,
  } = pair;
  const shared = (text: string) =>
    text === "" ? <span class="muted">none</span> : <StrangerText text={text} />;
  return (
    <section class="card stack" aria-label="What the program compared">
      <h4>
        {accepted
          ? "Accepted by the program"
          : isByPerson
          ? "Rejected by a person"
          : "Rejected by the program"}
      </h4>
      <dl class="facts facts-wide">
        <dt>Reason</dt>
        <dd>{shared(reason)}</dd>
        <dt>Similarity of the titles</dt>
        <dd>{fixedText(similarity, 3)}</dd>
        <dt>Shared subject</dt>
        <dd>{shared(subject)}</dd>
        <dt>Shared predicate</dt>
        <dd>{shared(predicate)}</dd>
        <dt>Shared numbers</dt>
        <dd>{shared(numbers)}</dd>
        <dt>Deadlines</dt>
        <dd>{shared(deadline)}</dd>
        <dt>Days between the ends</dt>
        <dd>{daysApart === null ? "unknown" : fixedText(daysApart, 1)}</dd>
      </dl>
    </section>
  );
}
