import { type Random, randomIndex, randomStream } from "../../core/random.ts";
import { boolColumn, stringColumn, type Table, table, timestampColumn } from "../../core/table.ts";
import type { Listing } from "./listing.ts";
import type { Template, Templates } from "./templates.ts";
import { contractTexts, slugOf } from "./texts.ts";

/** Which remarks fit the rules of a kind of question. */
const REMARKS_OF_KIND: Readonly<Record<Template["kind"], keyof Templates["notes"]>> = {
  binary: "deadline",
  deadlines: "deadline",
  nominal: "contest",
  game: "contest",
  brackets: "figure",
  ladder: "figure",
  series_ladder: "price",
  up_down: "price",
};

/** `markets.parquet` of the data contract: what was knowable at listing, and nothing else. */
export function marketsTable(
  listings: readonly Listing[],
  { seed, firstDay, templates }: { seed: number; firstDay: number; templates: Templates },
): Table {
  const slugs = new Set<string>(), usedByEvents = new Set<string>();
  const eventSlugs = new Map<string, string>();
  const texts = listings.map((listing) => {
    const { plan, event, contract, venue } = listing;
    const random = randomStream(seed, `note/${venue}/${plan.name}`);
    const wordy = random() < 0.6 && plan.template.kind !== "game";
    const notes = templates.notes[plan.template.remarks ?? REMARKS_OF_KIND[plan.template.kind]];
    const note = wordy ? notes[randomIndex(random, notes.length)]! : "";
    const theme = templates.themes[plan.theme]!;
    const written = contractTexts(plan, {
      contract,
      label: event.labels[contract]!,
      firstDay,
      source: plan.template.source ?? theme.source,
      note,
    });
    const eventKey = `${venue}/${plan.name}`;
    let eventSlug = eventSlugs.get(eventKey);
    if (eventSlug === undefined) {
      eventSlug = venue === "kalshi"
        ? listing.eventId.toLowerCase()
        : unusedSlug(slugOf(written.eventTitle), usedByEvents);
      eventSlugs.set(eventKey, eventSlug);
    }
    const hashes = randomStream(seed, `token/${listing.marketId}`);
    const onChain = venue === "polymarket";
    return {
      ...written,
      eventSlug,
      slug: onChain
        ? unusedSlug(slugOf(written.question), slugs)
        : listing.marketId.slice("kalshi:".length).toLowerCase(),
      conditionId: onChain ? conditionId(hashes) : null,
      tokenId: onChain ? tokenId(hashes) : null,
      negRisk: onChain ? ["nominal", "brackets"].includes(plan.template.kind) : null,
    };
  });
  return table({
    market_id: stringColumn(listings.map((one) => one.marketId)),
    venue: stringColumn(listings.map((one) => one.venue)),
    question: stringColumn(texts.map((one) => one.question)),
    description: stringColumn(texts.map((one) => one.description)),
    slug: stringColumn(texts.map((one) => one.slug)),
    event_id: stringColumn(listings.map((one) => one.eventId)),
    event_slug: stringColumn(texts.map((one) => one.eventSlug)),
    event_title: stringColumn(texts.map((one) => one.eventTitle)),
    outcome: stringColumn(texts.map((one) => one.outcome)),
    group_item_title: stringColumn(texts.map((one) => one.groupItemTitle)),
    neg_risk: boolColumn(texts.map((one) => one.negRisk)),
    created_at: timestampColumn(listings.map((one) => one.createdAtMs)),
    opens_at: timestampColumn(listings.map((one) => one.opensAtMs)),
    closes_at: timestampColumn(listings.map((one) => one.closesAtMs)),
    condition_id: stringColumn(texts.map((one) => one.conditionId)),
    token_id: stringColumn(texts.map((one) => one.tokenId)),
  });
}

/** A slug that no other contract, or no other event, has; numbered like the venue does it. */
function unusedSlug(slug: string, slugs: Set<string>): string {
  let free = slug;
  for (let k = 2; slugs.has(free); ++k) free = `${slug}-${k}`;
  slugs.add(free);
  return free;
}

/** A hash as a chain writes it: 0x and 64 hexadecimal digits. */
function conditionId(random: Random): string {
  let digits = "";
  for (let k = 0; k < 8; ++k) {
    digits += Math.floor(random() * 4294967296).toString(16).padStart(8, "0");
  }
  return `0x${digits}`;
}

/** A token number of 77 decimal digits. */
function tokenId(random: Random): string {
  let digits = `${1 + randomIndex(random, 9)}`;
  for (let k = 0; k < 9; ++k) {
    digits += `${randomIndex(random, 100_000_000)}`.padStart(8, "0");
  }
  return `${digits}${`${randomIndex(random, 10_000)}`.padStart(4, "0")}`;
}
