import { countText } from "../core/number_text.ts";
import type { Ask } from "./ask.ts";
import { isPassingStatus } from "./retry_delay.ts";

/** What one try came to. */
export type TryResult =
  | {
    readonly isAnswer: true;
    readonly status: number;
    readonly text: string;
    readonly value: unknown;
  }
  | {
    readonly isAnswer: false;
    /** `null` where no response came. */
    readonly status: number | null;
    readonly reason: string;
    /** Whether to try again. */
    readonly isPassing: boolean;
    /** Whether the host says that it is asked too often, with whatever status. */
    readonly isTooOften: boolean;
    /** What the host wants to be waited; `null` where it says nothing. */
    readonly retryAfterMs: number | null;
  };

/** What is read of a response. Untrusted. */
export interface WholeResponse {
  readonly status: number;
  readonly text: string;
  readonly retryAfterMs: number | null;
}

const TOO_OFTEN = /^(edge: )?too many requests\.?$/i;
/** Fields of an answer that is nothing but an error. */
const ERROR_FIELDS = new Set(["error", "code", "retryable", "trace_id", "parameter", "message"]);

/**
 * What a whole response means for its ask: an answer, a fault that passes, or a refusal.
 *
 * The status is not believed alone: hosts say "Too Many Requests" and other errors with status 200,
 * and send pages of HTML where data were asked for. Whether the data in an answer are sound is not
 * judged here. Pure.
 *
 * @param response Without credentials, as parts of the text are cited.
 */
export function readAnswer({ status, text, retryAfterMs }: WholeResponse, ask: Ask): TryResult {
  const fault = (reason: string, isPassing = true, isTooOften = false): TryResult => {
    return { isAnswer: false, status, reason, isPassing, isTooOften, retryAfterMs };
  };
  if (status === 404) return { isAnswer: true, status, text, value: undefined };
  if (status >= 300 && status < 400) {
    return fault(`the host sent us to another address with status ${status}`, false);
  }
  if (status < 200 || status >= 300) {
    const reason = `the host answered with status ${status}${saying(text)}`;
    return fault(reason, isPassingStatus(status), status === 429);
  }
  if (TOO_OFTEN.test(text.trim())) {
    return fault(`the host answered with status ${status}${saying(text)}`, true, true);
  }
  if (text.trim() === "") return fault("the answer is empty");
  if (ask.format === "csv") {
    const isPage = text.trimStart().startsWith("<");
    if (isPage) return fault(`the answer is a page, not a CSV${saying(text)}`);
    return { isAnswer: true, status, text, value: undefined };
  }
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // what it throws cites the text uncleaned
    return fault(`the answer of ${countText(text.length)} characters is no JSON${saying(text)}`);
  }
  const error = onlyError(value);
  if (error === null) return { isAnswer: true, status, text, value };
  const reason = `the host answered with status ${status} and an error${saying(text)}`;
  return fault(reason, error.isPassing, error.isTooOften);
}

/** Part of an untrusted text in one line, without what could move a terminal's cursor. */
function saying(text: string): string {
  const line = text.slice(0, 2000).replace(/[\p{C}\s]+/gu, " ").trim();
  if (line === "") return "";
  return `: "${line.length > 200 ? `${line.slice(0, 200).toWellFormed()}…` : line}"`;
}

function onlyError(value: unknown): { isPassing: boolean; isTooOften: boolean } | null {
  if (typeof value === "string" && TOO_OFTEN.test(value.trim())) {
    return { isPassing: true, isTooOften: true };
  }
  if (typeof value !== "object" || value === null || !("error" in value)) return null;
  if (!Object.keys(value).every((key) => ERROR_FIELDS.has(key)) || value.error === null) {
    return null;
  }
  const isTooOften = (typeof value.error === "string" && TOO_OFTEN.test(value.error.trim())) ||
    ("code" in value && value.code === "rate_limited");
  return {
    isPassing: isTooOften || ("retryable" in value && value.retryable === true),
    isTooOften,
  };
}
