import { z } from "zod";
import { parseWith, setting } from "./setting.ts";

const count = z.number().int().min(1);
const days = z.number().int().min(0);

const ingestSchema = z.strictObject({
  pull: z.strictObject({
    settle_minutes: setting(count, "minutes after midnight"),
    max_clock_skew_seconds: setting(count, "seconds"),
    at_once: setting(count, "jobs at a time, of one venue"),
    give_up_after: setting(count, "failures of one host in a row"),
    min_scheduled_days: setting(days, "days from opening to the scheduled end"),
  }).readonly(),
  polymarket: z.strictObject({
    window_days: setting(count.max(15), "days a request"),
    bucket_seconds: setting(z.number().int().multipleOf(60), "seconds"),
    closed_margin_days: setting(days, "days before --since"),
    trade_pages: setting(count, "pages of 1,000 trades a contract and pull"),
  }).readonly(),
  kalshi: z.strictObject({
    window_days: setting(count, "days a request of one contract"),
    widest_mark: setting(z.number().gt(0).max(1), "probability"),
    left_out_frequencies: setting(z.array(z.string()).readonly(), "frequencies of series"),
  }).readonly(),
  benchmarks: z.strictObject({
    overlap_days: setting(count, "days asked for again"),
    first_day: setting(z.iso.date(), "UTC day"),
  }).readonly(),
}).readonly();

/** Every setting of `config/ingest.yaml`. */
export type IngestSettings = z.infer<typeof ingestSchema>;

/**
 * Reads the content of `config/ingest.yaml`; nothing has a default.
 *
 * @throws {SyntaxError} If it is not a complete set of settings.
 */
export function parseIngestSettings(raw: unknown): IngestSettings {
  return parseWith(ingestSchema, raw, "the settings of ingestion");
}
