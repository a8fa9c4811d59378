import { join } from "node:path";
import { parseSettings } from "../core/settings.ts";
import { countOf, shareText } from "../core/number_text.ts";
import { auditVerdictsOf } from "../review/audit_verdicts_of.ts";
import type { Decision } from "../review/decision.ts";
import { readYaml } from "../store/yaml.ts";
import { type AuditAccuracy, auditAccuracy } from "../taxonomy/audit_accuracy.ts";
import { isRandomSheet, themeSizes } from "../taxonomy/audit_entries.ts";
import type { AuditItem } from "../taxonomy/audit_study.ts";
import { currentVerdicts } from "../taxonomy/current_verdicts.ts";
import { checkpointRows } from "./audit_rows.ts";
import { type Markup, markup } from "./markup.ts";

/** What the audit says of the themes of today. */
export interface ReportedAccuracy {
  /** `null` where no contract was judged. */
  readonly accuracy: AuditAccuracy | null;
  /** Verdicts on an earlier version of the classifier; no evidence for this one. */
  readonly nEarlier: number;
  /** Verdicts that say nothing of today's theme. */
  readonly nOutdated: number;
  /** Share right that the lower end of the interval must reach. */
  readonly target: number;
}

const CLASSIFICATIONS = {
  market_id: "string",
  event_id: "string",
  primary_theme: "string",
  classifier: "string",
} as const;

/**
 * Accuracy of today's themes by words, by the decisions on sheets that were drawn at random.
 *
 * @param inForce Decisions in force; of other kinds than audits too.
 * @throws {Error} If the checkpoint `04_classifications` cannot be read.
 */
export async function reportedAccuracy(
  out: string,
  inForce: readonly Decision[],
): Promise<ReportedAccuracy> {
  const rows = await checkpointRows("04_classifications", {
    dir: join(out, "checkpoints"),
    columns: CLASSIFICATIONS,
  });
  const items = rows.map((row): AuditItem => ({
    marketId: row.market_id ?? "",
    eventId: row.event_id ?? "",
    theme: row.primary_theme ?? "",
    classifier: row.classifier ?? "",
  }));
  const { verdicts, earlier, nOutdated } = currentVerdicts(
    auditVerdictsOf(inForce).filter(({ sheet }) => isRandomSheet(sheet)),
    new Map(items.map((item) => [item.marketId, item])),
  );
  const settings = parseSettings(await readYaml("config/settings.yaml"));
  return {
    accuracy: verdicts.length === 0 ? null : auditAccuracy(verdicts, themeSizes(items)),
    nEarlier: earlier.length,
    nOutdated,
    target: settings.classification.target_accuracy.value,
  };
}

/** The accuracy in sentences, and by theme as a table. */
export function accuracyMarkup(
  { accuracy, nEarlier, nOutdated, target }: ReportedAccuracy,
  { nameOf }: { readonly nameOf: (theme: string) => string },
): Markup {
  const left = [
    [accuracy?.nUnsure ?? 0, "contract", "that nobody was sure of"],
    [accuracy?.nSplit ?? 0, "contract", "that people judged differently, counted as wrong"],
    [nEarlier, "verdict", "on an earlier version of the classifier, no evidence for this one"],
    [nOutdated, "verdict", "on a theme that is not today's"],
  ] as const;
  const besides = left.filter(([n]) => n > 0)
    .map(([n, noun, what]) => `${countOf(n, noun)} ${what}.`).join(" ");
  if (accuracy === null) {
    return markup`<p><strong>No contract drawn at random is judged yet.</strong> The target is ${
      shareText(target)
    } right. ${besides}</p>`;
  }
  const { overall, weighted, themes } = accuracy;
  const isReached = overall.low >= target;
  return markup`<p><strong>${overall.nRight} of ${overall.nJudged} right: ${
    intervalText(overall)
  }.</strong> Weighted by the events of each theme: ${intervalText(weighted)}. The lower end ${
    isReached ? "reaches" : "does not reach"
  } the target of ${shareText(target)}. ${besides}</p>
<table>
<thead><tr><th scope="col">Theme</th><th scope="col" class="number">Right</th>
<th scope="col" class="number">Judged</th>
<th scope="col">Accuracy, 95% interval</th></tr></thead>
<tbody>${
    themes.map((one) =>
      markup`<tr><td>${
        nameOf(one.theme)
      }</td><td class="number">${one.nRight}</td><td class="number">${one.nJudged}</td><td>${
        intervalText(one)
      }</td></tr>
`
    )
  }</tbody>
</table>`;
}

function intervalText(
  { accuracy, low, high }: {
    readonly accuracy: number;
    readonly low: number;
    readonly high: number;
  },
): string {
  return Number.isNaN(accuracy)
    ? "unknown"
    : `${shareText(accuracy)} (${shareText(low)} to ${shareText(high)})`;
}
