import type { Classification, EventText } from "lib/classify/event_text.ts";
import type { LabelledMarkets } from "lib/classify/labelled_study.ts";
import { madeMarket } from "./made_contracts.ts";

/** Ids of the themes that {@link answerByTitle} gives. */
export const LABEL_THEMES = ["fed", "geo", "sports", "crypto"].map((id) => ({ id }));

/** The labeller's "macro" is either of two themes of ours, its "games" are sports. */
export const LABEL_REFERENCE = { macro: ["fed", "geo"], games: ["sports"] };

const ELECTION = { eventTitle: "Election winner", eventSlug: "election-winner" };

/** Seven contracts of five events; three are of one event, one bears a label of no theme of ours. */
export const LABELLED: LabelledMarkets = {
  origin: "labels of one",
  markets: [
    madeMarket("poly:1", { ...ELECTION, question: "Will Vance win?", groupItemTitle: "Vance" }),
    madeMarket("poly:2", { ...ELECTION, question: "Will Rubio win?", groupItemTitle: "Rubio" }),
    madeMarket("poly:3", { ...ELECTION, question: "Will Harris win?", groupItemTitle: "Harris" }),
    madeMarket("poly:4", { question: "Will the Bears beat the Bulls?" }),
    madeMarket("poly:5", { question: "Will Solana flip Ethereum?" }),
    madeMarket("poly:6", { question: "Will it rain in Paris?" }),
    madeMarket("poly:7", { question: "Will Powell resign?" }),
  ],
  themes: ["macro", "macro", "games", "games", "crypto", "weather", "macro"],
};

const ANSWERS: readonly (readonly [word: string, theme: string, confidence: number])[] = [
  ["Election", "geo", 0.9],
  ["Bears", "sports", 0.8],
  ["Solana", "uncategorized", 0.3],
  ["Paris", "geo", 0.7],
  ["Powell", "sports", 0.6],
];

/** What a classifier might say of the events of {@link LABELLED}. */
export function answerByTitle({ eventId, title }: EventText): Classification {
  const [, primaryTheme, confidence] = ANSWERS.find(([word]) => title.includes(word))!;
  return {
    ...{ eventId, primaryTheme, confidence, secondaryTheme: null },
    ...{ reasoning: "made", classifier: "made 1" },
  };
}
