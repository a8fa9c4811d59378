import { type Answer, type Ask, type Asker, askText } from "../../fetch/ask.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import { factRow } from "./fact_row.ts";
import { PullStopped } from "./run_jobs.ts";
import type { Venue } from "./venue.ts";

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
 * @throws {PullStopped} If the most requests were made, or a host is down.
 * @throws {Error} If the store cannot take an answer.
 */
export function storedAsker(
  venue: Venue,
  { store, ask, count, giveUpAfter, clockShiftMs, asked: tell }: {
    readonly store: ResponseStore;
    readonly ask: Asker;
    readonly count: RequestCount;
    readonly giveUpAfter: number;
    /** Added to this machine's clock to have that of the hosts. */
    readonly clockShiftMs: number;
    /** Called after each request to the network. */
    readonly asked: () => void;
  },
): Asker {
  const failuresInARow = new Map<string, number>();
  return async (asked: Ask) => {
    const known = store.find(asked);
    if (known !== undefined) {
      ++count.fromStore;
      return { isAnswer: true, answer: known };
    }
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
      const inARow = failure.isPassing ? (failuresInARow.get(asked.host) ?? 0) + 1 : 0;
      failuresInARow.set(asked.host, inARow);
      if (inARow >= giveUpAfter) {
        throw new PullStopped(
          `Cannot go on with ${venue.name} as host "${asked.host}" must answer: got ${inARow} failures in a row, the last for ${
            askText(asked)
          }: ${failure.reason}`,
          { isFault: true },
        );
      }
      return reply;
    }
    failuresInARow.set(asked.host, 0);
    const answer = { ...reply.answer, atMs: reply.answer.atMs + clockShiftMs };
    const reading = readOrReason(venue, answer);
    if (typeof reading === "string") {
      const { ask, atMs, status } = answer;
      return {
        isAnswer: false,
        failure: { ask, atMs, status, reason: reading, isPassing: false },
      };
    }
    store.add(answer, { facts: reading.facts.map(factRow), oddities: reading.oddities });
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
