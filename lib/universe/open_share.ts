/** Share of open contract-days, with its doubt and its null. NaN where there is none. */
export interface OpenShare {
  readonly nPrices: number;
  /** Days on which a contract was already settled, before its scheduled end: decided. */
  readonly nSettled: number;
  /** Markets behind the prices. */
  readonly nMarkets: number;
  /** Independent groups behind the interval: events, or markets without an event. */
  readonly nEvents: number;
  /** Open prices over prices and settled days. */
  readonly openShare: number;
  /** 95 % interval of `openShare`, clustered by event; NaN with fewer than two events. */
  readonly openLow: number;
  readonly openHigh: number;
  /** What a fair price would show if news came evenly until the end; NaN past the end. */
  readonly evenShare: number;
  /** 95 % interval of `openShare − evenShare`, clustered by event. */
  readonly gapLow: number;
  readonly gapHigh: number;
}

/** z with 97.5 % below it. */
const Z = 1.959963984540054;

/** Sums behind one {@link OpenShare}: of the event at hand, and of the events before it. */
export interface OpenTally {
  nPrices: number;
  /** Prices and settled days. */
  n: number;
  open: number;
  even: number;
  nMarkets: number;
  nEvents: number;
  lastMarket: number;
  eventN: number;
  eventOpen: number;
  eventEven: number;
  /** Sums over events of n², n·open, open², and the same with the gap open − even. */
  nn: number;
  nOpen: number;
  openOpen: number;
  nGap: number;
  gapGap: number;
}

/** A tally of nothing. */
export function openTally(): OpenTally {
  return {
    nPrices: 0,
    n: 0,
    open: 0,
    even: 0,
    nMarkets: 0,
    nEvents: 0,
    lastMarket: -1,
    eventN: 0,
    eventOpen: 0,
    eventEven: 0,
    nn: 0,
    nOpen: 0,
    openOpen: 0,
    nGap: 0,
    gapGap: 0,
  };
}

/** Counts one price of market `j`. An event is counted in one go, then closed. */
export function addPrice(to: OpenTally, isOpen: number, even: number, j: number): void {
  ++to.nPrices;
  ++to.eventN;
  to.eventOpen += isOpen;
  to.eventEven += even;
  if (to.lastMarket !== j) ++to.nMarkets;
  to.lastMarket = j;
}

/** Counts one day on which a contract was settled already. */
export function addSettled(to: OpenTally, even: number): void {
  ++to.eventN;
  to.eventEven += even;
}

/** Ends the event at hand: its days share their news and count as one observation. */
export function closeEvent(of: OpenTally): void {
  const { eventN: n, eventOpen: open, eventEven: even } = of;
  if (n === 0) return;
  const gap = open - even;
  of.n += n;
  of.open += open;
  of.even += even;
  ++of.nEvents;
  of.nn += n * n;
  of.nOpen += n * open;
  of.openOpen += open * open;
  of.nGap += n * gap;
  of.gapGap += gap * gap;
  of.eventN = of.eventOpen = of.eventEven = 0;
}

/** The share that a tally comes to, once its last event is closed. */
export function openShare(of: OpenTally): OpenShare {
  const open = of.open / of.n, even = of.even / of.n;
  const gap = open - even;
  const halfOpen = halfWidth(of, open, of.nOpen, of.openOpen);
  const halfGap = halfWidth(of, gap, of.nGap, of.gapGap);
  return {
    nPrices: of.nPrices,
    nSettled: of.n - of.nPrices,
    nMarkets: of.nMarkets,
    nEvents: of.nEvents,
    openShare: open,
    openLow: Math.max(open - halfOpen, 0),
    openHigh: Math.min(open + halfOpen, 1),
    evenShare: even,
    gapLow: gap - halfGap,
    gapHigh: gap + halfGap,
  };
}

/** Half of the 95 % interval of a ratio Σx / Σn over events; NaN with fewer than two. */
function halfWidth({ n, nn, nEvents }: OpenTally, ratio: number, nx: number, xx: number): number {
  if (nEvents < 2) return NaN;
  const squares = Math.max(xx - 2 * ratio * nx + ratio * ratio * nn, 0);
  return Z * Math.sqrt(squares * nEvents / (nEvents - 1)) / n;
}
