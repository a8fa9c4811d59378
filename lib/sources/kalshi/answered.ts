import type { Answer, Ask, Reply } from "../../fetch/ask.ts";
import { askText } from "../../fetch/ask.ts";

/**
 * The answer to an ask that a job cannot go on without.
 *
 * @throws {Error} If there is none.
 */
export function* answered(ask: Ask): Generator<Ask, Answer, Reply> {
  const reply = yield ask;
  if (reply.isAnswer) return reply.answer;
  throw new Error(
    `Cannot go on without ${
      askText(ask).slice(0, 200)
    } as an answer must come: got ${reply.failure.reason}`,
  );
}
