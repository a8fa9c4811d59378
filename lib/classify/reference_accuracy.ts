import { type ClassScore, confusion, confusionScores } from "../stats/confusion.ts";
import type { ReferenceThemes } from "../taxonomy/reference_themes.ts";

/** A question that somebody labelled. */
export interface LabelledQuestion {
  /** Name in the reference. */
  readonly theme: string;
}

/**
 * The true theme of each question: the predicted one where the reference accepts it, else the main
 * one of the reference's.
 *
 * @throws {RangeError} If a theme of the reference is not mapped.
 */
export function referenceTruth(
  questions: readonly LabelledQuestion[],
  predicted: readonly string[],
  reference: ReferenceThemes,
): string[] {
  return questions.map(({ theme }, i) => {
    const accepted = reference[theme];
    if (accepted === undefined) {
      throw new RangeError(
        `Cannot measure against the reference as each of its themes must be mapped to ours: got "${theme}"`,
      );
    }
    return accepted.includes(predicted[i]!) ? predicted[i]! : accepted[0]!;
  });
}

/** Agreement with a reference, over the themes that it has. */
export interface ReferenceAccuracy {
  readonly accuracy: number;
  /** Mean F1 of the themes of which there are questions; "uncategorized" is none. */
  readonly macroF1: number;
  /** Those themes, by id. */
  readonly themes: readonly ClassScore[];
}

/** Accuracy against a reference whose themes are mapped to sets of ours. */
export function referenceAccuracy(
  questions: readonly LabelledQuestion[],
  predicted: readonly string[],
  reference: ReferenceThemes,
): ReferenceAccuracy {
  const truth = referenceTruth(questions, predicted, reference);
  const { accuracy, classes } = confusionScores(confusion(truth, predicted));
  const themes = classes.filter(({ nTrue }) => nTrue > 0);
  return {
    accuracy,
    macroF1: themes.reduce((sum, { f1 }) => sum + f1, 0) / themes.length,
    themes,
  };
}
