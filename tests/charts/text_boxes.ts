import { DOMParser } from "linkedom";
import { textWidth } from "lib/charts/text_width.ts";

/** A drawn line of text: where it is and how large. */
export interface TextBox {
  readonly text: string;
  readonly size: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface Node {
  readonly nodeType: number;
  readonly nodeName: string;
  readonly textContent: string | null;
  readonly childNodes: Iterable<Node>;
  getAttribute?(name: string): string | null;
}

interface Inherited {
  readonly x: number;
  readonly y: number;
  readonly size: number;
  readonly weight: 400 | 600;
  readonly anchor: string;
}

/** Every line of text of a figure, in its own coordinates; widths as the shipped font has them. */
export function textBoxes(svg: string): TextBox[] {
  const boxes: TextBox[] = [];
  const root = new DOMParser().parseFromString(svg, "image/svg+xml") as unknown as Node;
  walk(root, { x: 0, y: 0, size: 12, weight: 400, anchor: "start" }, boxes);
  return boxes;
}

function walk(node: Node, from: Inherited, boxes: TextBox[]): void {
  const of = (name: string) => node.getAttribute?.(name) ?? undefined;
  const move = /translate\(([-\d.]+),([-\d.]+)\)/.exec(of("transform") ?? "");
  const here: Inherited = {
    x: from.x + Number(move?.[1] ?? 0),
    y: from.y + Number(move?.[2] ?? 0),
    size: Number(of("font-size") ?? from.size),
    weight: (of("font-weight") ?? String(from.weight)) === "600" ? 600 : 400,
    anchor: of("text-anchor") ?? from.anchor,
  };
  if (node.nodeName.toLowerCase() !== "text") {
    for (const child of node.childNodes) walk(child, here, boxes);
    return;
  }
  const text = node.textContent ?? "";
  const length = (value = "0") =>
    value.endsWith("em") ? parseFloat(value) * here.size : Number(value);
  const width = textWidth(text, here.size, here.weight);
  const x = here.x + length(of("x")) + length(of("dx"));
  const y = here.y + length(of("y")) + length(of("dy"));
  const left = here.anchor === "end" ? x - width : here.anchor === "middle" ? x - width / 2 : x;
  boxes.push({
    text,
    size: here.size,
    left,
    right: left + width,
    top: y - 0.73 * here.size,
    bottom: y + 0.2 * here.size,
  });
}

/** Pairs of texts that are drawn over one another by more than a hair. */
export function overlaps(boxes: readonly TextBox[]): string[] {
  const found: string[] = [];
  boxes.forEach((a, i) => {
    for (const b of boxes.slice(i + 1)) {
      const wide = Math.min(a.right, b.right) - Math.max(a.left, b.left);
      const high = Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top);
      if (wide > 0.5 && high > 0.5) found.push(`"${a.text}" and "${b.text}"`);
    }
  });
  return found;
}
