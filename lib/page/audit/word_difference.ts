/** A run of words of a text; all runs joined are the text. */
export interface TextRun {
  readonly text: string;
  /** Whether the other text has the same words at this place. */
  readonly isCommon: boolean;
}

/** Two texts as runs of words that they share and words that they do not. */
export interface WordDifference {
  readonly a: readonly TextRun[];
  readonly b: readonly TextRun[];
  /** Whether a text was too long, so that its end was not compared; it stands as shared. */
  readonly isCut: boolean;
}

/** Words of each text that are compared; 5,000 against 5,000 take about a tenth of a second. */
const MOST_WORDS = 5000;

/**
 * The words that two texts do not share, by a longest common subsequence.
 *
 * Words are equal without regard to case and to marks around them, so that a full stop is no
 * difference; "not", a date or a source is.
 *
 * Cost: O(words of a × words of b) time and bytes, less what both begin and end with.
 * Source: Wagner & Fischer 1974, with one byte a cell for the way back.
 *
 * @param options.mostWords Words of each text that are compared.
 */
export function wordDifference(
  a: string,
  b: string,
  { mostWords = MOST_WORDS }: { readonly mostWords?: number } = {},
): WordDifference {
  const pieces = [a, b].map(piecesOf);
  const words = pieces.map((list) => list.slice(0, mostWords).map(plainWord));
  const [inA, inB] = commonWords(words[0]!, words[1]!);
  return {
    a: runsOf(pieces[0]!, inA),
    b: runsOf(pieces[1]!, inB),
    isCut: pieces.some((list) => list.length > mostWords),
  };
}

/** Words, each with the blanks that follow it; the first with those before it too. */
function piecesOf(text: string): string[] {
  return text.match(/^\s*\S+\s*|\S+\s*|^\s+$/g) ?? [];
}

/** What of a word is compared; a word of marks alone is itself. */
function plainWord(piece: string): string {
  const word = piece.trim().toLowerCase();
  return word.replace(/^[^\p{L}\p{N}$€£+−-]+|[^\p{L}\p{N}%]+$/gu, "") || word;
}

/** Which words of each list are in a longest common subsequence; the earliest of several. */
function commonWords(a: readonly string[], b: readonly string[]): [Uint8Array, Uint8Array] {
  const inA = new Uint8Array(a.length), inB = new Uint8Array(b.length);
  let start = 0, endA = a.length, endB = b.length;
  while (start < endA && start < endB && a[start] === b[start]) inA[start] = inB[start++] = 1;
  while (endA > start && endB > start && a[endA - 1] === b[endB - 1]) inA[--endA] = inB[--endB] = 1;
  const known = new Map<string, number>();
  const idsA = numbersOf(a.slice(start, endA), known);
  const idsB = numbersOf(b.slice(start, endB), known);
  const way = waysForward(idsA, idsB);
  const width = idsB.length + 1;
  for (let i = 0, j = 0; i < idsA.length && j < idsB.length;) {
    const step = way[i * width + j];
    if (step === BOTH) inA[start + i++] = inB[start + j++] = 1;
    else if (step === A) ++i;
    else ++j;
  }
  return [inA, inB];
}

const BOTH = 0, A = 1, B = 2;

/** For each pair of rests of two lists, which word to take or to pass over first. */
function waysForward(a: Int32Array, b: Int32Array): Uint8Array {
  const width = b.length + 1;
  const way = new Uint8Array((a.length + 1) * width);
  let below = new Uint16Array(width), row = new Uint16Array(width);
  for (let i = a.length - 1; i >= 0; --i) {
    const own = a[i];
    for (let j = b.length - 1; j >= 0; --j) {
      if (own === b[j]) row[j] = below[j + 1]! + 1;
      else {
        const isDown = below[j]! >= row[j + 1]!;
        row[j] = isDown ? below[j]! : row[j + 1]!;
        way[i * width + j] = isDown ? A : B;
      }
    }
    [below, row] = [row, below];
  }
  return way;
}

/** Words as numbers that are equal where the words are; numbers new words into `known`. */
function numbersOf(words: readonly string[], known: Map<string, number>): Int32Array {
  return Int32Array.from(words, (word) => {
    const number = known.get(word) ?? known.size;
    known.set(word, number);
    return number;
  });
}

function runsOf(pieces: readonly string[], isIn: Uint8Array): TextRun[] {
  const runs: { text: string; isCommon: boolean }[] = [];
  for (const [i, piece] of pieces.entries()) {
    const isCommon = i >= isIn.length || isIn[i] === 1;
    const last = runs.at(-1);
    if (last?.isCommon === isCommon) last.text += piece;
    else runs.push({ text: piece, isCommon });
  }
  return runs;
}
