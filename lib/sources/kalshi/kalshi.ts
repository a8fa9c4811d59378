import type { IngestSettings } from "../../core/ingest_settings.ts";
import type { Answer } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import type { Venue } from "../live/venue.ts";
import { readBatch, readCandles } from "./candle_answer.ts";
import { eventJobs, frameJobs, seriesJobs } from "./catalogue_jobs.ts";
import { readCutoff } from "./cutoff.ts";
import { followUpJobs } from "./follow_up.ts";
import { readEvents, readMarkets } from "./market_answer.ts";
import { endedPriceJobs, openPriceJobs } from "./price_plan.ts";
import { readFeeChanges, readSeries } from "./series_answer.ts";
import { readTrades } from "./trade_answer.ts";

/**
 * Kalshi, as its Trade API v2 is documented.
 *
 * Contracts come nested in events, which give them a title and a series; those that no list shows are
 * asked for by ticker; what is settled comes by series from the events and from the archive, once. Prices
 * are hourly candles of the tier that a contract lives in, made days in UTC. Parlays and short contracts
 * are left out by what was known when they were listed. Market data need no key.
 *
 * The walks of the series are two requests for each of ten thousand and more, hours of a first pull. The
 * prices of the contracts that trade go before them: a pull that is stopped early has those.
 */
export function makeKalshi(settings: IngestSettings): Venue {
  return {
    name: "kalshi",
    hosts: ["kalshi"],
    phases: [
      { name: "series", isCatalogue: true, plan: frameJobs },
      { name: "events", isCatalogue: true, plan: eventJobs },
      { name: "records", isCatalogue: true, plan: followUpJobs },
      { name: "open prices", isCatalogue: false, plan: openPriceJobs },
      { name: "settled", isCatalogue: false, plan: seriesJobs },
      { name: "ended prices", isCatalogue: false, plan: endedPriceJobs },
    ],
    read: (answer) => readKalshi(answer, settings),
  };
}

function readKalshi(answer: Answer, settings: IngestSettings): Reading {
  const minScheduledDays = settings.pull.min_scheduled_days.value;
  const widestMark = settings.kalshi.widest_mark.value;
  switch (answer.ask.kind) {
    case "kalshi_cutoff":
      return readCutoff(answer);
    case "kalshi_series":
      return readSeries(answer);
    case "kalshi_fee_changes":
      return readFeeChanges(answer);
    case "kalshi_events":
      return readEvents(answer, { minScheduledDays });
    case "kalshi_markets":
      return readMarkets(answer, { tier: "live", minScheduledDays });
    case "kalshi_archive_markets":
      return readMarkets(answer, { tier: "archive", minScheduledDays });
    case "kalshi_batch_candles":
    case "kalshi_ended_batch_candles":
    case "kalshi_last_batch_candles":
      return told(readBatch(answer, { widestMark }));
    case "kalshi_candles":
      return told(readCandles(answer, { tier: "live", widestMark }));
    case "kalshi_archive_candles":
      return told(readCandles(answer, { tier: "archive", widestMark }));
    case "kalshi_trades":
      return readTrades(answer);
    default:
      throw new RangeError(
        `Cannot read an answer of Kalshi as its kind must be known: got "${answer.ask.kind}"`,
      );
  }
}

/** The reading alone: which days want trades is the plan's matter. */
function told({ facts, oddities }: Reading): Reading {
  return { facts, oddities };
}
