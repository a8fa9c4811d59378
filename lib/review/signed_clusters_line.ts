import { countOf } from "../core/number_text.ts";
import { markdownLiteral } from "../core/markdown_literal.ts";
import type { SignedClusters, SignedCount } from "./cluster_effects.ts";
import { valueOf } from "./decision.ts";
import { shortText } from "./short_text.ts";

/** Most names that a line shows. */
const SHOWN = 5;

/**
 * What people's signatures made of the clusters, as a line of Markdown; and what that does to the null.
 *
 * @param cut The signed number of clusters. @param signed The clusters after every signature.
 * @param options.byRule Clusters that the rule would take.
 */
export function signedClustersLine(
  cut: SignedCount,
  signed: SignedClusters,
  { byRule }: { readonly byRule: number },
): string {
  const nMerged = signed.applied.filter((one) => valueOf(one, "cluster merge") !== null).length;
  const nSplit = signed.applied.filter((one) => valueOf(one, "cluster split") !== null).length;
  const names = [...signed.names.values()].map(literal);
  const changes = [
    nMerged === 0 ? "" : countOf(nMerged, "merge"),
    nSplit === 0 ? "" : countOf(nSplit, "split"),
    names.length === 0
      ? ""
      : `${countOf(names.length, "name")} (${
        names.slice(0, SHOWN).join(", ") + (names.length > SHOWN ? ", …" : "")
      })`,
  ].filter((part) => part !== "");
  const nIgnored = cut.ignored.length + signed.ignored.length;
  return [
    cut.nClusters === null
      ? `No number of clusters is signed: the rule's ${byRule} are used.`
      : `A person signed ${
        countOf(cut.nClusters, "cluster")
      } where the rule takes ${byRule}; every ` +
        "method and its shifted panels use it, but no p-value counts that it was chosen with these data in view.",
    changes.length === 0 ? "" : `Signed and in effect on Ward's clusters: ${changes.join(", ")}.`,
    nMerged + nSplit === 0
      ? ""
      : "The null of Ward's clusters neither merges nor splits by judgement.",
    nIgnored === 0
      ? ""
      : `${countOf(nIgnored, "decision")} not applied: ${
        [...cut.ignored, ...signed.ignored].slice(0, SHOWN)
          .map(({ decision, reason }) =>
            `${decision.verdict} of “${literal(decision.title)}”, ${reason}`
          )
          .join("; ")
      }.`,
  ].filter((sentence) => sentence !== "").join(" ");
}

function literal(text: string): string {
  return markdownLiteral(shortText(text, { most: 60 }));
}
