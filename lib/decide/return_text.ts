/** A return in percent with its sign: "+4.2 %". */
export function signed(share: number): string {
  if (Number.isNaN(share)) return "an unknown return";
  const text = `${(100 * Math.abs(share)).toFixed(1)} %`;
  return text === "0.0 %" ? text : `${share < 0 ? "−" : "+"}${text}`;
}

/** A return with its interval. */
export function intervalText(
  share: number,
  { low, high }: { readonly low: number; readonly high: number },
): string {
  return `${signed(share)} (95 % interval ${signed(low)} to ${signed(high)})`;
}

/** Points of a value that starts at 100. */
export function points(x: number): string {
  const text = Math.abs(x).toFixed(1);
  return x < 0 && text !== "0.0" ? `−${text}` : text;
}

/** A share as a percentile: "76th". */
export function ordinal(share: number): string {
  if (Number.isNaN(share)) return "unknown";
  const n = Math.min(Math.max(Math.round(100 * share), 0), 100), tail = n % 100;
  const ending = tail >= 11 && tail <= 13 ? "th" : ["th", "st", "nd", "rd"][n % 10] ?? "th";
  return `${n}${ending}`;
}

/** A ratio or correlation with two decimals. */
export function ratio(x: number): string {
  const text = Math.abs(x).toFixed(2);
  return Number.isNaN(x) ? "unknown" : x < 0 && text !== "0.00" ? `−${text}` : text;
}
