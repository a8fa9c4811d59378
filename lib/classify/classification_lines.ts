import { countOf, countText, shareText } from "../core/number_text.ts";
import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import { confusedPairs } from "../stats/confusion.ts";
import type { AuditStudy } from "../taxonomy/audit_study.ts";
import { type ClassifierName, LEXICAL_NOTE } from "./classifier_choice.ts";
import { classifierNoun, type LabelledStudy } from "./labelled_study.ts";

/** Whose themes these are, in a sentence; said once a run. */
export function classifierLine(
  name: ClassifierName,
  { nUnanswered, nEvents }: { readonly nUnanswered: number; readonly nEvents: number },
): string {
  if (name === "lexical") return LEXICAL_NOTE;
  const answered = `A language model's kept answers name the themes of ${
    countText(nEvents - nUnanswered)
  } of ${countOf(nEvents, "event")}.`;
  return nUnanswered === 0
    ? answered
    : `${answered} The others are the lexical classifier's: \`deno task classify --classifier llm\` asks for them.`;
}

/** Agreement with labels in sentences of Markdown; who labelled and a model's name are untrusted. */
export function labelLine(study: LabelledStudy | null): string {
  if (study === null) {
    return "Nobody labelled these markets: `--labels FILE` or filled audit sheets would say how right the themes are.";
  }
  const { accuracy, contractAccuracy, contractMacroF1, unmapped } = study;
  const what = `Reference, not truth: ${literal(study.origin)}, given by ${
    study.labeller === null ? "somebody unnamed" : literal(study.labeller)
  }.`;
  const nLeft = unmapped.reduce((sum, { nContracts }) => sum + nContracts, 0);
  const left = unmapped.length === 0
    ? "Every label is mapped to themes of ours."
    : `Not mapped to a theme of ours and left out: ${countOf(unmapped.length, "label")} of ${
      countOf(nLeft, "contract")
    }.`;
  if (study.nContracts === 0) return `${what} It says nothing of how right the themes are. ${left}`;
  return `${what} Against it the ${literal(classifierNoun(study.classifier))} is right for ${
    shareText(contractAccuracy)
  } of ${countOf(study.nContracts, "contract")} (macro-F1 ${contractMacroF1.toFixed(3)}) and for ${
    shareText(accuracy.value)
  } of ${countOf(study.nEvents, "event")} (95% interval ${shareText(accuracy.low)} to ${
    shareText(accuracy.high)
  }; macro-F1 ${study.macroF1.toFixed(3)}). The events have ${
    countOf(accuracy.nGroups, "wording")
  }, and those of one tend to be right or wrong together, so the interval is that of ${
    accuracy.effectiveItems.toFixed(0)
  } independent ones. Calibration error ${study.calibrationError.toFixed(3)}, Brier score ${
    study.brier.toFixed(3)
  }. ${left}`;
}

/** The commonest ways of being wrong: true_theme, given_theme, events, share of the true theme's. */
export function confusionTable(study: LabelledStudy | null): Table {
  const pairs = study === null ? [] : confusedPairs(study.confusion, { limit: 10 });
  return table({
    true_theme: stringColumn(pairs.map(({ trueClass }) => trueClass)),
    given_theme: stringColumn(pairs.map(({ givenClass }) => givenClass)),
    events: integerColumn(pairs.map(({ nItems }) => nItems)),
    share: numberColumn(pairs.map(({ share }) => share)),
  });
}

/** What came back of the audit sheets, in a sentence of Markdown; names and reasons are untrusted. */
export function auditLine(
  { accuracy, earlier, nEarlier, nVerdicts, nOpen, nOutdated, rejected }: AuditStudy,
): string {
  if (nVerdicts === 0 && rejected.length === 0) {
    return nOpen === 0
      ? "No sheet came back, so no theme counts as reviewed."
      : `The sheets hold no verdict yet, ${
        countOf(nOpen, "row")
      } still open, so no theme counts as reviewed.`;
  }
  const faults = rejected.length === 0
    ? ""
    : ` ${countOf(rejected.length, "row")} cannot be used; the first: row ${rejected[0]!.row} of ${
      literal(rejected[0]!.file)
    }, ${literal(rejected[0]!.reason)}.`;
  const outdated = nOutdated === 0
    ? ""
    : ` ${countOf(nOutdated, "verdict")} of themes since changed left out.`;
  const inSample = earlier === null
    ? ""
    : ` ${countOf(nEarlier, "verdict")} of an earlier version count apart, in-sample: right for ${
      countText(earlier.overall.nRight)
    } of ${countOf(earlier.overall.nJudged, "contract")}.`;
  const old = `${inSample}${outdated}`;
  const open = `${countOf(nVerdicts, "verdict")}, ${countOf(nOpen, "row")} still open.`;
  if (accuracy === null) {
    const none = nOutdated + nEarlier === 0 ? " None is of a random sheet." : "";
    return `${open}${none}${old}${faults}`;
  }
  const { overall, weighted, nUnsure } = accuracy;
  if (overall.nJudged === 0) {
    return `${open} Nobody was sure of ${
      countOf(nUnsure, "contract")
    } drawn at random.${old}${faults}`;
  }
  return `${open} The words' theme is right for ${countText(overall.nRight)} of ${
    countOf(overall.nJudged, "contract")
  } drawn at random; weighted by the events of each theme ${
    shareText(weighted.accuracy)
  } (95% interval ${shareText(weighted.low)} to ${shareText(weighted.high)}).${old}${faults}`;
}

/** Untrusted text on one line, without a meaning in Markdown. */
function literal(text: string): string {
  return text.replace(/\s+/g, " ").replace(/[\\`*_{}[\]<>#|~!&$]/g, "\\$&");
}

/** Rows of audit sheets that cannot be used: file, row (1 is the first below the header), reason. */
export function auditFaults({ rejected }: AuditStudy): Table {
  return table({
    file: stringColumn(rejected.map(({ file }) => file)),
    row: integerColumn(rejected.map(({ row }) => row)),
    reason: stringColumn(rejected.map(({ reason }) => reason)),
  });
}
