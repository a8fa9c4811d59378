import { textTokens } from "./text_tokens.ts";

/** Shapes of a word that a keyword may ask for in place of a word. */
export const TERM_SHAPES = ["name", "number", "money", "cashtag", "year", "word"] as const;

/** A keyword as the sequence of symbols that the words of a text are compared with. */
export interface TermPattern {
  /** As the file has it, gazetteer entries filled in. */
  readonly text: string;
  /**
   * One a word: `key` for a word in any case, `=Surface` for a word in exactly this case, `{shape}`.
   * A first symbol `^` stands for the start of a slug.
   */
  readonly symbols: readonly string[];
  /** Whether it is the beginning of a slug's first word: `^kxnfl*`. */
  readonly isPrefix: boolean;
  /** Whether it has a shape that any word may fill. */
  readonly isWide: boolean;
}

/**
 * Reads one keyword of `config/taxonomy.yaml`, gazetteers already filled in.
 *
 * Words are compared without case, accents, plurals of the text and possessives. `=ICE` asks for
 * these very capitals, `{number}` for a word of a shape, `^nba` for the start of a slug and `^kx*`
 * for the start of a slug's first word.
 *
 * @throws {SyntaxError} If it has no word, an unknown shape or a misplaced mark.
 */
export function termPattern(text: string): TermPattern {
  const isStart = text.startsWith("^");
  const body = isStart ? text.slice(1) : text;
  const isPrefix = body.endsWith("*");
  const symbols = (isPrefix ? body.slice(0, -1) : body).split(/\s+/).filter((piece) => piece !== "")
    .flatMap(pieceSymbols);
  const isWide = symbols.some((symbol) => symbol === "{name}" || symbol === "{word}");
  const isEmpty = symbols.every((symbol) => symbol.startsWith("{")) && !isStart &&
    !symbols.includes("{cashtag}");
  if (symbols.length === 0 || isEmpty || isPrefix && (!isStart || symbols.length > 1)) {
    throw new SyntaxError(
      `Cannot read a keyword as it must have a word, and * only after the first word of a slug: got "${text}"`,
    );
  }
  return { text, symbols: isStart ? ["^", ...symbols] : symbols, isPrefix, isWide };
}

function pieceSymbols(piece: string): string[] {
  const shape = piece.match(/^\{(\w+)\}$/)?.[1];
  if (shape !== undefined) {
    if (!TERM_SHAPES.some((known) => known === shape)) {
      throw new SyntaxError(
        `Cannot read a keyword as {…} must be a gazetteer or one of ${
          TERM_SHAPES.join(", ")
        }: got "${piece}"`,
      );
    }
    return [piece];
  }
  const isExact = piece.startsWith("=");
  const tokens = textTokens(isExact ? piece.slice(1) : piece);
  return tokens.map(({ key, surface }) => isExact ? `=${surface}` : key);
}
