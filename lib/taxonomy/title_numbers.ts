/** The numbers of a title with their comparison and unit, and the title without them. */
export interface TitleNumbers {
  /** "≥150000$", "=25bps", "1..100", sorted and each once. */
  readonly numbers: readonly string[];
  readonly rest: string;
}

const AMOUNT =
  "(?<currency>[$€£])?(?<value>\\d+(?:\\.\\d+)?)(?:\\s?(?<scale>k|m|b|bn|t|million|billion|trillion)(?![a-z]))?(?<plus>\\+)?(?:\\s?(?<unit>%|percent|bps|bp|basis points|°c|ºc|°f|ºf)(?![a-z]))?";
const SECOND = AMOUNT.replaceAll("?<", "?<second_");
const NUMBER = new RegExp(
  "(?:(?<before>above|over|more than|greater than|higher than|exceeds?|exceeding|at least|no less than|" +
    "below|under|less than|fewer than|lower than|at most|no more than|up to|exactly|between|>=|<=|≥|≤|>|<)\\s*)?" +
    `(?<![a-z\\d.])${AMOUNT}(?:\\s?(?:-|–|to|and)\\s?${SECOND}(?![a-z\\d]))?(?<more>\\+)?` +
    "(?:\\s+(?:or|and)\\s+(?<after>above|more|higher|greater|over|below|less|lower|fewer|under))?(?![a-z\\d])",
  "g",
);

const SCALE: Readonly<Record<string, number>> = {
  k: 1e3,
  m: 1e6,
  million: 1e6,
  b: 1e9,
  bn: 1e9,
  billion: 1e9,
  t: 1e12,
  trillion: 1e12,
};

/**
 * Reads the numbers of a title: strikes, counts and buckets.
 *
 * A number has one spelling: "$1.5m" and "$1,500,000" are equal, "25bps" and "25 bps" too. Its
 * comparison is kept, with "above" and "at least" apart, as they differ on a grid of rates. The
 * edges 24,999.99 and 25,000.01 that Kalshi writes for "below 25,000" and "above 25,000" are read
 * as those.
 *
 * @param text In the spelling of `plainTitle()`, without its dates.
 */
export function titleNumbers(text: string): TitleNumbers {
  const numbers = new Set<string>();
  const rest = text.replace(NUMBER, (_written, ...groups) => {
    const named = groups.at(-1) as Readonly<Record<string, string | undefined>>;
    numbers.add(canonical(named));
    return " ";
  });
  return { numbers: [...numbers].sort(), rest };
}

function canonical(named: Readonly<Record<string, string | undefined>>): string {
  const unit = unitOf(named.unit ?? named.second_unit) ||
    (named.currency ?? named.second_currency ?? "");
  const scale = named.scale ?? "";
  const first = Number(named.value) * (SCALE[scale] ?? 1);
  if (named.second_value !== undefined) {
    const second = Number(named.second_value) * (SCALE[named.second_scale ?? ""] ?? 1);
    return `${textOf(first)}..${textOf(second)}${unit}`;
  }
  const { before, after, plus, more } = named;
  const sign = plus !== undefined || more !== undefined
    ? "≥"
    : suffixSign(after) ?? prefixSign(before);
  const whole = Math.round(first);
  if (whole >= 100 && sign === "≤" && near(first, whole - 0.01)) return `<${textOf(whole)}${unit}`;
  if (whole >= 100 && sign === "≥" && near(first, whole + 0.01)) return `>${textOf(whole)}${unit}`;
  return `${sign}${textOf(first)}${unit}`;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < 1e-6;
}

function textOf(value: number): string {
  return String(Number(value.toPrecision(12)));
}

function unitOf(written: string | undefined): string {
  if (written === undefined) return "";
  if (written === "%" || written === "percent") return "%";
  if (written.startsWith("b")) return "bps";
  return written.endsWith("c") ? "°c" : "°f";
}

function suffixSign(word: string | undefined): string | undefined {
  if (word === undefined) return undefined;
  return /above|more|higher|greater|over/.test(word) ? "≥" : "≤";
}

function prefixSign(word: string | undefined): string {
  if (word === undefined || word === "exactly" || word === "between") return "=";
  if (/^(?:at least|no less than|>=|≥)$/.test(word)) return "≥";
  if (/^(?:at most|no more than|up to|<=|≤)$/.test(word)) return "≤";
  return /^(?:below|under|less than|fewer than|lower than|<)$/.test(word) ? "<" : ">";
}
