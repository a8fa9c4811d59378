/// <reference lib="dom" />
import { useState } from "preact/hooks";
import { cleanText, safeText } from "../../charts/text_lines.ts";
import { FoldButton } from "./fold_button.tsx";

/** Characters of a title before the rest is folded away. */
const TITLE_CHARACTERS = 300;
/** From here on a rule text is folded: about twelve lines. */
const RULE_CHARACTERS = 1100, RULE_LINES = 12;

/**
 * A text of a stranger on one line or a few: without characters that reorder or hide text, apart from
 * its surroundings in its direction, its end folded away where it is very long.
 */
export function StrangerText({ text, most = TITLE_CHARACTERS }: { text: string; most?: number }) {
  const [shown, setShown] = useState<string | null>(null);
  const letters = Array.from(cleanText(text));
  const isLong = letters.length > most + 40 && shown !== text;
  return (
    <>
      <bdi dir="auto" class="stranger">
        {isLong ? `${letters.slice(0, most).join("").trimEnd()}…` : letters.join("")}
      </bdi>
      {isLong && (
        <button
          type="button"
          class="button button-small stranger-all"
          onClick={() => setShown(text)}
        >
          Show all {letters.length} characters
        </button>
      )}
    </>
  );
}

/** A rule text's lines without characters that reorder or hide text. */
export function ruleLines(text: string): string[] {
  return text.replace(/\r\n?/g, "\n").split("\n").map((line) => safeText(line).trimEnd());
}

/** Whether a rule text is so long that it is folded at first. */
export function isFoldable(text: string): boolean {
  return text.length > RULE_CHARACTERS || text.split(/\r\n?|\n/).length > RULE_LINES;
}

/** A contract's rules, folded after about twelve lines until they are opened. */
export function RuleText({ text, isOpen, onToggle }: {
  text: string | null;
  isOpen: boolean;
  onToggle: () => void;
}) {
  if (text === null || text.trim() === "") {
    return <p class="muted">The source has no rule text for it.</p>;
  }
  const canFold = isFoldable(text);
  return (
    <div class="rule-text">
      <p dir="auto" class={canFold && !isOpen ? "rule-lines rule-folded" : "rule-lines"}>
        {ruleLines(text).join("\n")}
      </p>
      {canFold && <FoldButton what="the rules" isOpen={isOpen} onToggle={onToggle} />}
    </div>
  );
}
