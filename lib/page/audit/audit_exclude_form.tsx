/// <reference lib="dom" />
import { useId, useLayoutEffect, useRef, useState } from "preact/hooks";

/** From when a contract may not be held: ever, or from a day on. */
export function ExcludeForm({ asOf, onExclude, onCancel }: {
  asOf: string;
  onExclude: (since: string | null) => void;
  onCancel: () => void;
}) {
  const [isDated, setDated] = useState(false);
  const [since, setSince] = useState(asOf);
  const first = useRef<HTMLInputElement>(null);
  const id = useId();
  useLayoutEffect(() => first.current?.focus(), []);
  const isReady = !isDated || /^\d{4}-\d{2}-\d{2}$/.test(since);
  return (
    <form
      class="card stack exclude-form"
      aria-label="Exclude the contract"
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) onExclude(isDated ? since : null);
      }}
      onKeyDown={(press) => {
        if (press.key !== "Escape") return;
        press.preventDefault();
        onCancel();
      }}
    >
      <label class="row">
        <input
          ref={first}
          type="radio"
          name={id}
          checked={!isDated}
          onChange={() => setDated(false)}
        />
        Not held at any date
      </label>
      <label class="row">
        <input type="radio" name={id} checked={isDated} onChange={() => setDated(true)} />
        Not held from this decision date on:
        <input
          type="date"
          aria-label="First day"
          value={since}
          onFocus={() => setDated(true)}
          onInput={(event) => setSince(event.currentTarget.value)}
        />
      </label>
      <div class="row">
        <button type="submit" class="button button-primary" disabled={!isReady}>Exclude</button>
        <button type="button" class="button" onClick={onCancel}>
          Back<kbd aria-hidden="true">Esc</kbd>
        </button>
      </div>
    </form>
  );
}
