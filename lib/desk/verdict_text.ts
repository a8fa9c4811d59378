import { countOf } from "../core/number_text.ts";
import { type Decision, valueOf } from "../review/decision.ts";

/**
 * What a person decided, in words: "wrong, right is Crypto", "split into 3 parts". Holds text of others.
 *
 * @param options.nameOf Name of a theme by its id.
 */
export function verdictText(
  decision: Pick<Decision, "kind" | "verdict" | "value">,
  { nameOf }: { readonly nameOf: (theme: string) => string },
): string {
  const { kind, verdict } = decision;
  const clusters = valueOf(decision, "cut approve")?.clusters;
  if (clusters !== undefined) return `${countOf(clusters, "cluster")} approved`;
  const name = valueOf(decision, "cluster rename")?.name;
  if (name !== undefined) return `renamed “${name}”`;
  const joined = valueOf(decision, "cluster merge")?.with;
  if (joined !== undefined) return `merged with ${countOf(joined.length, "cluster")}`;
  const parts = valueOf(decision, "cluster split")?.parts;
  if (parts !== undefined) return `split into ${countOf(parts.length, "part")}`;
  const theme = valueOf(decision, "theme relabel")?.theme;
  if (theme !== undefined) return `is ${nameOf(theme)}`;
  const side = valueOf(decision, "side relabel")?.side;
  if (side !== undefined) return SIDES[side];
  const exclusion = valueOf(decision, "contract exclude");
  if (exclusion !== null) {
    return exclusion.since === null ? "never held" : `not held from ${exclusion.since} on`;
  }
  const wrong = valueOf(decision, "audit relabel");
  if (wrong !== null) {
    return wrong.rightTheme === null ? "wrong" : `wrong, right is ${nameOf(wrong.rightTheme)}`;
  }
  if (kind === "twin" && verdict === "exclude") return "not one question";
  if (kind === "audit") return verdict === "approve" ? "right" : "unsure";
  return verdict === "approve" ? "approved" : verdict === "flag" ? "flagged" : verdict;
}

const SIDES = {
  "1": "YES is more of the driver",
  "-1": "YES is less of the driver",
  "0": "YES is neither more nor less of the driver",
} as const;
