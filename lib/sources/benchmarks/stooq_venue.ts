import { dayEndMs, dayOf, dayStartMs } from "../../core/day.ts";
import type { FactorList } from "../../core/factor_list.ts";
import type { Answer } from "../../fetch/ask.ts";
import { sha256Hex } from "../../store/hash.ts";
import type { Venue } from "../live/venue.ts";
import { parseStooqCsv } from "./parse_stooq_csv.ts";
import type { Providers } from "./providers.ts";

/**
 * Files of Stooq as a venue that nobody asks: it only reads answers that a person has brought.
 *
 * A file comes after all providers of its symbol, so it is used where they have nothing. The day on
 * which it was brought is left out: its session may still go on.
 */
export function makeStooq(providers: Providers, { series }: Pick<FactorList, "series">): Venue {
  const kinds = new Map(series.map(({ symbol, kind }) => [symbol, kind]));
  return {
    name: "benchmarks",
    hosts: ["stooq"],
    phases: [],
    read({ ask, atMs, text }) {
      const kind = kinds.get(ask.subject);
      if (kind === undefined) {
        throw new TypeError(
          `Cannot read a Stooq file as its name must be a symbol of config/factors.yaml: got "${ask.subject}"`,
        );
      }
      const provider = providers.get(ask.subject)?.length ?? 0;
      const fact = parseStooqCsv(text, ask.subject, { kind, provider });
      const bars = fact.bars.filter(({ day }) => dayEndMs(day) <= atMs);
      const toMs = Math.min(fact.toMs, dayStartMs(dayOf(atMs)));
      return { facts: bars.length === 0 ? [] : [{ ...fact, toMs, bars }], oddities: [] };
    },
  };
}

/**
 * A file of Stooq as an answer; a file with other content is another answer.
 *
 * @param symbol The file's name without `.csv`, a symbol of `config/factors.yaml`.
 */
export function stooqAnswer(symbol: string, text: string, atMs: number): Answer {
  return {
    ask: {
      host: "stooq",
      path: `/${encodeURIComponent(symbol)}.csv`,
      body: null,
      format: "csv",
      kind: "stooq_csv",
      subject: symbol,
      edition: sha256Hex(text).slice(0, 16),
    },
    atMs,
    status: 200,
    text,
    value: undefined,
  };
}
