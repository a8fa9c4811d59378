/// <reference lib="dom" />
import { useCallback, useState } from "preact/hooks";

/** A small choice that outlives a reload in this browser, such as the theme or the reviewer's name. */
export function useKeptChoice(
  name: string,
  usual: string,
): readonly [string, (choice: string) => void] {
  const [choice, setChoice] = useState(() => keptOf(name) ?? usual);
  const keep = useCallback((next: string) => {
    setChoice(next);
    try {
      localStorage.setItem(`basketry ${name}`, next);
    } catch {
      // a browser may refuse storage; the choice holds until the page closes
    }
  }, [name]);
  return [choice, keep];
}

function keptOf(name: string): string | null {
  try {
    return localStorage.getItem(`basketry ${name}`);
  } catch {
    return null;
  }
}
