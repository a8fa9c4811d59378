/// <reference lib="dom" />
import { Fragment } from "preact";
import { useMemo } from "preact/hooks";
import { cleanText } from "../../charts/text_lines.ts";
import type { AuditText } from "../../desk/audit_view.ts";
import { endText } from "./audit_contract.tsx";
import { isFoldable, ruleLines } from "./audit_text.tsx";
import { type TextRun, wordDifference } from "./word_difference.ts";
import { FoldButton } from "./fold_button.tsx";

/** From here on a title is folded: about four lines. */
const LONG_TITLE = 160;

/** Two contracts side by side; words that only one of them has are marked. */
export function TwinTexts({ a, b, isOpen, onToggle }: {
  a: AuditText;
  b: AuditText;
  isOpen: boolean;
  onToggle: () => void;
}) {
  const titles = useMemo(
    () => wordDifference(cleanText(titleOf(a)), cleanText(titleOf(b))),
    [a, b],
  );
  const rules = useMemo(() => wordDifference(rulesOf(a), rulesOf(b)), [a, b]);
  const canFold = [a, b].some((one) =>
    isFoldable(rulesOf(one)) || titleOf(one).length > LONG_TITLE
  );
  const isFolded = canFold && !isOpen;
  return (
    <>
      <div class="twin-texts">
        <Side text={a} title={titles.a} rules={rules.a} isFolded={isFolded} />
        <Side text={b} title={titles.b} rules={rules.b} isFolded={isFolded} />
      </div>
      <p class="row muted">
        <span>
          <mark>Marked</mark> words are not in the other text at that place.
          {rules.isCut && " Very long rules are compared in their first 5,000 words."}
        </span>
        {canFold && <FoldButton what="the texts" isOpen={isOpen} onToggle={onToggle} />}
      </p>
    </>
  );
}

function Side({ text, title, rules, isFolded }: {
  text: AuditText;
  title: readonly TextRun[];
  rules: readonly TextRun[];
  isFolded: boolean;
}) {
  return (
    <section class="card stack twin-side" aria-label={venueOf(text.marketId)}>
      <p class="muted row">
        <strong>{venueOf(text.marketId)}</strong>
        <bdi>{text.marketId}</bdi>
      </p>
      <h3 class={isFolded ? "twin-title twin-title-folded" : "twin-title"} dir="auto">
        <Runs runs={title} />
      </h3>
      <p class="muted">Ends {endText(text.closesAtMs)}</p>
      {rules.length === 0
        ? <p class="muted">The source has no rule text for it.</p>
        : (
          <p dir="auto" class={isFolded ? "rule-lines rule-folded" : "rule-lines"}>
            <Runs runs={rules} />
          </p>
        )}
    </section>
  );
}

function Runs({ runs }: { runs: readonly TextRun[] }) {
  return (
    <>
      {runs.map(({ text, isCommon }, k) => {
        if (isCommon) return text;
        const words = text.trimEnd();
        return (
          <Fragment key={k}>
            <mark>{words}</mark>
            {text.slice(words.length)}
          </Fragment>
        );
      })}
    </>
  );
}

function titleOf({ marketId, title, outcome }: AuditText): string {
  const name = title ?? marketId;
  return outcome === null || outcome === "Yes" ? name : `${name} [${outcome}]`;
}

function rulesOf({ rules }: AuditText): string {
  return ruleLines(rules ?? "").join("\n");
}

function venueOf(marketId: string): string {
  return marketId.startsWith("kalshi:") ? "Kalshi" : "Polymarket";
}
