import { fixedText, shareText } from "../../core/number_text.ts";

const WEIGHTINGS: Readonly<Record<string, string>> = {
  equal: "Equal weights",
  volume: "Volume",
  inverse_volatility: "Inverse volatility",
  equal_risk: "Equal risk",
  minimum_variance: "Minimum variance",
  maximum_diversification: "Maximum diversification",
  hierarchical_risk_parity: "Hierarchical risk parity",
};

const LIMITS: Readonly<Record<string, string>> = {
  max_weight: "the largest weight allowed",
  liquidity: "its share of the liquidity",
  venue: "the share of its venue",
};

const NOTES: Readonly<Record<string, string>> = {
  "volume=unknown": "volumes are unknown, so weights are equal",
  "volume=partly_unknown": "some volumes are unknown",
  "equal_risk=not_converged": "equal risk was not reached",
};

const RULES: Readonly<Record<string, string>> = {
  min_markets: "too few contracts",
  max_markets: "more contracts than allowed",
  min_weight: "weights too small to hold",
  max_weight: "largest weight",
  liquidity: "liquidity",
  venue: "share of a venue",
};

/**
 * The reason of a weight for a reader: what the weighting wanted and what held it back. A reason of
 * another form is given as it is.
 */
export function weightReasonText(reason: string): string {
  if (reason.startsWith("carried=")) {
    return `Kept, as it could not be traded: ${reason.slice("carried=".length)}`;
  }
  const fields = reason.split(";").map((part) => part.split("="));
  const weighting = valueOf(fields, "weighting"), raw = Number(valueOf(fields, "raw"));
  if (weighting === undefined || !Number.isFinite(raw)) return reason;
  const limit = valueOf(fields, "limit") ?? "none";
  const known = new Set(["basket", "share", "weighting", "raw", "limit"]);
  const notes = fields.filter(([key]) => !known.has(key!)).map((field) => field.join("="));
  return [
    `${WEIGHTINGS[weighting] ?? weighting}: ${shareText(raw)} wanted`,
    ...limit === "none" ? [] : [`held back by ${LIMITS[limit] ?? limit}`],
    ...notes.map((note) => NOTES[note] ?? note),
  ].join("; ");
}

/**
 * Why a contract came or left, and the contract that it rolled from or into. The two are apart, as a
 * title must not turn the words around it.
 */
export function changeReason(
  reason: string | null,
): { readonly words: string; readonly rolled: string | null } {
  if (reason === null) return { words: "reason not stored", rolled: null };
  const roll = /^(rolled (?:from|into)) (.+)$/.exec(reason);
  if (roll !== null) return { words: roll[1]!, rolled: roll[2]! };
  if (reason === "infeasible") return { words: "the basket went to cash", rolled: null };
  return { words: reason === "not selected" ? "no longer selected" : reason, rolled: null };
}

/** Names of limits that changed a basket. */
export function rulesText(rules: readonly string[]): string {
  return rules.map((rule) => RULES[rule] ?? rule.replaceAll("_", " ")).join(", ");
}

/** A share as a signed percentage: 0.031 → "+3.1%"; unknown without a value. */
export function signedShareText(share: number | null): string {
  if (share === null) return "unknown";
  return `${signedText(share * 100, 1)}%`;
}

/** A number with its sign and a true minus; what rounds to zero has none. */
export function signedText(value: number, decimals: number): string {
  const text = fixedText(value, decimals);
  return value > 0 && Number(text) !== 0 ? `+${text}` : text;
}

function valueOf(fields: readonly (readonly string[])[], key: string): string | undefined {
  return fields.find(([name]) => name === key)?.[1];
}
