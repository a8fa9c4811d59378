/**
 * The eight economic factors of the semantic exposure layer, in the order of every vector of it.
 *
 * A component is a score in −2…+2, unit: steps of judgement, not a beta and not a percentage. 0 is
 * "happening moves this factor neither way", ±1 a usual day's move, ±2 among the factor's main
 * drivers of the month. The sign is the direction in which the factor moves when the outcome happens
 * rather than not:
 *
 * - `rates`: + government bond yields and expected policy rates rise, so bonds fall.
 * - `dollar`: + the US dollar strengthens against other currencies.
 * - `equity`: + stock indices rise.
 * - `gold`: + the gold price (and silver with it) rises.
 * - `oil`: + the crude oil price rises.
 * - `crypto`: + bitcoin and other crypto assets rise.
 * - `volatility`: + expected stock volatility (VIX) rises.
 * - `growth`: + expected real activity rises: output, employment.
 *
 * Source: the seed's semantic exposure layer, which scores the same eight from −2 to +2.
 */
export const EXPOSURE_FACTORS = [
  "rates",
  "dollar",
  "equity",
  "gold",
  "oil",
  "crypto",
  "volatility",
  "growth",
] as const;

/** Name of one of the eight factors. */
export type ExposureFactor = (typeof EXPOSURE_FACTORS)[number];

/** Largest size of a component: scores lie in −2…+2. */
export const MAX_EXPOSURE = 2;
