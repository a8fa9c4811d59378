import { parseArgs } from "node:util";
import { parseClassifier } from "../classify/classifier_choice.ts";

const OPTIONS = {
  markets: { type: "string" },
  out: { type: "string" },
  classifier: { type: "string", default: "lexical" },
  model: { type: "string" },
  budget: { type: "string" },
  "budget-tokens": { type: "string" },
  yes: { type: "boolean", default: false },
  replay: { type: "boolean", default: false },
  agreement: { type: "string" },
  answers: { type: "string" },
  also: { type: "string" },
} as const;

/** Options that say how a model is asked. */
const MODEL_OPTIONS = [
  ...["model", "budget", "budget-tokens", "yes", "replay", "agreement", "answers"] as const,
];

/** What a file of markets can be asked beside its themes. */
const ALSO = ["sides", "exposures"] as const;

/**
 * Reads the options of `deno task classify`.
 *
 * @throws {RangeError} If one is missing or has a value it cannot have.
 */
export function classifyOptions(args: string[]) {
  const { values } = parseArgs({ args, options: OPTIONS });
  const path = (name: "markets" | "out" | "answers", what: string) => {
    const value = values[name];
    if (value === undefined || value.trim() === "") {
      throw new RangeError(`Cannot classify as --${name} must name ${what}: got none`);
    }
    return value;
  };
  const classifier = parseClassifier(values.classifier);
  const options = {
    markets: path("markets", "a Parquet file of markets"),
    out: path("out", "the folder for the results"),
    classifier,
    model: values.model,
    limit: {
      usd: positive(values.budget, "budget", "US dollars"),
      tokens: positive(values["budget-tokens"], "budget-tokens", "tokens"),
    },
    isConfirmed: values.yes,
    isReplay: values.replay,
    nAgreement: positive(values.agreement, "agreement", "events"),
    answers: values.answers === undefined ? undefined : path("answers", "a folder"),
    also: parseAlso(values.also),
  };
  const idle = MODEL_OPTIONS.find((name) => values[name] !== undefined && values[name] !== false);
  if (classifier === "lexical" && idle !== undefined) {
    throw new RangeError(
      `Cannot classify as --${idle} is for a language model: got it without --classifier llm`,
    );
  }
  return options;
}

function parseAlso(text = ""): readonly (typeof ALSO[number])[] {
  const words = text.split(",").map((word) => word.trim()).filter((word) => word !== "");
  const unknown = words.find((word) => !ALSO.some((one) => one === word));
  if (unknown === undefined) return ALSO.filter((one) => words.includes(one));
  throw new RangeError(
    `Cannot classify as --also must name ${
      ALSO.join(" or ")
    }, with a comma between: got "${unknown}"`,
  );
}

function positive(text: string | undefined, name: string, unit: string): number | null {
  if (text === undefined) return null;
  const value = text.trim() === "" ? NaN : Number(text);
  if (value > 0 && Number.isFinite(value)) return value;
  throw new RangeError(`Cannot classify as --${name} must be ${unit} above 0: got "${text}"`);
}
