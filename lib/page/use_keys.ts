/// <reference lib="dom" />
import { useContext, useEffect, useRef } from "preact/hooks";
import { KeyListContext } from "./key_list.ts";
import { isKey, isKeyOfTarget, type Key } from "./key_match.ts";

/**
 * Keys of a part of the page. They sleep while it is not active, while a dialog is open, and where the
 * focused element needs the key itself; a key that somebody has answered already is left alone.
 *
 * @param keys May be a new list at every drawing; `run` is always that of the last.
 */
export function useKeys(keys: readonly Key[], isActive: boolean): void {
  const list = useContext(KeyListContext);
  const latest = useRef(keys);
  latest.current = keys;
  const words = keys.map(({ key, label }) => `${key} ${label}`).join("\n");

  useEffect(() => {
    if (!isActive) return;
    const onPress = (press: KeyboardEvent) => {
      if (press.defaultPrevented || document.querySelector("dialog[open]") !== null) return;
      const found = latest.current.find(({ key }) => isKey(press, key));
      if (found === undefined) return;
      const { target } = press;
      if (target instanceof HTMLElement) {
        const type = target instanceof HTMLInputElement ? target.type : "";
        const { tagName, isContentEditable } = target;
        if (isKeyOfTarget({ tagName, type, isContentEditable }, press.key)) return;
      }
      press.preventDefault();
      found.run();
    };
    document.addEventListener("keydown", onPress);
    return () => document.removeEventListener("keydown", onPress);
  }, [isActive]);

  useEffect(() => isActive ? list?.add(latest.current) : undefined, [isActive, words, list]);
}
