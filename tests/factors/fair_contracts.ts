import type { BenchmarkKind } from "lib/core/data_set.ts";
import { logit } from "lib/core/probability.ts";
import { columnOf, type Table } from "lib/core/table.ts";
import type { Random } from "lib/core/random.ts";
import type { FactorPanel } from "lib/factors/factor_panel.ts";
import type { SessionMoves } from "lib/factors/session_moves.ts";
import { standardDesign } from "lib/factors/standard_design.ts";
import type { ContractTables } from "lib/sources/simulated/defects.ts";
import { readTemplates } from "lib/sources/simulated/read_templates.ts";
import { simulate, type Size } from "lib/sources/simulated/simulate.ts";
import { textOf } from "../sources/simulated/universe.ts";

const { templates, factors: list } = await readTemplates();

/** Contracts of a universe without any common factor, beside macro series that share some. */
export interface FairUniverse {
  /** Moves between the days on which all series of the set closed. */
  readonly panel: FactorPanel;
  /** By event: log-odds moves, prices clipped at 0.01; none of which are all zero. */
  readonly contracts: readonly SessionMoves[];
  /** Event of each contract. */
  readonly eventOf: readonly string[];
}

/** Tables of a universe without common factors. */
export function fairTables(size: Size, seed = 7): ContractTables {
  return simulate({ size, seed, structure: "fair", templates, factors: list }).tables;
}

/**
 * Contracts and factors of such tables. Moves have the tails, still days and quiet stretches of the
 * universe that the notebooks run on.
 *
 * @param options.perEvent Contracts of an event, those with most moves; outcomes of one event depend.
 */
export function fairUniverse(
  tables: ContractTables,
  { set, minSessions, perEvent = 1 }: {
    readonly set: "us" | "global";
    readonly minSessions: number;
    readonly perEvent?: number;
  },
): FairUniverse {
  const panel = commonPanel(tables.benchmarks, list.sets[set]!.symbols);
  const closes = valuesByDay(tables.prices, "market_id");
  const ids = textOf(tables.markets, "market_id"), events = textOf(tables.markets, "event_id");
  const known = [...new Set(ids)].map((id, market) => ({
    event: events[market] ?? id!,
    contract: { marketId: id!, market, ...contractMoves(closes.get(id!) ?? new Map(), panel) },
  })).filter(({ contract: { move } }) => move.length >= minSessions && move.some((x) => x !== 0));
  const chosen = [...Map.groupBy(known, ({ event }) => event)].sort(([a], [b]) => a < b ? -1 : 1)
    .flatMap(([, own]) =>
      own.sort((a, b) => b.contract.move.length - a.contract.move.length).slice(0, perEvent)
    );
  return {
    panel,
    contracts: chosen.map(({ contract }) => contract),
    eventOf: chosen.map(({ event }) => event),
  };
}

function contractMoves(
  closes: ReadonlyMap<number, number>,
  { fromDay, day }: FactorPanel,
): Pick<SessionMoves, "session" | "move"> {
  const odds = (at: number) => {
    const close = closes.get(at);
    return close === undefined || !(close >= 0 && close <= 1) ? NaN : logit(close, 0.01);
  };
  const moves = Array.from(day, (d, s) => odds(d) - odds(fromDay[s]!));
  const session = Int32Array.from(moves.keys()).filter((s) => !Number.isNaN(moves[s]!));
  return { session, move: Float64Array.from(session, (s) => moves[s]!) };
}

function commonPanel(benchmarks: Table, symbols: readonly string[]): FactorPanel {
  const closes = valuesByDay(benchmarks, "symbol");
  const kinds = new Map(list.series.map((one) => [one.symbol, one]));
  const all = symbols.map((symbol) => closes.get(symbol)!);
  const days = [...all[0]!.keys()].filter((day) => all.every((one) => one.has(day)))
    .sort((a, b) => a - b);
  const moves = days.slice(1).flatMap((day, s) =>
    symbols.map((symbol, f) =>
      moveOf(kinds.get(symbol)!.kind, { from: all[f]!.get(days[s]!)!, to: all[f]!.get(day)! })
    )
  );
  return {
    factors: symbols.map((symbol) => {
      const { name, group, kind } = kinds.get(symbol)!;
      return { symbol, name, group, kind };
    }),
    fromDay: Int32Array.from(days.slice(0, -1)),
    day: Int32Array.from(days.slice(1)),
    moves: Float64Array.from(moves),
  };
}

function moveOf(kind: BenchmarkKind, { from, to }: { from: number; to: number }): number {
  return kind === "price" ? to / from - 1 : to - from;
}

function valuesByDay(from: Table, key: string): Map<string, Map<number, number>> {
  const keys = textOf(from, key);
  const days = columnOf(from, "date", "date").values, closes = columnOf(from, "close", "number");
  const found = new Map<string, Map<number, number>>();
  keys.forEach((name, row) => {
    const own = found.get(name!) ?? new Map<number, number>();
    own.set(days[row]!, closes.values[row]!);
    found.set(name!, own);
  });
  return found;
}

/** Contracts with loadings that a test knows. */
export interface PlantedContracts {
  readonly contracts: readonly SessionMoves[];
  /** N × K by rows: move for one standard deviation of the factor, half of them 0. */
  readonly beta: Float64Array;
}

/**
 * The contracts with real moves of the macro series added to their own.
 *
 * @param options.size Size of a planted loading, in standard deviations of the contract's moves.
 */
export function plantedContracts(
  { panel, contracts }: FairUniverse,
  { size, random }: { readonly size: number; readonly random: Random },
): PlantedContracts {
  const k = panel.factors.length, beta = new Float64Array(contracts.length * k);
  const planted = contracts.map((contract, j) => {
    const { standard } = standardDesign(panel, contract.session);
    const deviation = populationDeviation(contract.move);
    for (let f = 0; f < k; ++f) {
      const sign = random() < 0.5 ? -1 : 1;
      if (random() < 0.5) beta[j * k + f] = sign * size * deviation;
    }
    const move = contract.move.map((y, t) => {
      let sum = y;
      for (let f = 0; f < k; ++f) sum += beta[j * k + f]! * standard[t * k + f]!;
      return sum;
    });
    return { ...contract, move };
  });
  return { contracts: planted, beta };
}

/** Standard deviation with divisor n. */
function populationDeviation(values: Float64Array): number {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  return Math.sqrt(values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length);
}
