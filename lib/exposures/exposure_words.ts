/** A pattern over normalised words: true where the words have it. */
export type WordPattern = (words: string) => boolean;

/** Letters and digits of any script, and the signs that change a number's meaning. */
const OTHER = /[^\p{L}\p{N}%+&$<>↑↓.\-]+/gu;

/**
 * A text as lower-case words between single blanks, with a blank at both ends.
 *
 * Accents are taken off, hyphens between words become blanks, commas between digits go ("7,600" →
 * "7600"), a point stays inside of a number only. What remains is letters, digits and % + & $ < > ↑ ↓.
 */
export function ruleWords(text: string): string {
  const plain = text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase()
    .replace(/(?<=\d),(?=\d{3})/g, "")
    .replace(/[‐‑‒–—−]/g, "-")
    .replace(OTHER, " ")
    .replace(/-|(?<!\d)\.|\.(?!\d)/g, " ");
  return ` ${plain.replace(/ +/g, " ").trim()} `;
}

/**
 * Compiles one line of a rule into a test on {@link ruleWords}.
 *
 * `fed chair` wants the two words side by side, `fed + chair` wants both anywhere, `cut*` any word
 * that begins so, `{hawk}` any line of the group of that name.
 *
 * @param line One line of a rule.
 * @param groups Lines by name of group; they hold no groups themselves.
 * @throws {SyntaxError} If a part has no words, or a * or group within them, or names an unknown group.
 */
export function wordPattern(
  line: string,
  groups: ReadonlyMap<string, readonly string[]> = new Map(),
): WordPattern {
  const parts = line.split(" + ").map((part) => {
    const name = /^\s*\{([a-z0-9_]+)\}\s*$/.exec(part)?.[1];
    if (name === undefined) return phrase(part, line);
    const members = groups.get(name);
    if (members === undefined) {
      throw new SyntaxError(
        `Cannot read the words "${line}" as a group must be listed under groups: got "${name}"`,
      );
    }
    return anyPattern(members);
  });
  return (words) => parts.every((part) => part(words));
}

/** True where the words have any of the lines; never for no lines. */
export function anyPattern(
  lines: readonly string[],
  groups: ReadonlyMap<string, readonly string[]> = new Map(),
): WordPattern {
  const patterns = lines.map((line) => wordPattern(line, groups));
  return (words) => patterns.some((pattern) => pattern(words));
}

function phrase(part: string, line: string): WordPattern {
  const isOpen = part.trimEnd().endsWith("*");
  const words = ruleWords(part);
  if (words.trim() === "" || /[*{}](?!\s*$)|[{}]/.test(part)) {
    throw new SyntaxError(
      `Cannot read the words "${line}" as each part must be words, a group alone, or end in *: got "${part}"`,
    );
  }
  // blanks at both ends, so that "fed" is not found in "federal"
  const sought = isOpen ? words.trimEnd() : words;
  return (text) => text.includes(sought);
}
