const FORM =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?(?: ?(Z|[+-]\d{2}(?::?\d{2})?))?)?$/;

/**
 * The instant that a date of Gamma names, UTC milliseconds.
 *
 * One reader for all of its forms: `2025-07-11T18:36:02.893Z`, the database's own
 * `2026-04-05 19:37:33+00`, and a date alone, which is its midnight. A time without a zone is UTC.
 * Digits beyond the millisecond are cut, not rounded, so that no instant moves forward. `Date.parse`
 * would take many more forms, some of them in the computer's own zone.
 *
 * @returns `null` for empty text and for the year 1, which is how the venue's program writes that
 *   there is no date; `undefined` where the text is no date that exists.
 */
export function gammaInstant(text: string): number | null | undefined {
  const wanted = text.trim();
  if (wanted === "") return null;
  const parts = FORM.exec(wanted);
  if (parts === null) return undefined;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map((part) =>
    Number(part ?? 0)
  ) as [number, number, number, number, number, number];
  if (year === 1) return null;
  const isTime = hour < 24 && minute < 60 && second < 60;
  const midnight = new Date(0);
  midnight.setUTCFullYear(year, month - 1, day);
  const isDate = midnight.getUTCMonth() === month - 1 && midnight.getUTCDate() === day;
  const zoneMinutes = zoneOf(parts[8] ?? "Z");
  if (!isTime || !isDate || Math.abs(zoneMinutes) > 14 * 60) return undefined;
  const ms = Number((parts[7] ?? "").slice(0, 3).padEnd(3, "0"));
  return midnight.getTime() + ((hour * 60 + minute - zoneMinutes) * 60 + second) * 1000 + ms;
}

/** Minutes that a zone such as `+00`, `-0530` or `+05:30` is ahead of UTC. */
function zoneOf(zone: string): number {
  if (zone === "Z") return 0;
  const digits = zone.slice(1).replace(":", "").padEnd(4, "0");
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2));
  return zone.startsWith("-") ? -minutes : minutes;
}
