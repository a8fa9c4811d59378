import type { Market } from "lib/core/data_set.ts";
import { contractTaxonomy } from "lib/taxonomy/contract_tree.ts";

const MONTH =
  "(?:january|february|march|april|may|june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)";

/** The plain way: a list of regular expressions, each applied to the whole title. */
const PATTERNS = [
  `\\b(?:by|before|after|until)\\s+\\w+\\s+\\d{1,2}(?:st|nd|rd|th)?,?\\s+\\d{4}\\b`,
  `\\b(?:on|by|before|from|to)?\\s*\\b${MONTH}\\.?\\s+\\d{1,2}(?:st|nd|rd|th)?(?:\\s*[-–]\\s*\\d{1,2})?(?:,?\\s+\\d{4})?\\b`,
  `\\b(?:in|by|before|during|after|end of)\\s+${MONTH}(?:\\s+\\d{4})?(?:\\s+meeting)?\\b`,
  `\\b\\d{1,2}(?::\\d{2})?\\s*(?:am|pm)(?:\\s*-\\s*\\d{1,2}(?::\\d{2})?\\s*(?:am|pm))?(?:\\s+et)?\\b`,
  `\\b\\d{4}-\\d{2}-\\d{2}\\b`,
  `\\b20\\d{2}(?:[-–]\\d{2,4})?\\b`,
  `\\b(?:in\\s+)?q[1-4](?:\\s+\\d{4})?\\b`,
  `\\b(?:season|week)\\s+\\d+\\b`,
  `\\b(?:this|next)\\s+(?:week|month|year)\\b`,
].map((pattern) => new RegExp(pattern, "gi"));

function naiveTickers(markets: readonly Market[]): Map<string, number[]> {
  const tickers = new Map<string, number[]>();
  markets.forEach(({ question }, i) => {
    let text = question!;
    for (const pattern of PATTERNS) text = text.replace(pattern, " ");
    text = text.replace(/\s+/g, " ").trim();
    const known = tickers.get(text);
    if (known === undefined) tickers.set(text, [i]);
    else known.push(i);
  });
  return tickers;
}

const MONTHS = ["January", "March", "May", "July", "October", "December"];

/** Contracts in the shapes that are commonest on Polymarket. */
function madeMarkets(n: number): Market[] {
  const plain = {
    venue: "polymarket",
    description: null,
    eventId: null,
    outcome: null,
    createdAtMs: null,
    opensAtMs: null,
    conditionId: null,
    tokenId: null,
  } as const;
  return Array.from({ length: n }, (_, i): Market => {
    const day = 1 + (i >> 3) % 28, month = MONTHS[(i >> 8) % MONTHS.length]!, k = i % 97;
    const date = `${month} ${day}`, slug = `${month.toLowerCase()}-${day}`;
    const [question, eventTitle, eventSlug, groupItemTitle] = [
      [
        `Will the price of Coin ${k} be above $${90 + k} on ${date}?`,
        `Coin ${k} above ___ on ${date}?`,
        `coin-${k}-above-on-${slug}`,
        `${90 + k}`,
      ],
      [
        `Coin ${k} Up or Down - ${date}, ${1 + k % 11}:15PM-${1 + k % 11}:30PM ET`,
        `Coin ${k} Up or Down - ${date}, ${1 + k % 11}:15PM-${1 + k % 11}:30PM ET`,
        `coin-${k}-up-or-down-${slug}`,
        null,
      ],
      [
        `Player ${i % 5000}: Points O/U ${10 + k / 2}`,
        `Team ${k} vs. Team ${day}`,
        `nba-t${k}-t${day}-2026-01-${`${day}`.padStart(2, "0")}`,
        null,
      ],
      [
        `Will Candidate ${i % 3000} win the ${2026 + k % 9} Nordland presidential election?`,
        `Nordland presidential election ${2026 + k % 9}`,
        `nordland-presidential-election-${2026 + k % 9}`,
        `Candidate ${i % 3000}`,
      ],
      [
        `Will Country ${k} strike Country ${day} by ${date}, 2026?`,
        `Country ${k} strikes Country ${day} by...?`,
        `country-${k}-strikes-country-${day}-by`,
        date,
      ],
    ][i % 5] as [string, string, string, string | null];
    return {
      ...plain,
      marketId: `poly:${i}`,
      question,
      eventTitle,
      eventSlug,
      groupItemTitle,
      slug: null,
      negRisk: i % 5 === 3,
      closesAtMs: i,
    };
  });
}

for (const n of [3_000, 20_000, 94_311]) {
  const markets = madeMarkets(n);
  const group = `taxonomy of ${n} contracts`;
  Deno.bench({ name: `${group}, nine regular expressions in a row`, group, baseline: true }, () => {
    naiveTickers(markets);
  });
  Deno.bench({ name: `${group}, contractTaxonomy()`, group }, () => {
    contractTaxonomy(markets);
  });
}
