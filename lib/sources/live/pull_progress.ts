import { countText } from "../../core/number_text.ts";
import { durationText } from "./estimate.ts";

/** Where a phase stands. */
export interface PhaseProgress {
  readonly venue: string;
  readonly phase: string;
  readonly asked: number;
  /** Requests that the plan expects; what it cannot tell may make `asked` larger. */
  readonly planned: number;
  readonly failed: number;
  readonly seconds: number;
}

/**
 * `polymarket prices: 1,204 of 5,285 requests, 19.8 a second, 4 min left`.
 *
 * The time left is that of the rate so far; before the tenth request there is none to speak of.
 */
export function progressText({ venue, phase, asked, planned, failed, seconds }: PhaseProgress) {
  const rate = asked / seconds;
  const parts = [
    asked > planned
      ? `${countText(asked)} requests`
      : `${countText(asked)} of ${countText(planned)} requests`,
  ];
  if (asked >= 10 && seconds > 0) parts.push(`${rate.toFixed(1)} a second`);
  if (asked >= 10 && planned > asked) parts.push(`${durationText((planned - asked) / rate)} left`);
  if (failed > 0) parts.push(`${countText(failed)} failed`);
  return `${venue} ${phase}: ${parts.join(", ")}`;
}

/** Says how phases go: on a terminal one line that moves, elsewhere a line every ten seconds. */
export function progressTeller(
  { say, isTerminal, nowMs }: {
    readonly say: (text: string) => void;
    readonly isTerminal: boolean;
    readonly nowMs: () => number;
  },
): { tell(progress: PhaseProgress): void; end(progress: PhaseProgress): void } {
  const everyMs = isTerminal ? 200 : 10_000;
  let saidAtMs = nowMs(), width = 0;
  const clear = () => isTerminal && width > 0 ? `\r${" ".repeat(width)}\r` : "";
  return {
    tell(progress) {
      if (nowMs() - saidAtMs < everyMs) return;
      saidAtMs = nowMs();
      const text = progressText(progress);
      say(isTerminal ? `${clear()}${text}` : `${text}\n`);
      width = text.length;
    },
    end(progress) {
      say(`${clear()}${progressText({ ...progress, planned: progress.asked })}\n`);
      width = 0;
    },
  };
}
