import { type Answer, type Ask, type Asker, askText, type Failure } from "../../fetch/ask.ts";
import { STOPPED } from "../../fetch/try_ask.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import { PullStopped } from "./run_jobs.ts";
import { storedReading } from "./stored_reading.ts";
import type { Venue } from "./venue.ts";

/**
 * Failures in a row, each after all its tries, of a host that no connection ever reached in this pull
 * after which it is down: nobody waits minutes for a network that is not there.
 */
const NEVER_REACHED = 3;

/** How a pull ends that a person stopped. */
export const INTERRUPTED = "Stopped as it was interrupted";

/** Requests of a pull, shared by its venues: told to whoever waits, and limited. */
export interface RequestCount {
  asked: number;
  fromStore: number;
  /** Most requests of the whole pull. */
  readonly most: number;
}

/**
 * Asks the store first and then the network; what the network answers is read and stored, answer
 * and facts together, before the job goes on.
 *
 * An answer that cannot be read is not stored, so that the next pull asks again; the job is told so.
 *
 * @param options.giveUpAfter Passing failures of one host in a row after which the host is down.
 * @throws {PullStopped} If the most requests were made, a host is down, or a person interrupted.
 * @throws {Error} If the store cannot take an answer.
 */
export function storedAsker(
  venue: Venue,
  { store, ask, count, giveUpAfter, hasFallbacks = false, clockShiftMs, asked: tell }: {
    readonly store: ResponseStore;
    readonly ask: Asker;
    readonly count: RequestCount;
    readonly giveUpAfter: number;
    /** Whether a host that is down is asked no more, rather than to stop: its jobs have other hosts. */
    readonly hasFallbacks?: boolean;
    /** Added to this machine's clock to have that of the hosts. */
    readonly clockShiftMs: number;
    /** Called after each request to the network. */
    readonly asked: () => void;
  },
): Asker {
  const failuresInARow = new Map<string, number>();
  const reached = new Set<string>();
  const down = new Map<string, Failure>();
  return async (asked: Ask) => {
    const known = store.find(asked);
    if (known !== undefined) {
      ++count.fromStore;
      return { isAnswer: true, answer: known };
    }
    const last = down.get(asked.host);
    if (last !== undefined) return { isAnswer: false, failure: { ...last, ask: asked } };
    if (count.asked >= count.most) {
      throw new PullStopped(
        `Stopped after ${count.most} requests, as --max-requests asks; the next pull goes on from here`,
        { isFault: false },
      );
    }
    ++count.asked;
    const reply = await ask(asked);
    tell();
    if (!reply.isAnswer) {
      const { failure } = reply;
      if (failure.reason === STOPPED) {
        throw new PullStopped(INTERRUPTED, { isFault: false });
      }
      if (failure.status !== null) reached.add(asked.host);
      const inARow = failure.isPassing ? (failuresInARow.get(asked.host) ?? 0) + 1 : 0;
      failuresInARow.set(asked.host, inARow);
      const most = reached.has(asked.host) ? giveUpAfter : Math.min(NEVER_REACHED, giveUpAfter);
      if (inARow >= most) {
        const what =
          `host "${asked.host}" must answer: got ${inARow} failures in a row, the last for ${
            askText(asked)
          }: ${failure.reason}`;
        if (!hasFallbacks) {
          throw new PullStopped(`Cannot go on with ${venue.name} as ${what}`, { isFault: true });
        }
        down.set(asked.host, { ...failure, reason: what });
      }
      return reply;
    }
    failuresInARow.set(asked.host, 0);
    reached.add(asked.host);
    const answer = { ...reply.answer, atMs: reply.answer.atMs + clockShiftMs };
    const reading = readOrReason(venue, answer);
    if (typeof reading === "string") {
      const { ask, atMs, status } = answer;
      return {
        isAnswer: false,
        failure: { ask, atMs, status, reason: reading, isPassing: false },
      };
    }
    store.add(answer, storedReading(reading, asked));
    return { isAnswer: true, answer };
  };
}

function readOrReason(venue: Venue, answer: Answer) {
  try {
    return venue.read(answer);
  } catch (error) {
    if (error instanceof TypeError) return error.message;
    throw error;
  }
}
