import assert from "node:assert/strict";
import type { Figure } from "lib/charts/figure.ts";
import { overlaps, type TextBox, textBoxes } from "./text_boxes.ts";

const SLANTED = /<text [^>]*rotate\(-45\)[^>]*>[^<]*<\/text>/g;

/** Lines of text that are level; those that climb by 45° are left out. */
export function levelBoxes(svg: string): TextBox[] {
  return textBoxes(svg.replace(SLANTED, ""));
}

/** Lines of text that climb by 45°, as they would stand if they were level. */
export function slantedBoxes(svg: string): TextBox[] {
  const slanted = new Set(svg.match(SLANTED) ?? []);
  return textBoxes(
    svg.replace(/<text [^>]*>[^<]*<\/text>/g, (text) => slanted.has(text) ? text : ""),
  );
}

/** Fails where text is small, cut, covered or not a word. */
export function assertReadable({ name, svg }: Figure): void {
  const height = Number(/^<svg [^>]*height="(\d+)"/.exec(svg)![1]);
  const level = levelBoxes(svg), slanted = slantedBoxes(svg);
  assert.ok(level.length >= 4, name);
  assert.equal(level.length + slanted.length, textBoxes(svg).length, name);
  for (const box of level) {
    const { left, right, top, bottom, text } = box;
    assert.ok(left >= 0 && right <= 820, `${name}: "${text}" ${left}…${right}`);
    assert.ok(top >= 0 && bottom <= height, `${name}: "${text}" ${top}…${bottom}`);
  }
  for (const { text, size } of [...level, ...slanted]) {
    assert.ok(size >= 10, `${name}: "${text}" is ${size} px`);
    assert.doesNotMatch(text, /NaN|undefined|Infinity/, name);
  }
  assert.deepEqual(overlaps(level), [], name);
  assertSlanted(slanted, level, name);
  assert.doesNotMatch(svg, /NaN|Infinity|undefined/, name);
}

function assertSlanted(slanted: readonly TextBox[], level: readonly TextBox[], name: string): void {
  slanted.forEach((box, i) => {
    const { text, size, left, right, bottom } = box;
    const next = slanted[i + 1];
    const apart = next === undefined ? Infinity : (next.left - left) * Math.SQRT1_2;
    assert.ok(apart >= size, `${name}: "${text}" and "${next?.text}" are ${apart} apart`);
    const reach = (right - left) * Math.SQRT1_2, from = bottom - 0.2 * size;
    assert.ok(left + reach <= 820 && from - reach >= 0, `${name}: "${text}" is cut`);
    for (let along = 0; along <= reach; ++along) {
      const x = left + along, y = from - along;
      const hit = level.find((other) =>
        x > other.left - 3 && x < other.right + 3 && y > other.top - 3 && y < other.bottom + 3
      );
      assert.equal(hit, undefined, `${name}: "${text}" and "${hit?.text}"`);
    }
  });
}

/** All words of a figure. */
export function said({ svg }: Figure): string {
  return textBoxes(svg).map((box) => box.text).join(" ");
}

/** Elements `name` with this attribute, on themselves or on the group that holds them. */
export function marks({ svg }: Figure, name: string, attribute: string): number {
  const groups = svg.match(new RegExp(`<g [^>]*${attribute}[^>]*>(?:(?!</g>).)*</g>`, "gs")) ?? [];
  const grouped = groups.join("").match(new RegExp(`<${name} `, "g"))?.length ?? 0;
  return grouped + (svg.match(new RegExp(`<${name} [^>]*${attribute}`, "g"))?.length ?? 0);
}
