import type { HoldableContract } from "../baskets/holdable.ts";
import type { Theme } from "../taxonomy/themes.ts";
import { UNCATEGORIZED } from "../taxonomy/themes.ts";
import type { PointInTime } from "../universe/as_of.ts";
import type { ClustersAt } from "./clusters_at.ts";
import type { FactorsAt } from "./factors_at.ts";
import type { ContractGroup, GroupingKey, GroupMember } from "./grouping.ts";
import type { HeldSide } from "./held_side.ts";
import { SLEEVE } from "./method_list.ts";
import type { ThemesAt } from "./themes_at.ts";

/** What {@link groupsAt} groups by. */
export interface GroupInputs {
  /** Listings of the view. */
  readonly markets: PointInTime["markets"];
  readonly holdables: readonly HoldableContract[];
  readonly themesOf: ThemesAt;
  readonly clusters: ClustersAt;
  readonly factors: FactorsAt;
  /** Every theme of the taxonomy. */
  readonly themes: readonly Theme[];
  readonly heldSide: HeldSide;
}

/**
 * The groups of contracts that a way of grouping gives at one decision.
 *
 * A group may be of any size: whether it makes a basket is decided where the basket's rules are.
 * Contracts without a theme, and those of excluded themes, are in no group of themes; clusters of
 * either kind and the group of everything know no themes and hold them too. The side is that of the
 * theme which groups, or of the cluster; in clusters of loadings and in the group of everything it is
 * that of the words' theme.
 *
 * Cost: O(contracts).
 *
 * @returns By id, none empty.
 * @throws {RangeError} If a theme is not of the taxonomy.
 */
export function groupsAt(key: GroupingKey, inputs: GroupInputs): ContractGroup[] {
  const { holdables, themesOf, markets, heldSide } = inputs;
  switch (key) {
    case "hand":
      return themeGroups(themesOf.hand, inputs);
    case "words":
      return themeGroups(themesOf.words, inputs);
    case "reconciled":
      return themeGroups(themesOf.reconciled, inputs);
    case "clusters":
      return clusterGroups(inputs.clusters);
    case "factors":
      return clusterGroups(inputs.factors);
    case "everything": {
      const all = holdables.map(({ market }, contract): GroupMember => ({
        contract,
        side: heldSide(markets[market]!, themesOf.words[contract]!),
      }));
      return all.length === 0 ? [] : [{ id: SLEEVE, name: "All markets", members: all }];
    }
  }
}

function themeGroups(
  themeOf: readonly (string | null)[],
  { holdables, markets, themes, heldSide }: GroupInputs,
): ContractGroup[] {
  const known = new Map(themes.map((theme) => [theme.id, theme]));
  const found = new Map<string, GroupMember[]>();
  themeOf.forEach((id, contract) => {
    if (id === null || id === UNCATEGORIZED) return;
    const theme = known.get(id);
    if (theme === undefined) {
      throw new RangeError(
        `Cannot group "${
          holdables[contract]!.marketId
        }" as its theme must be of the taxonomy: got "${id}"`,
      );
    }
    if (theme.isExcluded) return;
    const member = { contract, side: heldSide(markets[holdables[contract]!.market]!, id) };
    const group = found.get(id);
    if (group === undefined) found.set(id, [member]);
    else group.push(member);
  });
  return Array.from(found, ([id, members]) => ({ id, name: known.get(id)!.name, members }))
    .sort((a, b) => a.id < b.id ? -1 : 1);
}

function clusterGroups({ cluster, sides, clusters }: ClustersAt | FactorsAt): ContractGroup[] {
  const groups = clusters.map(({ id, name }) => ({ id, name, members: [] as GroupMember[] }));
  cluster.forEach((c, contract) => {
    if (c >= 0) groups[c]!.members.push({ contract, side: sides[contract]! });
  });
  return groups.sort((a, b) => a.id < b.id ? -1 : 1);
}
