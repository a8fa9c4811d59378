import type { Answer } from "../../fetch/ask.ts";
import type { ResponseStore } from "../../store/response_store.ts";
import type { Reading } from "./fact.ts";
import { storedReading } from "./stored_reading.ts";

/**
 * Reads every stored answer again where the readers are not those that read it before, or where a
 * person asks for it: facts are what the program of today makes of answers of any day.
 *
 * An answer that these readers cannot read any more becomes a row of the rejected table.
 *
 * @param options.readers Names the state of the readers.
 * @param options.isAsked Whether to read again in any case.
 * @returns Number of answers that were read; 0 where it was not needed.
 */
export function readAgain(
  store: ResponseStore,
  { read, readers, isAsked }: {
    readonly read: (answer: Answer) => Reading;
    readonly readers: string;
    readonly isAsked: boolean;
  },
): number {
  const { answers } = store.count();
  const isNeeded = answers > 0 && (isAsked || store.readerOf() !== readers);
  if (isNeeded) {
    store.reread((answer) => storedReading(readOrOddity(read, answer), answer.ask));
  }
  store.setReader(readers);
  return isNeeded ? answers : 0;
}

function readOrOddity(read: (answer: Answer) => Reading, answer: Answer): Reading {
  try {
    return read(answer);
  } catch (error) {
    // a file of Stooq that is none any more is a SyntaxError
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    const { host, path } = answer.ask;
    return {
      facts: [],
      oddities: [{
        place: `${host} ${path}`,
        row: 0,
        column: "",
        value: "",
        reason: error.message,
      }],
    };
  }
}
