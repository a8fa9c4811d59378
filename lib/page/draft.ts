/// <reference lib="dom" />
import { useCallback, useEffect, useState } from "preact/hooks";

/**
 * What a person typed and has not signed yet, kept in this browser so that a reload, a crash or a
 * refusal loses nothing. Empty where nothing is kept.
 */
export function readDraft(draftKey: string): string {
  try {
    return localStorage.getItem(storageKey(draftKey)) ?? "";
  } catch {
    // a browser may refuse storage; typing must go on
    return "";
  }
}

/** Keeps a draft; an empty one is forgotten. */
export function keepDraft(draftKey: string, text: string): void {
  try {
    if (text === "") localStorage.removeItem(storageKey(draftKey));
    else localStorage.setItem(storageKey(draftKey), text);
  } catch {
    // storage that is full or refused keeps nothing; the text stays in its field
  }
}

/** A text field's text under a key, see {@link readDraft}; another key shows its own text. */
export function useDraft(draftKey: string): [string, (text: string) => void] {
  const [held, setHeld] = useState({ draftKey, text: readDraft(draftKey) });
  const isCurrent = held.draftKey === draftKey;
  const text = isCurrent ? held.text : readDraft(draftKey);
  useEffect(() => {
    if (!isCurrent) setHeld({ draftKey, text: readDraft(draftKey) });
  }, [draftKey, isCurrent]);
  const set = useCallback((next: string) => {
    keepDraft(draftKey, next);
    setHeld({ draftKey, text: next });
  }, [draftKey]);
  return [text, set];
}

function storageKey(draftKey: string): string {
  return `basketry draft ${draftKey}`;
}
