/** Faults of the line: another try may go well. */
export type LineFault =
  | "storm429"
  | "status500"
  | "status502"
  | "status503"
  | "reset"
  | "drip"
  | "truncate"
  | "malformed"
  | "html"
  | "rateLimit200"
  | "huge";

/** Faults of the content: the same request gets the same faulty answer, however often it asks. */
export type ContentFault =
  | "missingField"
  | "retypedField"
  | "newEnum"
  | "missingEnvelope"
  | "duplicatePage"
  | "reorderPages"
  | "shuffledRows"
  | "repeatCursor"
  | "duplicateRows"
  | "dateSkew";

export type FaultKind = LineFault | ContentFault;

/** One kind of fault and how often it strikes. */
export interface FaultRule {
  readonly kind: FaultKind;
  /** Share of the requests that it strikes, in [0, 1]. */
  readonly share: number;
  /** Only requests whose path and query hold this text; all where it is left out. */
  readonly path?: string;
  /** A fault of the line that strikes the same request each time it is asked: no try gets through. */
  readonly isLasting?: boolean;
  /** `storm429`: requests in a row that are refused, of whatever path; 4 where left out. */
  readonly length?: number;
  /** `storm429`, `status503`: the header Retry-After, seconds or a date; left out: no header. */
  readonly retryAfter?: string;
  /** `reset`: before the body or within it; left out: either. */
  readonly where?: "before" | "within";
  /**
   * `truncate`: with the length of the whole body, in chunks and cut off, or in chunks with a proper
   * end; left out: any.
   */
  readonly how?: "length" | "cut" | "ended";
  /** `drip`: how long the body takes, milliseconds; 3,000 where left out. */
  readonly overMs?: number;
  /** `huge`: bytes of the body, 80 MB where left out. */
  readonly bytes?: number;
  /** `missingField`, `retypedField`, `newEnum`: the field; left out: one that the request picks. */
  readonly field?: string;
  /** `dateSkew`: what is added to the clock in the header Date; 6 where left out. */
  readonly hours?: number;
}

/** What goes wrong. The same plan and the same requests in the same order give the same faults. */
export interface FaultPlan {
  readonly seed: number;
  /** For a request the first rule of the line that strikes, and all of the content that do. */
  readonly rules: readonly FaultRule[];
  /** Faults of the line in a row for one request, lasting ones apart; 3 where left out. */
  readonly maxInARow?: number;
  /** Clock of the header Date where the fault makes the whole answer; the computer's where left out. */
  readonly nowMs?: () => number;
}

/** A fault that struck. */
export interface InjectedFault {
  readonly kind: FaultKind;
  /** Method, path and query. */
  readonly request: string;
  /** What was done: `row 4: version`. */
  readonly detail: string;
}

/** Faults of the content, told from those of the line. */
export const CONTENT_FAULTS: readonly string[] = [
  "missingField",
  "retypedField",
  "newEnum",
  "missingEnvelope",
  "duplicatePage",
  "reorderPages",
  "shuffledRows",
  "repeatCursor",
  "duplicateRows",
  "dateSkew",
];
