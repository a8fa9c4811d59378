import { formatDay } from "../core/day.ts";
import { assetsFrom, type PortfolioAssets } from "./asset_navs.ts";
import type { Difference } from "./drawn_intervals.ts";
import { portfolioDifference } from "./portfolio_differences.ts";
import { mixtureKey } from "./portfolio_list.ts";
import { portfolioStudy } from "./portfolio_study.ts";
import type { SleeveStudy } from "./value_study.ts";

/** What the sleeve does that cash does not, in a study that begins at some session. */
export interface StudyStart {
  /** UTC day of the first session, at whose close everything is bought. */
  readonly firstDay: number;
  /** Returns between sessions. */
  readonly nSessions: number;
  /** Of a year, as shares. */
  readonly annualReturn: Difference;
  readonly sharpe: Difference;
}

/** Least length of a study, days. */
const LEAST_DAYS = 365;

/**
 * The mixture with the sleeve less the same with cash, begun at the study's own start and at the last
 * session before each later quarter that leaves a year.
 *
 * The periods share their ends, so the starts are no independent evidence: they show how much of an
 * answer is the choice of the first day.
 *
 * NaN: where the sessions are too few. Shape: in time order, the study's own start first; none without
 * the sleeve or its competitor. Cost: O(starts · draws · sessions).
 */
export function studyStarts(
  { assets, measured, sleeve, costRate }: SleeveStudy,
  options: {
    readonly nDraws: number;
    readonly meanBlockSessions: number;
    readonly seed: number;
    readonly minSessions?: number;
  },
): StudyStart[] {
  const mixtures = [mixtureKey(sleeve), mixtureKey("cash")].flatMap((key) =>
    measured.flatMap(({ portfolio: { mixture } }) => mixture.key === key ? [mixture] : [])
  );
  if (mixtures.length < 2) return [];
  return startsOf(assets).map((at) => {
    const from = assetsFrom(assets, at);
    const [own, cash] = portfolioStudy(mixtures, from, { ...options, costRate });
    const { differences } = portfolioDifference(own!, cash!, { perYear: from.sessionsPerYear });
    return {
      ...{ firstDay: from.firstDay, nSessions: from.session.length - 1 },
      ...{ annualReturn: differences.annual_return, sharpe: differences.sharpe },
    };
  });
}

/** Indices of the first session and of the last ones before a quarter, a year or more from the end. */
function startsOf({ firstDay, session }: PortfolioAssets): number[] {
  const last = session.at(-1) ?? 0;
  return Array.from(session.keys()).filter((s) =>
    s === 0 ||
    s + 1 < session.length && last - session[s]! >= LEAST_DAYS &&
      quarterOf(firstDay + session[s]!) !== quarterOf(firstDay + session[s + 1]!)
  );
}

/** "2024 2" for the second quarter. */
function quarterOf(day: number): string {
  const [year, month] = formatDay(day).split("-");
  return `${year} ${Math.ceil(Number(month) / 3)}`;
}
