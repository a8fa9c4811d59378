import { createContext } from "preact";
import type { Key } from "./key_match.ts";

/** Where the keys that work at the moment are written down, for the help. */
export interface KeyList {
  /** Adds keys; the answer takes them away again. */
  add(keys: readonly Key[]): () => void;
  /** All keys that work now, in the order in which they were added. */
  all(): readonly Key[];
}

/** An empty {@link KeyList}. */
export function keyList(): KeyList {
  const held = new Set<readonly Key[]>();
  return {
    add(keys) {
      held.add(keys);
      return () => held.delete(keys);
    },
    all: () => [...held].flat(),
  };
}

/** The list of the page; `null` outside of the shell, where keys work and nobody lists them. */
export const KeyListContext = createContext<KeyList | null>(null);
