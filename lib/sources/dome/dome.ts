/**
 * Dome (domeapi.io), which served Polymarket and Kalshi through one interface.
 *
 * Polymarket bought it, and all its interfaces ended on 2026-04-28 (docs.domeapi.io; this project's
 * sheet of interfaces, section 8). There is nothing left to ask, hence this adapter is a record of
 * why: it makes no venue, and asking for it by name says where the same data are.
 */
export const DOME_CLOSED = {
  name: "dome",
  closedOn: "2026-04-28",
  reason: "Polymarket bought Dome and ended its interfaces",
  instead: ["polymarket", "kalshi"],
} as const;

/**
 * Says that Dome cannot be pulled, and what can.
 *
 * @throws {RangeError} Always.
 */
export function refuseDome(): never {
  const { name, closedOn, reason, instead } = DOME_CLOSED;
  throw new RangeError(
    `Cannot pull the venue "${name}" as a venue must still answer: got one that closed on ${closedOn} (${reason}); pull ${
      instead.map((venue) => `"${venue}"`).join(" and ")
    } instead`,
  );
}
