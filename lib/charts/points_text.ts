import { decimalText } from "./value_ticks.ts";

/**
 * Points of value with two decimals and their sign: "+4.21", "−0.30", "0".
 *
 * What would be written as 0.00 without being 0 is "<0.01" or ">−0.01". NaN gives "not measured".
 */
export function signedPoints(points: number): string {
  if (points === 0) return "0";
  if (Math.abs(points) < 0.005) return points > 0 ? "<0.01" : ">−0.01";
  return `${points > 0 ? "+" : ""}${decimalText(points, 2)}`;
}

/** Points without a sign for a sentence that says gain or loss: "4.2 points", "0.03 points". */
export function plainPoints(points: number): string {
  const size = Math.abs(points);
  return `${size < 0.005 ? "<0.01" : decimalText(size, size < 1 ? 2 : 1)} points`;
}
