/// <reference lib="dom" />
import { useEffect, useId, useLayoutEffect, useRef, useState } from "preact/hooks";
import { UNCATEGORIZED } from "../../taxonomy/themes.ts";
import { type DeskThemes, ThemeChip, themeName } from "./audit_theme.tsx";

/** A theme, `UNCATEGORIZED`, or `null`: the person cannot say. */
export type PickedTheme = string | null;

/**
 * Themes to pick one of by typing a part of its name, with arrows and Enter or with the mouse.
 *
 * @param left Id of a theme that is not offered. @param unknownLabel Words for not being able to say.
 * @param onCancel Escape; without it the picker stays.
 */
export function ThemePicker({ themes, left, label, unknownLabel, isDark, onPick, onCancel }: {
  themes: DeskThemes;
  left: string | null;
  label: string;
  unknownLabel: string | null;
  isDark: boolean;
  onPick: (theme: PickedTheme) => void;
  onCancel?: () => void;
}) {
  const [typed, setTyped] = useState("");
  const [place, setPlace] = useState(0);
  const field = useRef<HTMLInputElement>(null);
  const id = useId();
  const choices = pickable(themes, { left, canDoubt: unknownLabel !== null, typed });
  const at = Math.min(place, choices.length - 1);

  // before the next key press, which is meant for it
  useLayoutEffect(() => field.current?.focus(), []);
  useEffect(() => {
    document.getElementById(`${id}-${at}`)?.scrollIntoView?.({ block: "nearest" });
  }, [at]);

  const onKeyDown = (press: KeyboardEvent) => {
    const step = press.key === "ArrowDown" ? 1 : press.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setPlace((at + step + choices.length) % Math.max(choices.length, 1));
    else if (press.key === "Enter" && !press.isComposing) {
      const choice = choices[at];
      if (choice !== undefined) onPick(choice);
    } else if (press.key === "Escape" && onCancel !== undefined) onCancel();
    else return;
    press.preventDefault();
    press.stopPropagation();
  };

  return (
    <div class="theme-picker">
      <label for={`${id}-field`}>{label}</label>
      <input
        id={`${id}-field`}
        ref={field}
        type="text"
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={at >= 0 ? `${id}-${at}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder="Type a part of its name; ↑ ↓ and Enter"
        value={typed}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setPlace(0);
        }}
        onKeyDown={onKeyDown}
      />
      <ul id={`${id}-list`} role="listbox" aria-label={label} class="list theme-choices">
        {choices.map((choice, i) => (
          <li
            key={choice ?? ""}
            id={`${id}-${i}`}
            role="option"
            aria-selected={i === at}
            class="list-item"
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(choice)}
          >
            {choice === null
              ? <span class="theme-unknown">{unknownLabel}</span>
              : choice === UNCATEGORIZED
              ? <span class="theme-unknown">None of them: uncategorized</span>
              : <ThemeChip themes={themes} id={choice} isDark={isDark} />}
          </li>
        ))}
      </ul>
      {choices.length === 0 && (
        <p class="muted">
          {left === null ? "No theme" : "No other theme"} has “{typed}” in its name.
        </p>
      )}
      {onCancel !== undefined && (
        <button type="button" class="button button-small" onClick={onCancel}>
          Back<kbd aria-hidden="true">Esc</kbd>
        </button>
      )}
    </div>
  );
}

/** What is offered for what was typed, in the taxonomy's order, the two ways out last. */
export function pickable(
  themes: DeskThemes,
  { left, canDoubt, typed }: {
    readonly left: string | null;
    readonly canDoubt: boolean;
    readonly typed: string;
  },
): PickedTheme[] {
  const words = plain(typed).split(/\s+/).filter((word) => word !== "");
  const fits = (text: string) => words.every((word) => plain(text).includes(word));
  const named = themes.map(({ id }) => id).filter((id) =>
    fits(`${themeName(themes, id)} ${id.replaceAll("_", " ")}`)
  );
  const none = fits("none of them uncategorized") ? [UNCATEGORIZED] : [];
  const doubt = canDoubt && fits("i cannot say what is right") ? [null] : [];
  return [...named, ...none, ...doubt].filter((id) => id === null || id !== left);
}

function plain(text: string): string {
  return text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
}
