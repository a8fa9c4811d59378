/**
 * A UTC instant for the eye, to the minute: `2025-09-30 14:05 UTC`. Always UTC, so that two people read
 * the same words.
 */
export function instantText(at: string): string {
  return `${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
