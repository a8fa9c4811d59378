/// <reference lib="dom" />
import { useId, useLayoutEffect, useRef } from "preact/hooks";
import { parseDay } from "../../core/day.ts";
import { dayText } from "../../core/number_text.ts";
import { useDraft } from "../draft.ts";

/** Asks from when on a contract may not be held. Escape closes it. */
export function BasketExclude({ title, decidedOn, draftKey, isBusy, onExclude, onClose }: {
  title: string;
  /** Day of the decision that holds it, ISO. */
  decidedOn: string;
  draftKey: string;
  isBusy: boolean;
  onExclude: (since: string | null, comment: string) => void;
  onClose: () => void;
}) {
  const [comment, setComment] = useDraft(draftKey);
  const field = useId();
  const first = useRef<HTMLButtonElement>(null);
  useLayoutEffect(() => first.current?.focus(), []);

  return (
    <div
      class="basket-exclude"
      role="group"
      aria-label={`Exclude ${title}`}
      onKeyDown={(event) => {
        if (event.key !== "Escape") return;
        event.preventDefault();
        onClose();
      }}
    >
      <p>From when on may no basket hold it?</p>
      <div class="row">
        <button
          ref={first}
          type="button"
          class="button button-primary"
          aria-disabled={isBusy}
          onClick={() => isBusy || onExclude(decidedOn, comment)}
        >
          From this decision on ({dayText(parseDay(decidedOn))})
        </button>
        <button
          type="button"
          class="button"
          aria-disabled={isBusy}
          onClick={() => isBusy || onExclude(null, comment)}
        >
          At any date
        </button>
        <button type="button" class="button" onClick={onClose}>Cancel</button>
      </div>
      <label for={field} class="muted">Why (may stay empty)</label>
      <input
        id={field}
        type="text"
        dir="auto"
        maxLength={4000}
        value={comment}
        onInput={(event) => setComment(event.currentTarget.value)}
      />
    </div>
  );
}
