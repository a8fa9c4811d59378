import type { Origin } from "../core/data_set.ts";
import { cleanText } from "./text_lines.ts";

/** What a chart says about where its numbers come from. */
export interface ChartContext {
  readonly source: Origin;
  /** Latest knowledge in the numbers, ISO date. */
  readonly asOf: string;
  /** The checkpoint that the numbers were read from. */
  readonly checkpoint?: { readonly name: string; readonly sha256: string };
  /** Whether a person signed what must be signed; `undefined` where nothing must be. */
  readonly reviewed?: boolean;
}

/** Parts of a figure's footer, in reading order. */
export function provenance(context: ChartContext): string[] {
  const parts = [`As of ${context.asOf}`];
  if (context.checkpoint !== undefined) {
    parts.push(
      `Checkpoint ${context.checkpoint.name}, sha256 ${context.checkpoint.sha256.slice(0, 8)}`,
    );
  }
  parts.push(`Source: ${cleanText(context.source.label)}`);
  if (context.reviewed === false) parts.push("Unreviewed");
  return parts;
}
