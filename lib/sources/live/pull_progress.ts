import { countOf, countText } from "../../core/number_text.ts";
import { durationText } from "./estimate.ts";

/** Where a phase stands. */
export interface PhaseProgress {
  readonly venue: string;
  readonly phase: string;
  readonly asked: number;
  /** Requests that the plan expects; what it cannot tell may make `asked` larger. */
  readonly planned: number;
  /** Jobs that failed. */
  readonly failed: number;
  readonly seconds: number;
}

/** Tells a person how phases go; one for all venues of a pull, as they share a terminal. */
export interface ProgressTeller {
  tell(progress: PhaseProgress): void;
  end(progress: PhaseProgress): void;
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
      ? countOf(asked, "request")
      : `${countText(asked)} of ${countOf(planned, "request")}`,
  ];
  if (asked >= 10 && seconds > 0) parts.push(`${rate.toFixed(1)} a second`);
  if (asked >= 10 && planned > asked) parts.push(`${durationText((planned - asked) / rate)} left`);
  if (failed > 0) parts.push(`${countOf(failed, "job")} failed`);
  return `${venue} ${phase}: ${parts.join(", ")}`;
}

/**
 * The same as `progressText` in columns below 80 characters, for lines that move below one another:
 * `  polymarket prices       1,204 of     5,285   19.8/s    4 min left`.
 */
export function progressLine({ venue, phase, asked, planned, failed, seconds }: PhaseProgress) {
  const rate = asked / seconds;
  const isTold = asked >= 10 && seconds > 0;
  const parts = [
    `  ${venue} ${phase}`.padEnd(22),
    countText(asked).padStart(9),
    (asked > planned ? "" : ` of ${countText(planned).padStart(9)}`).padEnd(13),
    (isTold ? `${rate.toFixed(1)}/s` : "").padStart(9),
    (isTold && planned > asked ? `${durationText((planned - asked) / rate)} left` : "").padStart(
      13,
    ),
    failed > 0 ? `  ${countText(failed)} failed` : "",
  ];
  return parts.join("").trimEnd().slice(0, 79);
}

/** `polymarket prices: 5,310 requests in 4 min, 2 jobs failed`. */
export function endText({ venue, phase, asked, failed, seconds }: PhaseProgress) {
  const parts = [
    ...asked > 0 ? [`${countOf(asked, "request")} in ${durationText(seconds)}`] : [],
    ...failed > 0 ? [`${countOf(failed, "job")} failed`] : [],
  ];
  return `${venue} ${phase}: ${parts.join(", ")}`;
}

/**
 * Says how phases go: on a terminal a line for each venue under way, which move together five times
 * a second; elsewhere a line of each venue every ten seconds. A phase that ended leaves one line.
 */
export function progressTeller(
  { say, isTerminal, nowMs }: {
    readonly say: (text: string) => void;
    readonly isTerminal: boolean;
    readonly nowMs: () => number;
  },
): ProgressTeller {
  const underWay = new Map<string, PhaseProgress>();
  const saidAtMs = new Map<string, number>();
  let nDrawn = 0;
  // the cursor rests at the end of the last line: up to the first one, and everything below goes
  const erased = () => nDrawn === 0 ? "" : `\r${nDrawn > 1 ? `\x1b[${nDrawn - 1}A` : ""}\x1b[J`;
  const drawn = () => {
    nDrawn = underWay.size;
    return [...underWay.values()].map(progressLine).join("\n");
  };
  return {
    tell(progress) {
      const speaker = isTerminal ? "" : progress.venue;
      underWay.set(progress.venue, progress);
      const sinceMs = saidAtMs.get(speaker) ?? nowMs() - progress.seconds * 1000;
      if (nowMs() - sinceMs < (isTerminal ? 200 : 10_000)) return;
      saidAtMs.set(speaker, nowMs());
      say(isTerminal ? `${erased()}${drawn()}` : `${progressText(progress)}\n`);
    },
    end(progress) {
      underWay.delete(progress.venue);
      if (!isTerminal) saidAtMs.delete(progress.venue);
      const text = `${endText(progress)}\n`;
      say(isTerminal ? `${erased()}${text}${drawn()}` : text);
    },
  };
}
