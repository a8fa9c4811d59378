import * as Plot from "@observablehq/plot";

/** A line of text at its place in the units of the panel. */
export interface PlacedWord {
  readonly x: number;
  readonly y: number;
  /** Nothing is drawn where it is empty. */
  readonly text: string;
}

/** Lines of text of one look, their middles at their places. */
export function placedWords(
  lines: readonly PlacedWord[],
  { anchor, size, fill, weight = 400 }: {
    anchor: "start" | "middle" | "end";
    size: number;
    fill: string;
    weight?: 400 | 600;
  },
): Plot.Markish[] {
  const seen = lines.filter(({ text }) => text !== "");
  return seen.length === 0 ? [] : [
    Plot.text(seen, {
      x: "x",
      y: "y",
      text: "text",
      textAnchor: anchor,
      fontSize: size,
      fill,
      ...(weight === 600 ? { fontWeight: 600 } : {}),
    }),
  ];
}
