/** A key that does something, with words for the list of keys. */
export interface Key {
  /** As `KeyboardEvent.key` gives it: `j`, `?`, `ArrowUp`, `Enter`. */
  readonly key: string;
  readonly label: string;
  readonly run: () => void;
}

/** What of a key press decides which key it is. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** What of the element that has the focus decides whether a key is left to it. */
export interface KeyTarget {
  /** Upper case, as HTML elements have it. */
  readonly tagName: string;
  /** `type` of an input, empty for others. */
  readonly type: string;
  readonly isContentEditable: boolean;
}

const TYPED = new Set(["text", "search", "number", "date", "email", "url", "password", ""]);

/**
 * Whether a press is this key. Of letters shift decides and not caps lock: `A` is shift and a. Presses with
 * Control, Alt or Meta belong to the browser.
 */
export function isKey(press: KeyPress, key: string): boolean {
  if (press.ctrlKey || press.metaKey || press.altKey) return false;
  if (!/^[a-z]$/i.test(press.key)) return press.key === key;
  return key === (press.shiftKey ? press.key.toUpperCase() : press.key.toLowerCase());
}

/**
 * Whether the focused element needs the key itself: text fields need all of them, lists and sliders the
 * arrows, buttons and links Enter and the blank.
 */
export function isKeyOfTarget(target: KeyTarget, key: string): boolean {
  const { tagName, type, isContentEditable } = target;
  if (isContentEditable || tagName === "TEXTAREA" || tagName === "SELECT") return true;
  if (tagName === "INPUT") {
    if (TYPED.has(type)) return true;
    return key.startsWith("Arrow") || key === "Home" || key === "End" || key === " ";
  }
  const isPressed = key === "Enter" || key === " ";
  return isPressed && ["BUTTON", "A", "SUMMARY"].includes(tagName);
}
