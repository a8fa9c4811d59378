/// <reference lib="dom" />
import { useEffect, useLayoutEffect, useState } from "preact/hooks";
import { useKeptChoice } from "./kept_choice.ts";

const CHOICES = [["auto", "Auto"], ["light", "Light"], ["dark", "Dark"]] as const;

/** The page's theme: what the person chose, and whether it is dark now. */
export function useTheme(): {
  choice: string;
  setChoice: (choice: string) => void;
  isDark: boolean;
} {
  const [choice, setChoice] = useKeptChoice("theme", "auto");
  const [isSystemDark, setSystemDark] = useState(() => darkQuery().matches);
  useEffect(() => {
    const query = darkQuery();
    const onChange = () => setSystemDark(query.matches);
    query.addEventListener("change", onChange);
    return () => query.removeEventListener("change", onChange);
  }, []);
  useLayoutEffect(() => {
    if (choice === "auto") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = choice;
  }, [choice]);
  return { choice, setChoice, isDark: choice === "dark" || choice === "auto" && isSystemDark };
}

/** Chooses the theme; automatic follows the system. */
export function ThemeSwitch({ choice, onChoice }: {
  choice: string;
  onChoice: (choice: string) => void;
}) {
  return (
    <div class="theme-switch">
      <label for="theme-choice">Theme</label>
      <select
        id="theme-choice"
        value={choice}
        onChange={(event) => onChoice(event.currentTarget.value)}
      >
        {CHOICES.map(([value, label]) => <option key={value} value={value}>{label}</option>)}
      </select>
    </div>
  );
}

function darkQuery(): MediaQueryList {
  return matchMedia("(prefers-color-scheme: dark)");
}
