/** Contracts that belong together: a theme, a cluster. */
export interface NamedGroup<Member> {
  readonly id: string;
  /** Name for a reader. Untrusted where it comes from titles. */
  readonly name: string;
  readonly members: readonly Member[];
}

/** A group that is large enough for a basket. */
export interface MergedGroup<Member> extends NamedGroup<Member> {
  /** Ids of the groups that were too small and are joined in it, sorted; empty where none. */
  readonly mergedFrom: readonly string[];
}

/** A group that is in no basket. */
export interface FlaggedGroup {
  readonly id: string;
  readonly name: string;
  readonly nMembers: number;
}

/** Id and name of the basket of small groups whose families are too small as well. */
export const BROAD = { id: "broad", name: "Broad themes" } as const;

/**
 * Joins groups that are too small for a basket, as long as the whole still has a meaning.
 *
 * A group of at least `minMarkets` stays itself. The smaller ones of a family are joined into a
 * basket of the family if together they reach it; what is left of all families together into
 * {@link BROAD}; what still does not reach it is flagged, never thrown in with a large group, whose
 * meaning it would blur. A group without members is flagged, as nothing of it can be joined.
 *
 * Order: the groups that stay in the order given, then families by id, then the broad one; members
 * of a joined basket by the id of their group. Cost: O(g log g + members).
 *
 * @param options.familyOf Family of a group's id; `null` where it has none.
 * @param options.familyName Name of a family for a reader.
 * @throws {RangeError} If `minMarkets` is no count or a family or the broad basket has a group's id.
 */
export function mergedGroups<Member>(
  groups: readonly NamedGroup<Member>[],
  { familyOf, familyName, minMarkets }: {
    readonly familyOf: (id: string) => string | null;
    readonly familyName: (family: string) => string;
    readonly minMarkets: number;
  },
): { readonly groups: readonly MergedGroup<Member>[]; readonly flagged: readonly FlaggedGroup[] } {
  if (!(minMarkets >= 1)) {
    throw new RangeError(
      `Cannot merge groups as the least number of markets must be at least 1: got ${minMarkets}`,
    );
  }
  const sorted = [...groups].sort((a, b) => a.id < b.id ? -1 : 1);
  const small = sorted.filter(({ members }) => members.length > 0 && members.length < minMarkets);
  const families = [...new Set(small.map(({ id }) => familyOf(id)))]
    .filter((family) => family !== null).sort();
  const joined = families
    .map((id) => join(small.filter((one) => familyOf(one.id) === id), id, familyName(id)))
    .filter(({ members }) => members.length >= minMarkets);
  const placed = new Set(joined.flatMap(({ mergedFrom }) => mergedFrom));
  const broad = join(small.filter(({ id }) => !placed.has(id)), BROAD.id, BROAD.name);
  if (broad.members.length >= minMarkets) joined.push(broad);
  for (const { id } of joined) {
    if (groups.some((one) => one.id === id)) {
      throw new RangeError(
        `Cannot merge groups as a joined basket must have an id of its own: got "${id}", a group`,
      );
    }
  }
  const inBasket = new Set(joined.flatMap(({ mergedFrom }) => mergedFrom));
  return {
    groups: [
      ...groups.filter(({ members }) => members.length >= minMarkets)
        .map((group) => ({ ...group, mergedFrom: [] })),
      ...joined,
    ],
    flagged: sorted
      .filter(({ id, members }) => members.length < minMarkets && !inBasket.has(id))
      .map(({ id, name, members }) => ({ id, name, nMembers: members.length })),
  };
}

function join<Member>(
  groups: readonly NamedGroup<Member>[],
  id: string,
  name: string,
): MergedGroup<Member> {
  return {
    ...{ id, name, members: groups.flatMap(({ members }) => members) },
    mergedFrom: groups.map((group) => group.id),
  };
}
