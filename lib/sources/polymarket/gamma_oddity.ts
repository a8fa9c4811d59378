import type { Oddity } from "../live/fact.ts";
import type { GammaFault } from "./gamma_record.ts";

/** A fault as a row of the rejected table; the value's text is cut at 200 characters. */
export function gammaOddity(
  { column, value, reason }: GammaFault,
  at: { readonly place: string; readonly row: number; readonly within?: string },
): Oddity {
  const names = [at.within ?? "", column].filter((name) => name !== "");
  return {
    place: at.place,
    row: at.row,
    column: names.join("."),
    value: valueText(value).slice(0, 200).toWellFormed(),
    reason,
  };
}

/** A list nested deeper than the stack cannot be written out; then its kind is all that is said. */
function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return Array.isArray(value) ? "a list" : "an object";
  }
}
