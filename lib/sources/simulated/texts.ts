import { fullDate, monthName, shortDate, tickerDate } from "./calendar_dates.ts";
import type { EventPlan } from "./schedule.ts";

/** Texts of one contract as its venue writes them. */
export interface ContractTexts {
  readonly question: string;
  readonly description: string;
  readonly outcome: string;
  readonly groupItemTitle: string | null;
  readonly eventTitle: string;
}

/** What the words of a contract depend on: nothing that is known only later. */
export interface TextOptions {
  /** Number of the contract within its event. */
  readonly contract: number;
  /** Outcome or strike of the contract, empty for a plain question. */
  readonly label: string;
  /** UTC day of grid index 0. */
  readonly firstDay: number;
  /** Where the venue looks for the outcome. */
  readonly source: string;
  /** A remark at the end of the rules; empty for none. */
  readonly note: string;
}

/** Writes the texts of one contract of an event. */
export function contractTexts(plan: EventPlan, options: TextOptions): ContractTexts {
  const { template, venue, first, scheduledEnd, slots } = plan;
  const { label, firstDay } = options;
  const listed = firstDay + first;
  const ends = firstDay + (plan.deadlines[options.contract] ?? scheduledEnd);
  const values: Record<string, string> = {
    ...slots,
    date: shortDate(ends, listed),
    full_date: fullDate(ends),
    period: monthName(ends),
    by: `by ${shortDate(ends, listed)}`,
    outcome: label,
    strike: label,
  };
  const question = capitalised(filled(template.question, values));
  const condition = filled(template.condition, { ...values, by: `by ${fullDate(ends)}` });
  const eventTitle = capitalised(filled(template.event, { ...values, by: "by" }));
  const groupItemTitle = itemTitle(plan, label) ??
    (template.kind === "deadlines" ? shortDate(ends, listed) : null);
  if (venue === "kalshi") {
    const note = options.note === "" ? "" : ` ${options.note}`;
    return {
      question: isTeamChoice(plan) ? `${slots.home} to beat ${slots.away}?` : question,
      description:
        `If ${condition}, then the market resolves to Yes. Outcome verified from ${options.source}.${note}`,
      outcome: "Yes",
      groupItemTitle,
      eventTitle,
    };
  }
  const [yes, no] = isTeamChoice(plan)
    ? [slots.home!, slots.away!]
    : template.kind === "up_down"
    ? ["Up", "Down"]
    : ["Yes", "No"];
  const note = options.note === "" ? "" : `\n\n${options.note}`;
  return {
    question,
    description:
      `This market will resolve to "${yes}" if ${condition}. Otherwise, this market will resolve to "${no}".${note}\n\nThe resolution source for this market will be ${options.source}.`,
    outcome: yes,
    groupItemTitle,
    eventTitle,
  };
}

/** Whether the two sides of a game are the outcomes; where a draw is possible they are not. */
function isTeamChoice({ template, slots }: EventPlan): boolean {
  return template.kind === "game" && filled(template.question, slots).endsWith(`vs. ${slots.away}`);
}

/** Label of a contract beside the others of its event: an outcome, or a strike with its unit. */
function itemTitle({ template }: EventPlan, label: string): string | null {
  switch (template.kind) {
    case "nominal":
    case "brackets":
      return label;
    case "ladder":
    case "series_ladder":
      return filled(/\S*\{strike\}[%\w]*/.exec(template.question)![0], { strike: label });
    default:
      return null;
  }
}

/** A template's text with its placeholders filled. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A title as venues put it into addresses: `fed-decision-in-march-2025`. */
export function slugOf(title: string): string {
  return title.normalize("NFKD").replace(/[\u0300-\u036f'’]/g, "").toLowerCase()
    .replace(/[^a-z0-9]+/g, "-").replace(/^-|-$/g, "");
}

/** Ticker of an event on Kalshi: `KXFEDDECISION-25MAR19`, with initials where a name varies. */
export function kalshiEventTicker(plan: EventPlan, firstDay: number): string {
  const series = `KX${plan.template.key.replaceAll("_", "").toUpperCase()}`;
  const names = Object.keys(plan.slots).sort().map((slot) => codeOf(plan.slots[slot]!, 4)).join("");
  return `${series}-${tickerDate(firstDay + plan.scheduledEnd)}${names}`;
}

/** Code of a contract within its Kalshi event: a strike `T45000`, a deadline, or letters. */
export function kalshiContractCode(
  plan: EventPlan,
  { contract, label, firstDay }: { contract: number; label: string; firstDay: number },
): string {
  const deadline = plan.deadlines[contract];
  if (deadline !== undefined) return tickerDate(firstDay + deadline);
  if (plan.template.kind.endsWith("ladder")) return `T${label.replaceAll(",", "")}`;
  return label === "" ? "Y" : codeOf(label, 8);
}

function codeOf(text: string, length: number): string {
  return text.replace(/^the /, "").toUpperCase().replace(/[^A-Z0-9]/g, "").slice(0, length);
}
