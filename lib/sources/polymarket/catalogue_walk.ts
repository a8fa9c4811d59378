import { type Ask, askText, type Reply } from "../../fetch/ask.ts";
import { type CatalogueList, listName, pageAsk } from "./catalogue_list.ts";
import { gammaPage } from "./gamma_page.ts";

const LONGEST_CURSOR = 4096;

/**
 * Walks a list of Gamma from its first page to its last.
 *
 * A walk that cannot go on ends with an error, and the list then is not known to be complete, since
 * only the last page says so; what its pages said stands. It is walked anew by the next pull, and
 * pages of the same day come from what is stored.
 *
 * @throws {Error} If a page is not answered, a cursor is lost, unusable or comes a second time.
 * @throws {TypeError} If a page is no page.
 */
export function* walkCatalogue(
  list: CatalogueList,
  edition: string,
): Generator<Ask, void, Reply> {
  const seen = new Set<string>();
  let cursor: string | null = null;
  while (true) {
    const ask = pageAsk(list, { cursor, edition });
    const reply: Reply = yield ask;
    if (!reply.isAnswer) {
      throw stopped(
        list,
        "each page must be answered",
        `${reply.failure.reason} (${askText(ask)})`,
      );
    }
    const { nextCursor, isLast } = gammaPage(reply.answer);
    if (isLast) return;
    if (nextCursor === null) {
      throw stopped(list, "each full page must have a next cursor", `none (${askText(ask)})`);
    }
    const quoted = JSON.stringify(nextCursor.slice(0, 200));
    if (nextCursor.length > LONGEST_CURSOR || !nextCursor.isWellFormed()) {
      throw stopped(list, `a cursor must be text of at most ${LONGEST_CURSOR} characters`, quoted);
    }
    if (seen.has(nextCursor)) {
      throw stopped(list, "each page must have a new cursor", quoted);
    }
    seen.add(nextCursor);
    cursor = nextCursor;
  }
}

function stopped(list: CatalogueList, rule: string, got: string): Error {
  return new Error(`Cannot walk ${listName(list)} as ${rule}: got ${got}`);
}
