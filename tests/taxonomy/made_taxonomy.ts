/** A small taxonomy as the YAML parser gives it; every call makes a new one that may be changed. */
export function rawTaxonomy() {
  const number = (value: number) => ({ value, reason: "made for a test" });
  return {
    version: "made",
    families: [{ id: "made_family", name: "Made family" }],
    model: {
      decisive: number(9),
      strong: number(6),
      fair: number(4.5),
      weak: number(3),
      further: number(0.5),
      temperature: number(1),
      description: number(1),
      other_prior: number(0),
      min_confidence: number(0.5),
      min_secondary: number(0.2),
    },
    gazetteers: { coin: "bitcoin, solana", team: "Bears, Golden Bears\nBulls" } as Record<
      string,
      string
    >,
    shared: [
      {
        terms: "avalanche",
        strength: "strong",
        alone: "crypto",
        company: [{ theme: "sports", words: "vs, {team}, hockey" }],
      },
    ],
    themes: [
      rawTheme("crypto", { decisive: "{coin}, price of {coin}", weak: "dip to {money}" }),
      rawTheme("sports", {
        decisive: "^nba, ^kxnba*",
        strong: "{team}, o/u {number}",
        weak: "win",
      }),
      rawTheme("other", { strong: "=ICE, greenland", weak: "bear market" }),
    ],
  };
}

export function rawTheme(id: string, keywords: Record<string, string>) {
  const another = id === "other" ? "crypto" : "other";
  return {
    id,
    name: `Theme ${id}`,
    short: id,
    family: id === "other" ? id : "made_family",
    description: `What the theme ${id} holds, in a sentence that is long enough.`,
    excluded: id === "other",
    hue: "blue",
    examples: Array.from({ length: 12 }, (_, k) => `${id} example ${k}`),
    anti_examples: Array.from({ length: 4 }, (_, k) => ({
      text: `${id} anti-example ${k}`,
      theme: another,
    })),
    keywords,
  };
}
