/** A contract of the fixture. */
export interface FixtureContract {
  readonly marketId: string;
  readonly eventId: string;
  readonly title: string;
  readonly theme: string;
  readonly rules: string;
}

/** Themes that the fixture's contracts have, of the shipped taxonomy. */
export const FIXTURE_THEMES = [
  "us_elections",
  "fed_monetary_policy",
  "crypto_digital",
  "russia_ukraine",
  "sports",
] as const;

/** Titles as strangers write them. */
export const HOSTILE_TITLES = [
  `<img src=x onerror="window.harmed=1"><script>window.harmed=2</script> & "quotes" 'single' \`ticks\``,
  "Will \u202Eetaler\u202C the bank \u2067\u05D4\u05E8\u05D9\u05D1\u05D9\u05EA\u2069 cut \u200Bits rate?",
  "Will the very long question be asked ".repeat(14).slice(0, 500),
  "</title></svg><svg onload=window.harmed=3>{{constructor}} ${1+1} javascript:alert(1)",
] as const;

/** Contracts by place; two of each event, themes in turn, the first ones with hostile titles. */
export function fixtureContracts(n: number): FixtureContract[] {
  return Array.from({ length: n }, (_, i) => {
    const theme = FIXTURE_THEMES[i % FIXTURE_THEMES.length]!;
    const number = String(i).padStart(4, "0");
    const title = HOSTILE_TITLES[i] ?? `Will question ${number} of ${theme} be answered with yes?`;
    return {
      marketId: `polymarket:0xfix${number}`,
      eventId: `event_${String(i - i % 2).padStart(4, "0")}_${i % 2 === 0 ? "a" : "b"}`,
      title,
      theme,
      rules: `This market resolves to Yes if question ${number} is answered with yes. ${
        HOSTILE_TITLES[i % HOSTILE_TITLES.length]
      }`,
    };
  });
}
