/// <reference lib="dom" />
import type { RefObject } from "preact";

/** Longest name that a decision takes. */
const LONGEST_NAME = 80;

/** The field for who signs; `isMissing` after somebody tried to sign without a name. */
export function ReviewerName({ name, onName, field, isMissing }: {
  name: string;
  onName: (name: string) => void;
  field: RefObject<HTMLInputElement | null>;
  isMissing: boolean;
}) {
  return (
    <div class="reviewer">
      <label for="reviewer-name">Your name</label>
      <input
        id="reviewer-name"
        ref={field}
        type="text"
        autoComplete="name"
        maxLength={LONGEST_NAME}
        required
        dir="auto"
        value={name}
        aria-invalid={isMissing}
        aria-describedby={isMissing ? "reviewer-missing" : undefined}
        onInput={(event) => onName(event.currentTarget.value)}
      />
      {isMissing && <span id="reviewer-missing" class="reviewer-missing">needed to sign</span>}
    </div>
  );
}
