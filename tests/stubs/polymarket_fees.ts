/** Taker fees as a market's record says them; both `null` and `false` where it has none. */
export interface RecordFees {
  readonly feesEnabled: boolean;
  readonly feeType: string | null;
  readonly feeSchedule: {
    readonly exponent: number;
    readonly rate: number;
    readonly takerOnly: boolean;
    readonly rebateRate: number;
  } | null;
}

/** What a market is about, as tags say it and fees follow it. */
export type Category =
  | "Geopolitics"
  | "Crypto"
  | "Sports"
  | "Weather"
  | "Finance"
  | "Economics"
  | "Politics"
  | "Tech"
  | "Culture"
  | "General";

/** Categories with the words that make them, the first that fits wins. */
const WORDS: readonly (readonly [Category, RegExp])[] = [
  ["Geopolitics", /ceasefire|strikes?\b|capture|nuclear deal|summit|Israel|Iran|Russia|Lebanon/i],
  ["Crypto", /bitcoin|ethereum|solana|avalanche all|litecoin|stablecoin|hacked|all-time high/i],
  ["Sports", / vs\. |\bwinner\b|Premier League|Cup|Grand Prix|Super Bowl|beat /i],
  ["Weather", /temperature|storms|hurricane|snow|rain|heat/i],
  ["Finance", /close (above|below)|S&P|Nasdaq|gold|oil|merger|earnings/i],
  ["Economics", /\bFed\b|GDP|CPI|inflation|unemployment|rate cuts|OPEC/i],
  ["Politics", /election|governor|president|minister|senate|party|bill|out by|ballot|court/i],
  ["Tech", /\bAI\b|model|qubits|orbit|flight|chip|Apple|OpenAI/i],
  ["Culture", /album|box office|streaming|single|posts|oscar|award|show/i],
];

const RATES: Readonly<Record<Exclude<Category, "Geopolitics" | "Sports">, RecordFees>> = {
  Crypto: fees("crypto_fees_v2", 0.07, 0.2),
  Weather: fees("weather_fees", 0.05, 0.25),
  Finance: fees("finance_prices_fees", 0.04, 0.25),
  Economics: fees("economics_fees", 0.05, 0.25),
  Politics: fees("politics_fees", 0.04, 0.25),
  Tech: fees("tech_fees", 0.04, 0.25),
  Culture: fees("culture_fees", 0.05, 0.25),
  General: fees("general_fees", 0.05, 0.25),
};

const NO_FEES: RecordFees = { feesEnabled: false, feeType: null, feeSchedule: null };
const FEES_SINCE_MS = Date.UTC(2026, 2, 30);
const SPORTS_V3_SINCE_MS = Date.UTC(2026, 6, 1);

/** What a text is about. */
export function categoryOf(text: string): Category {
  return WORDS.find(([, words]) => words.test(text))?.[0] ?? "General";
}

/**
 * Fees on the record of a market as of now, section 1.7 of the sheet: none before 2026-03-30, then
 * by category; sports markets older than July 2026 keep their first schedule.
 */
export function recordFees(
  category: Category,
  { createdAtMs, nowMs }: { readonly createdAtMs: number; readonly nowMs: number },
): RecordFees {
  if (nowMs < FEES_SINCE_MS || category === "Geopolitics") return NO_FEES;
  if (category !== "Sports") return RATES[category];
  return createdAtMs < SPORTS_V3_SINCE_MS
    ? fees("sports_fees_v2", 0.03, 0.25)
    : fees("sports_fees_v3", 0.05, 0.15);
}

function fees(feeType: string, rate: number, rebateRate: number): RecordFees {
  const feeSchedule = { exponent: 1, rate, takerOnly: true, rebateRate };
  return { feesEnabled: true, feeType, feeSchedule };
}
