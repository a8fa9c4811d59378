import * as Plot from "@observablehq/plot";
import { countOf, countText, dayText, shareText } from "../core/number_text.ts";
import { basketHue, type NamedHue } from "./basket_hue.ts";
import { GRID, HUES, INK, MUTED } from "./palette.ts";
import { type PlacedWord, placedWords } from "./placed_words.ts";
import { cleanText, shortText, textLines } from "./text_lines.ts";

/** A contract that a basket holds. */
export interface CardContract {
  readonly marketId: string;
  /** What it pays on. Untrusted. */
  readonly title: string;
  readonly side: "yes" | "no";
  /** Share of the basket's value. */
  readonly weight: number;
  /** Price of the side held, probability; NaN unknown. */
  readonly sidePrice: number;
  /** Whether it is still held only since it could not be traded, so that no limit could hold. */
  readonly isCarried: boolean;
  /** Scheduled end, UTC day; null unknown. */
  readonly endsOn: number | null;
}

/** What one basket holds. */
export interface BasketCard extends NamedHue {
  /** Any order; empty where the basket is all cash. */
  readonly contracts: readonly CardContract[];
  /** Share in cash. */
  readonly cash: number;
  /** Contracts of equal weight that would be as concentrated: 1 / Σ w². NaN where all is cash. */
  readonly effectiveNumber: number;
  /** Why all is cash, in words; empty where it is not. */
  readonly reason: string;
}

/** Width of a card, user units. */
export const CARD_WIDTH = 382;

const HEAD = 50, COLUMNS = 16, ROW = 34, FOOT = 20, PAD = 10;
const BAR = 40, LINE = 13, SIZE = 10.5;
/** Right ends of the columns of a card. */
const TITLE = 156, WEIGHT = 242, SIDE = 274, PRICE = 308, END = CARD_WIDTH - PAD;

/** Height of a card that lists `nRows` contracts. */
export function cardHeight(nRows: number, hasMore: boolean): number {
  return nRows === 0 ? HEAD + 2 * FOOT : HEAD + COLUMNS + nRows * ROW + (hasMore ? FOOT : 0) + 4;
}

/** The largest weight first, ties by id. */
export function byWeight(contracts: readonly CardContract[]): CardContract[] {
  return [...contracts].sort((a, b) => b.weight - a.weight || (a.marketId < b.marketId ? -1 : 1));
}

/** One basket's name, its counts and its largest contracts, at a place of the body. */
export function compositionCard(
  card: BasketCard,
  { left, top, height, perCard, topWeight, isUnreviewed }: {
    readonly left: number;
    readonly top: number;
    readonly height: number;
    /** Most contracts listed. */
    readonly perCard: number;
    /** The weight that fills a bar, the same for all cards. */
    readonly topWeight: number;
    readonly isUnreviewed: boolean;
  },
): Plot.Markish[] {
  const hue = basketHue(card);
  const all = byWeight(card.contracts), shown = all.slice(0, perCard);
  const x = (offset: number) => left + offset;
  const first = top + HEAD + COLUMNS;
  const middle = (row: number) => first + (row + 0.5) * ROW;
  const rows = shown.map((contract, row) => ({ ...contract, row }));
  type Row = typeof rows[number];
  const inMiddle = ({ row }: Row) => middle(row);
  const weightAt = ({ row, isCarried }: Row) => middle(row) - (isCarried ? LINE / 2 : 0);
  const bar = {
    x1: x(TITLE + 6),
    y1: ({ row }: Row) => middle(row) - 5,
    y2: ({ row }: Row) => middle(row) + 5,
  };
  const rest = all.slice(shown.length);
  const restWeight = rest.reduce((sum, { weight }) => sum + weight, 0);
  const titles = rows.flatMap(({ title, row }): PlacedWord[] => {
    const lines = textLines(title, { width: TITLE - PAD, size: SIZE, maxLines: 2 });
    return lines.map((text, k) => ({
      ...{ x: x(PAD), y: middle(row) + (k - (lines.length - 1) / 2) * LINE, text },
    }));
  });
  const mark = isUnreviewed ? "unreviewed" : "";
  return [
    Plot.rect([0], { x1: left, x2: x(CARD_WIDTH), y1: top, y2: top + height, stroke: GRID }),
    Plot.rect([0], { x1: left, x2: x(CARD_WIDTH), y1: top, y2: top + 4, fill: hue.fill }),
    ...placedWords([{
      ...{ x: x(PAD), y: top + 19 },
      text: shortText(card.name, CARD_WIDTH - 2 * PAD - (isUnreviewed ? 70 : 0), 13, 600),
    }], { anchor: "start", size: 13, fill: hue.text, weight: 600 }),
    ...placedWords([{ x: x(END), y: top + 19, text: mark }], {
      ...{ anchor: "end", size: SIZE, fill: HUES[5].text },
    }),
    ...placedWords([{ x: x(PAD), y: top + 37, text: countsText(card) }], {
      ...{ anchor: "start", size: 11, fill: MUTED },
    }),
    ...(shown.length === 0
      ? placedWords([{
        ...{ x: x(PAD), y: top + HEAD + 10 },
        text: shortText(
          card.reason === "" ? "No contract is held." : `All cash: ${cleanText(card.reason)}`,
          CARD_WIDTH - 2 * PAD,
          11,
        ),
      }], { anchor: "start", size: 11, fill: INK })
      : [
        ...headings(left, top + HEAD + 8),
        Plot.link(rows, {
          ...{ x1: x(PAD), x2: x(END), stroke: GRID, strokeWidth: 0.75 },
          y1: ({ row }: Row) => first + row * ROW,
          y2: ({ row }: Row) => first + row * ROW,
        }),
        ...placedWords(titles, { anchor: "start", size: SIZE, fill: INK }),
        Plot.rect(rows, { ...bar, x2: x(TITLE + 6 + BAR), fill: GRID, fillOpacity: 0.6 }),
        Plot.rect(rows.filter(({ weight }) => weight > 0), {
          ...bar,
          x2: ({ weight }: Row) => x(TITLE + 6 + BAR * weight / topWeight),
          fill: hue.fill,
        }),
        ...column(rows, x(WEIGHT), weightAt, ({ weight }) => percentText(weight)),
        ...placedWords(
          rows.filter(({ isCarried }) => isCarried).map(({ row }) => ({
            ...{ x: x(WEIGHT), y: middle(row) + LINE / 2, text: "carried" },
          })),
          { anchor: "end", size: SIZE, fill: HUES[5].text },
        ),
        ...column(rows, x(SIDE), inMiddle, ({ side }) => side.toUpperCase()),
        ...column(rows, x(PRICE), inMiddle, ({ sidePrice }) => centsText(sidePrice)),
        ...column(rows, x(END), inMiddle, ({ endsOn }) => endsOn === null ? "–" : endText(endsOn)),
        ...placedWords([{
          ...{ x: x(PAD), y: first + rows.length * ROW + 8 },
          text: rest.length === 0
            ? ""
            : `and ${countText(rest.length)} more, together ${percentText(restWeight)}`,
        }], { anchor: "start", size: SIZE, fill: MUTED }),
      ]),
  ];
}

function headings(left: number, y: number): Plot.Markish[] {
  const at = [["Weight", WEIGHT], ["Side", SIDE], ["¢", PRICE], ["Ends", END]] as const;
  return [
    ...placedWords([{ x: left + PAD, y, text: "Contract" }], {
      ...{ anchor: "start", size: SIZE, fill: MUTED },
    }),
    ...placedWords(at.map(([text, x]) => ({ x: left + x, y, text })), {
      ...{ anchor: "end", size: SIZE, fill: MUTED },
    }),
  ];
}

function column<Row>(
  rows: readonly Row[],
  x: number,
  y: (row: Row) => number,
  text: (row: Row) => string,
): Plot.Markish[] {
  return placedWords(rows.map((row) => ({ x, y: y(row), text: text(row) })), {
    ...{ anchor: "end", size: SIZE, fill: INK },
  });
}

function countsText({ contracts, cash, effectiveNumber }: BasketCard): string {
  const effective = Number.isNaN(effectiveNumber)
    ? ""
    : ` · effective number ${effectiveNumber.toFixed(1)}`;
  return `${countOf(contracts.length, "contract")}${effective} · cash ${shareText(cash)}`;
}

/** A weight with tenths of a percent, where caps of 2% and 20% are read off. */
function percentText(weight: number): string {
  return `${(100 * weight).toFixed(1)}%`;
}

function centsText(price: number): string {
  return Number.isNaN(price) ? "–" : (100 * price).toFixed(1).replace(/\.0$/, "");
}

/** "4 Nov 26". */
function endText(day: number): string {
  return dayText(day).replace(/ \d\d(\d\d)$/, " $1");
}
