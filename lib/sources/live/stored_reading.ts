import type { Ask } from "../../fetch/ask.ts";
import type { StoredReading } from "../../store/response_store.ts";
import type { Reading } from "./fact.ts";
import { factRow } from "./fact_row.ts";

/**
 * What an answer says, as it is stored. Oddities of an answer about one contract or series name it,
 * as the same fault in the answers about two of them is two rows.
 */
export function storedReading({ facts, oddities }: Reading, { subject }: Ask): StoredReading {
  const isOne = subject !== "" && !subject.includes(",");
  return {
    facts: facts.map(factRow),
    oddities: isOne
      ? oddities.map((oddity) => ({ ...oddity, place: `${oddity.place} of ${subject}` }))
      : oddities,
  };
}
