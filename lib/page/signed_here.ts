/// <reference lib="dom" />
import type { Decision } from "../review/decision.ts";

const STORAGE = "basketry signed here";
const MOST = 200;

/** A decision that this page signed, as far as taking it back needs. */
export type Signed = Pick<Decision, "kind" | "subject" | "number" | "seen">;

/** Adds a decision to those of this page; they outlive a reload and end with the browser's tab. */
export function rememberSigned({ kind, subject, number, seen }: Signed): void {
  keep([...all(), { kind, subject, number, seen }].slice(-MOST));
}

/** The last decision of this page that was not taken back; `null` where there is none. */
export function lastSigned(): Signed | null {
  return all().at(-1) ?? null;
}

/** Drops the last decision of this page. */
export function forgetSigned(): void {
  keep(all().slice(0, -1));
}

function all(): Signed[] {
  try {
    const kept = JSON.parse(sessionStorage.getItem(STORAGE) ?? "[]");
    return Array.isArray(kept) ? kept : [];
  } catch {
    return [];
  }
}

function keep(signed: readonly Signed[]): void {
  try {
    sessionStorage.setItem(STORAGE, JSON.stringify(signed));
  } catch {
    // without storage there is no undo; decisions can still be withdrawn in the overview
  }
}
