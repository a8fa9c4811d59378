import { MS_PER_DAY, parseDay } from "../../core/day.ts";
import type { FactorList } from "../../core/factor_list.ts";
import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import type { Reading } from "../live/fact.ts";
import { mergeSpans, missingSpans, type Span } from "../live/spans.ts";
import type { Job, PlanOptions, Venue } from "../live/venue.ts";
import type { SeriesUse } from "./bar_rows.ts";
import type { Provider, Providers } from "./providers.ts";
import { readFredCsv, readFredJson } from "./read_fred.ts";
import { readYahooChart } from "./read_yahoo_chart.ts";
import { askedSeries, seriesAsk } from "./series_asks.ts";

const READERS: Readonly<Record<string, (answer: Answer, use: SeriesUse) => Reading>> = {
  yahoo_chart: readYahooChart,
  fred_json: readFredJson,
  fred_csv: readFredCsv,
};

/**
 * The macro series: daily closes of every symbol of the factor list, one job a symbol.
 *
 * A job asks the symbol's first provider for the days that are missing, with `overlap_days` of the
 * days before them once more, so that adjusted closes can be chained and late values arrive. Where
 * that fails or brings no close, the next provider is asked for the whole span: a series comes whole
 * from one provider ({@link chainBars} chooses it). `known.covered` should count answers of provider 0
 * only; then the first choice is asked for all that it missed as soon as it is back.
 *
 * @param providers Content of `config/providers.yaml`; may name more than the list.
 * @param list The symbols to pull and their kinds.
 * @param options.hasFredKey Whether the run holds a key to FRED's interface; without one the CSV of
 *   its charts is asked.
 * @throws {RangeError} If a symbol has no provider.
 */
export function makeBenchmarks(
  providers: Providers,
  list: Pick<FactorList, "series">,
  { hasFredKey }: { hasFredKey: boolean },
): Venue {
  const kinds = new Map(list.series.map(({ symbol, kind }) => [symbol, kind]));
  const served = list.series.map(({ symbol }) => {
    const choices = providers.get(symbol);
    if (choices !== undefined) return { symbol, choices };
    throw new RangeError(
      `Cannot make the venue "benchmarks" as every series must have a provider: got none for "${symbol}"`,
    );
  });
  return {
    name: "benchmarks",
    // both of FRED: what was stored with a key is read without one, and the other way round
    hosts: ["yahoo", "fred", "fred_api"],
    phases: [{
      name: "series",
      isCatalogue: false,
      *plan(known, options) {
        for (const { symbol, choices } of served) {
          const spans = spansOf(known.covered(symbol), options);
          if (spans === null) continue;
          yield seriesJob(symbol, choices, {
            ...spans,
            hasFredKey,
            read: (answer) => readBenchmark(answer, providers, kinds),
          });
        }
      },
    }],
    read: (answer) => readBenchmark(answer, providers, kinds),
  };
}

/** Missing days with the overlap, and the whole span; `null` where no day is missing. */
function spansOf(
  covered: readonly Span[],
  { sinceMs, untilMs, settings }: PlanOptions,
): { missing: readonly Span[]; whole: Span } | null {
  const { overlap_days, first_day } = settings.benchmarks;
  const sinceDay = sinceMs === null ? -Infinity : Math.floor(sinceMs / MS_PER_DAY);
  const fromMs = Math.max(sinceDay, parseDay(first_day.value)) * MS_PER_DAY;
  const overlapMs = overlap_days.value * MS_PER_DAY;
  const missing = missingSpans({ fromMs, toMs: untilMs }, covered).map((span) => ({
    fromMs: covered.some((had) => had.fromMs < span.fromMs) ? span.fromMs - overlapMs : span.fromMs,
    toMs: covered.some((had) => had.toMs > span.toMs)
      ? Math.min(span.toMs + overlapMs, untilMs)
      : span.toMs,
  }));
  if (missing.length === 0) return null;
  const firstMs = Math.min(fromMs, ...covered.map((span) => span.fromMs));
  return { missing: mergeSpans(missing), whole: { fromMs: firstMs, toMs: untilMs } };
}

function seriesJob(
  symbol: string,
  choices: readonly Provider[],
  { missing, whole, hasFredKey, read }: {
    missing: readonly Span[];
    whole: Span;
    hasFredKey: boolean;
    read: (answer: Answer) => Reading;
  },
): Job {
  return {
    name: `closes of ${symbol}`,
    nAsks: missing.length,
    *run(): Generator<Ask, void, Reply> {
      const faults: string[] = [];
      let wasAnswered = false;
      for (const [k, provider] of choices.entries()) {
        const found: Found[] = [];
        for (const span of k === 0 ? missing : [whole]) {
          found.push(foundIn(yield seriesAsk(symbol, provider, { span, hasFredKey }), read));
          if (!found.at(-1)!.hasClose) break;
        }
        const fault = found.find(({ hasClose }) => !hasClose);
        if (fault === undefined) return;
        wasAnswered ||= fault.isAnswer;
        faults.push(`${provider.by} ${provider.name}: ${fault.reason}`);
      }
      // A provider that has no close of these days is no fault: days without one stay unknown.
      if (wasAnswered) return;
      throw new Error(
        `Cannot pull ${symbol} as one of its providers must answer: got ${faults.join("; ")}`,
      );
    },
  };
}

interface Found {
  readonly hasClose: boolean;
  readonly isAnswer: boolean;
  readonly reason: string;
}

function foundIn(reply: Reply, read: (answer: Answer) => Reading): Found {
  if (!reply.isAnswer) {
    return { hasClose: false, isAnswer: false, reason: reply.failure.reason };
  }
  try {
    const { facts, oddities } = read(reply.answer);
    const hasClose = facts.some((fact) =>
      fact.kind === "bars" && fact.bars.some(({ close }) => close !== null)
    );
    const isAnswer = facts.length > 0;
    const odd = oddities[0];
    const why = odd === undefined ? "" : `${odd.column} "${odd.value}" ${odd.reason}`;
    return { hasClose, isAnswer, reason: isAnswer ? "no close of these days" : why };
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return { hasClose: false, isAnswer: false, reason: error.message };
  }
}

/** The order of providers and the kind of series are those of today's lists. */
function readBenchmark(
  answer: Answer,
  providers: Providers,
  kinds: ReadonlyMap<string, SeriesUse["kind"]>,
): Reading {
  const { subject, kind: reader } = answer.ask;
  const choices = providers.get(subject) ?? [];
  const by = reader === "yahoo_chart" ? "yahoo" : "fred";
  const { name } = askedSeries(answer.ask);
  const provider = choices.findIndex((choice) => choice.by === by && choice.name === name);
  const read = READERS[reader], kind = kinds.get(subject);
  if (provider < 0 || read === undefined || kind === undefined) {
    const reason = "no provider of the list serves it any more";
    const place = `${answer.ask.host} ${reader}`;
    return {
      facts: [],
      oddities: [{ place, row: 0, column: "symbol", value: `${subject} as ${name}`, reason }],
    };
  }
  return read(answer, { kind, provider, shiftDays: choices[provider]!.shift_days });
}
