import type { SubjectKind } from "../review/decision.ts";

/** A part of the page under a tab. */
export type TabId = "overview" | "dendrogram" | "audit" | "baskets";

/** The tabs in their order; the place is the key. */
export const TABS: readonly { readonly id: TabId; readonly label: string }[] = [
  { id: "overview", label: "Overview" },
  { id: "dendrogram", label: "Dendrogram" },
  { id: "audit", label: "Audit" },
  { id: "baskets", label: "Baskets" },
];

/** The tab of an address's hash, `#audit` or `#audit/…`; any other is the overview. */
export function tabOfHash(hash: string): TabId {
  const first = hash.replace(/^#/, "").split("/")[0];
  return TABS.find(({ id }) => id === first)?.id ?? "overview";
}

/** What notebooks ask a person, the tab on which it is answered, and the kinds in their order. */
export const NOTEBOOKS: readonly {
  readonly number: string;
  readonly name: string;
  readonly tab: TabId;
  readonly kinds: readonly SubjectKind[];
}[] = [
  { number: "03", name: "Clusters", tab: "dendrogram", kinds: ["cut", "cluster"] },
  {
    number: "04",
    name: "Classification",
    tab: "audit",
    kinds: ["audit", "twin", "theme", "side", "contract"],
  },
  { number: "05", name: "Baskets", tab: "baskets", kinds: ["basket", "returns", "theme_change"] },
];

/** Where a kind is answered, as the hash of an address: the tab, and its part where it has several. */
export function hashOfKind(kind: SubjectKind): string {
  const part = { audit: "queue", twin: "twins", theme: "cases", side: "cases", contract: "cases" };
  const { tab } = NOTEBOOKS.find(({ kinds }) => kinds.includes(kind))!;
  return Object.hasOwn(part, kind) ? `#${tab}/${part[kind as keyof typeof part]}` : `#${tab}`;
}

/** A kind as people are told it, one of them and several. */
export const KIND_WORDS: Readonly<Record<SubjectKind, readonly [string, string]>> = {
  cut: ["cut", "cuts"],
  cluster: ["cluster", "clusters"],
  theme: ["theme", "themes"],
  side: ["side", "sides"],
  contract: ["contract to hold", "contracts to hold"],
  twin: ["pair of twins", "pairs of twins"],
  audit: ["audited contract", "audited contracts"],
  basket: ["basket", "baskets"],
  returns: ["return history", "return histories"],
  theme_change: ["theme change", "theme changes"],
};
