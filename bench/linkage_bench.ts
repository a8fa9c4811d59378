import { agnes } from "ml-hclust";
import { pairAt, type PairMatrix } from "lib/core/pair_matrix.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { madeDistances } from "./made_distances.ts";

/** Rows of a full square, as most JavaScript libraries take distances. */
function nested(distance: PairMatrix): number[][] {
  return distance.ids.map((_, i) =>
    distance.ids.map((_, j) => i === j ? 0 : pairAt(distance, i, j))
  );
}

/** The plain way: the same chain of nearest neighbours over rows of rows. */
function naiveWard(rows: readonly (readonly number[])[]): number {
  const d = rows.map((row) => row.slice());
  const sizes = d.map(() => 1);
  const active = new Set(d.keys());
  let chain: number[] = [], sum = 0;
  while (active.size > 1) {
    if (chain.length === 0) chain = [active.values().next().value!];
    const tip = chain.at(-1)!, before = chain.at(-2);
    let best = before, least = before === undefined ? Infinity : d[tip]![before]!;
    for (const j of active) {
      if (j !== tip && d[tip]![j]! < least) {
        least = d[tip]![j]!;
        best = j;
      }
    }
    if (best !== before) {
      chain.push(best!);
      continue;
    }
    chain.length -= 2;
    sum += least;
    active.delete(tip);
    for (const j of active) {
      if (j === best) continue;
      const [a, b, c] = [sizes[tip]!, sizes[best!]!, sizes[j]!];
      const joined = Math.sqrt(
        ((a + c) * d[tip]![j]! ** 2 + (b + c) * d[best!]![j]! ** 2 - c * least ** 2) / (a + b + c),
      );
      d[best!]![j] = joined;
      d[j]![best!] = joined;
    }
    sizes[best!]! += sizes[tip]!;
  }
  return sum;
}

for (const n of [300, 1000, 2721]) {
  const distance = madeDistances(n);
  const rows = nested(distance);
  const group = `Ward ${n}`;
  Deno.bench({ name: `${group}, chain over rows of rows`, group, baseline: true }, () => {
    naiveWard(rows);
  });
  // its time grows with the cube: seconds at 1,000, a minute or more at 2,721
  if (n <= 1000) {
    Deno.bench({ name: `${group}, ml-hclust agnes()`, group, n: 3, warmup: 1 }, () => {
      agnes(rows, { method: "ward2", isDistanceMatrix: true });
    });
  }
  Deno.bench({ name: `${group}, linkage()`, group }, () => {
    linkage(distance, { method: "ward" });
  });
}
