import type { Market } from "../core/data_set.ts";
import type { Settings } from "../core/settings.ts";
import { exposuresByLlm } from "../classify/llm_exposures.ts";
import { sidesByLlm } from "../classify/llm_sides.ts";
import { type OutcomeExposure, withAnswers } from "../exposures/outcome_exposures.ts";
import type { ContractSide } from "../taxonomy/contract_side.ts";
import type { ContractTaxonomy } from "../taxonomy/contract_taxonomy.ts";
import { contractTitle } from "../taxonomy/contract_title.ts";
import type { SideRules } from "../taxonomy/parse_sides.ts";
import type { ThemeList } from "../taxonomy/themes.ts";
import type { Asking } from "./asking.ts";

/** Outcomes of an event beside the one that is scored. */
const SHOWN_OUTCOMES = 20;

/**
 * Sides by a language model where it answers, by rule elsewhere; contracts of themes without a driver
 * are not asked about.
 *
 * @param sides By rule, one a market in their order.
 * @param themes Theme of each event of the taxonomy.
 */
export async function askSides(
  markets: readonly Market[],
  { links }: ContractTaxonomy,
  sides: readonly ContractSide[],
  { themes, list, rules, set }: {
    readonly themes: readonly string[];
    readonly list: ThemeList;
    readonly rules: SideRules;
    readonly set: Settings["classification"];
  },
  asking: Asking,
): Promise<ContractSide[]> {
  const questions = links.flatMap(({ market, event }) => {
    const { marketId, description } = markets[market]!;
    const own = rules.themes.get(themes[event]!), title = contractTitle(markets[market]!);
    const theme = list.themes.find(({ id }) => id === themes[event])?.name;
    if (own === undefined || theme === undefined || title === null) return [];
    return [{ marketId, title, description, theme, driver: own.driver }];
  });
  const options = { descriptionCharacters: set.description_characters.value };
  const found = await sidesByLlm(questions, options, asking.options());
  asking.done("Sides:", found);
  const answered = new Map(found.sides.map((side) => [side.marketId, side]));
  return sides.map((side) => answered.get(side.marketId) ?? side);
}

/** Exposures by a language model for the outcomes of categorical events, by rule elsewhere. */
export async function askExposures(
  { events, tickers }: ContractTaxonomy,
  exposures: readonly OutcomeExposure[],
  asking: Asking,
): Promise<OutcomeExposure[]> {
  const questions = events.filter(({ kind }) => kind === "categorical").flatMap((event) =>
    event.tickers.map((ticker) => ({
      tickerId: tickers[ticker]!.tickerId,
      event: event.name,
      outcome: tickers[ticker]!.text,
      others: event.tickers.filter((other) => other !== ticker).slice(0, SHOWN_OUTCOMES)
        .map((other) => tickers[other]!.text),
    }))
  );
  const found = await exposuresByLlm(questions, asking.options());
  asking.done("Exposures:", found);
  return withAnswers(exposures, found.exposures);
}
