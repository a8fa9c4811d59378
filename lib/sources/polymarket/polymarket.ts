import type { IngestSettings } from "../../core/ingest_settings.ts";
import type { Venue } from "../live/venue.ts";
import { bookJobs } from "./book_plan.ts";
import { followUpJobs } from "./catalogue_follow_up.ts";
import { catalogueJobs } from "./catalogue_jobs.ts";
import { outcomeJobs } from "./outcome_plan.ts";
import { priceJobs } from "./price_plan.ts";
import { polymarketReader } from "./read_answer.ts";
import { tapeJobs } from "./tape_plan.ts";

/**
 * Polymarket: contracts from Gamma, histories from the data interface, books and what the data
 * interface lacks from the order-book interface. Nothing of it wants a key.
 *
 * Outcomes come before prices, which end where a contract ended.
 */
export function makePolymarket(settings: IngestSettings): Venue {
  const read = polymarketReader({ minScheduledDays: settings.pull.min_scheduled_days.value });
  return {
    name: "polymarket",
    hosts: ["gamma", "clob", "data"],
    phases: [
      { name: "catalogue", isCatalogue: true, plan: catalogueJobs },
      { name: "follow-ups", isCatalogue: true, plan: followUpJobs },
      { name: "outcomes", isCatalogue: false, plan: outcomeJobs },
      { name: "prices", isCatalogue: false, plan: priceJobs },
      { name: "trades", isCatalogue: false, plan: tapeJobs },
      { name: "books", isCatalogue: false, plan: bookJobs },
    ],
    read,
  };
}
