/**
 * Refuses texts that SQLite would cut or change: those with a NUL and those that have no UTF-8 form.
 *
 * @param texts Texts by the words that name them in the error.
 * @throws {TypeError} If a text is one of these.
 */
export function requireWholeTexts(texts: Readonly<Record<string, string | null>>): void {
  for (const [name, text] of Object.entries(texts)) {
    if (text === null || (text.isWellFormed() && !text.includes("\0"))) continue;
    throw new TypeError(
      `Cannot store ${name} as it must be text of whole characters without NUL: got ${
        JSON.stringify(text.slice(0, 80))
      }`,
    );
  }
}
