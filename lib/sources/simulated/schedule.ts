import type { Venue } from "../../core/market_id.ts";
import { type Random, randomIndex, randomStream, shuffled } from "../../core/random.ts";
import { monthEnds, recurringDays } from "./calendar_dates.ts";
import { slotsOf, type Template, type Templates } from "./templates.ts";

/** One event as it is listed: what is traded, and from when to when. Days are grid indices. */
export interface EventPlan {
  /** Unique; the root of the event's random streams. */
  readonly name: string;
  readonly theme: string;
  readonly cluster: string;
  readonly template: Template;
  /** Values of the template's own placeholders. */
  readonly slots: Readonly<Record<string, string>>;
  readonly venue: Venue;
  /** Day at whose end the first price stands. */
  readonly first: number;
  /** Scheduled last day. */
  readonly scheduledEnd: number;
  /** Last day in truth: later than scheduled where the event is put off. */
  readonly end: number;
  /** Number of contracts. */
  readonly nContracts: number;
  /** Last days of the contracts of a `deadlines` event. */
  readonly deadlines: readonly number[];
  /** Names of the outcomes of a nominal or bracketed event. */
  readonly outcomes: readonly string[];
}

/** What a schedule must fit. */
export interface ScheduleOptions {
  readonly templates: Templates;
  readonly seed: number;
  /** UTC day of grid index 0. */
  readonly firstDay: number;
  /** Days of the window; listings fall within it, ends may lie beyond. */
  readonly nDays: number;
  /** Number of contracts to list, met exactly. */
  readonly nContracts: number;
}

const KALSHI_SHARE = 0.1, POSTPONED_SHARE = 0.02;

interface Source {
  readonly theme: string;
  readonly cluster: string;
  readonly template: Template;
  listed: number;
  next: number;
}

/**
 * Draws the calendar of listings, theme by theme.
 *
 * Each theme lists its templates in turn until its share of the contracts is reached; what does
 * not fit is filled with single questions and games. Recurring questions run through consecutive
 * dates; others are listed more often as the venues grow.
 *
 * @throws {RangeError} If the templates cannot give so many contracts.
 */
export function schedule(options: ScheduleOptions): EventPlan[] {
  const { templates, nContracts } = options;
  const total = Object.values(templates.themes).reduce((sum, { share }) => sum + share, 0);
  const taken = new Map<string, [number, number][]>();
  const plans: EventPlan[] = [], singles: Source[] = [];
  for (const [theme, { share, clusters }] of Object.entries(templates.themes)) {
    const sources = Object.entries(clusters).flatMap(([cluster, { templates: list }]) =>
      list.map((template): Source => ({ theme, cluster, template, listed: 0, next: 0 }))
    );
    singles.push(
      ...sources.filter(({ template }) => template.kind === "binary" || template.kind === "game"),
    );
    plans.push(...fill(sources, Math.floor(nContracts * share / total), options, taken));
  }
  const missing = nContracts - plans.reduce((sum, plan) => sum + plan.nContracts, 0);
  plans.push(...fill(singles, missing, options, taken));
  const reached = plans.reduce((sum, plan) => sum + plan.nContracts, 0);
  if (reached === nContracts) return plans;
  throw new RangeError(
    `Cannot schedule a universe as its templates must give ${nContracts} contracts: got ${reached}`,
  );
}

/** Lists events of `sources`, the one furthest behind its weight first, up to `quota` contracts. */
function fill(
  sources: Source[],
  quota: number,
  options: ScheduleOptions,
  taken: Map<string, [number, number][]>,
): EventPlan[] {
  const plans: EventPlan[] = [];
  let open = sources.slice(), remaining = quota;
  while (remaining > 0 && open.length > 0) {
    let source = open[0]!;
    for (const other of open) {
      if (other.listed / other.template.weight < source.listed / source.template.weight) {
        source = other;
      }
    }
    const plan = nextPlan(source, options, taken);
    if (plan === undefined || plan.nContracts > remaining) {
      open = open.filter((other) => other !== source);
      continue;
    }
    source.listed += plan.nContracts;
    remaining -= plan.nContracts;
    const combination = combinationOf(plan.template, plan.slots);
    taken.set(combination, [...taken.get(combination) ?? [], [plan.first, plan.end]]);
    plans.push(plan);
  }
  return plans;
}

function combinationOf(template: Template, slots: Readonly<Record<string, string>>): string {
  return `${template.key}|${Object.keys(slots).sort().map((name) => slots[name]).join("|")}`;
}

/** The source's next event that does not run beside an earlier one of the same wording. */
function nextPlan(
  source: Source,
  options: ScheduleOptions,
  taken: Map<string, [number, number][]>,
): EventPlan | undefined {
  for (let attempt = 0; attempt < 40; ++attempt) {
    const plan = drawPlan(source, source.next++, options);
    if (plan === undefined) return undefined;
    if (plan === "outside") continue;
    const others = taken.get(combinationOf(plan.template, plan.slots)) ?? [];
    const recurring = plan.template.every !== undefined;
    const clash = others.some(([first, end]) =>
      recurring ? end === plan.end : plan.first <= end && first <= plan.end
    );
    if (!clash) return plan;
  }
  return undefined;
}

function drawPlan(
  { theme, cluster, template }: Source,
  sequence: number,
  { templates, seed, firstDay, nDays }: ScheduleOptions,
): EventPlan | "outside" | undefined {
  const name = `${template.key}/${sequence}`;
  const random = randomStream(seed, `plan/${name}`);
  const length = wholeBetween(template.days, random());
  const slotNames = slotsOf(template);
  let first: number, scheduledEnd: number, slotRandom = random;
  if (template.every) {
    const dates = recurringDays(template.every, firstDay + 2, firstDay + nDays + 400)
      .filter((day) => day - template.days[1] < firstDay + nDays - 2);
    const round = Math.floor(sequence / dates.length);
    if (round >= (slotNames.length > 0 ? 8 : 1)) return undefined;
    const offset = randomIndex(randomStream(seed, `offset/${template.key}`), dates.length);
    const place = (offset + sequence) % dates.length;
    slotRandom = randomStream(seed, `chain/${template.key}/${round}/${Math.floor(place / 6)}`);
    scheduledEnd = dates[place]! - firstDay;
    first = Math.max(scheduledEnd - length, 0);
    if (first > nDays - 2) return "outside";
  } else {
    if (sequence >= 40_000) return undefined;
    first = Math.min(Math.floor(nDays * growingTime(random())), nDays - 2);
    scheduledEnd = first + length;
  }
  const slots: Record<string, string> = {};
  for (const slot of slotNames) slots[slot] = pick(templates.entities[slot]!, slotRandom);
  if (template.kind === "game") {
    const teams = shuffled(templates.entities[template.teams]!, random);
    slots.home = teams[0]!;
    slots.away = teams[1]!;
  }
  const deadlines = template.kind === "deadlines"
    ? drawDeadlines(template.n, { first, length, firstDay, random })
    : [];
  if (deadlines.length > 0) scheduledEnd = deadlines.at(-1)!;
  const outcomes = drawOutcomes(template, templates, random);
  const movable = ["binary", "nominal", "game"].includes(template.kind);
  const late = movable && random() < POSTPONED_SHARE ? 1 + randomIndex(random, 20) : 0;
  return {
    name,
    theme,
    cluster,
    template,
    slots,
    venue: random() < KALSHI_SHARE ? "kalshi" : "polymarket",
    first,
    scheduledEnd,
    end: scheduledEnd + late,
    nContracts: "step" in template
      ? wholeBetween(template.n, random())
      : Math.max(deadlines.length, outcomes.length, 1),
    deadlines,
    outcomes,
  };
}

/** Listing times with a density that grows to 2.5 times its start over the window. */
function growingTime(u: number): number {
  const growth = 1.5;
  return (Math.sqrt(1 + u * growth * (2 + growth)) - 1) / growth;
}

function drawDeadlines(
  n: readonly [number, number],
  { first, length, firstDay, random }: {
    first: number;
    length: number;
    firstDay: number;
    random: Random;
  },
): number[] {
  const ends = monthEnds(firstDay + first + 8, Math.max(Math.round(length / 30.4), 1));
  const count = Math.min(wholeBetween(n, random()), ends.length);
  const places = Array.from({ length: count }, (_, k) => Math.ceil((k + 1) * ends.length / count));
  return places.map((place) => ends[place - 1]! - firstDay);
}

function drawOutcomes(template: Template, templates: Templates, random: Random): string[] {
  if (!("outcomes" in template)) return [];
  const all = typeof template.outcomes === "string"
    ? templates.entities[template.outcomes]!
    : template.outcomes;
  if (template.kind === "brackets" || template.n === undefined) return all.slice();
  return shuffled(all, random).slice(0, wholeBetween(template.n, random()));
}

function pick(list: readonly string[], random: Random): string {
  return list[randomIndex(random, list.length)]!;
}

/** A whole number in [low, high], log-uniform where the range spans a factor of three. */
function wholeBetween([low, high]: readonly [number, number], u: number): number {
  const wide = low > 0 && high / low >= 3;
  const x = wide ? low * (high / low) ** u : low + (high - low) * u;
  return Math.min(Math.max(Math.round(x), low), high);
}
