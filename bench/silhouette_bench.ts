import { cutByCount } from "lib/cluster/cut.ts";
import { linkage } from "lib/cluster/linkage.ts";
import { meanSilhouette, silhouetteByCount } from "lib/cluster/silhouette.ts";
import { madeDistances } from "./made_distances.ts";

for (const n of [300, 1000, 2721]) {
  const distance = madeDistances(n);
  const tree = linkage(distance, { method: "ward" });
  const group = `silhouettes of k = 2…40, ${n}`;
  Deno.bench({ name: `${group}, each k anew`, group, baseline: true }, () => {
    for (let k = 2; k <= 40; ++k) meanSilhouette(distance, cutByCount(tree, k));
  });
  Deno.bench({ name: `${group}, silhouetteByCount()`, group }, () => {
    silhouetteByCount(distance, tree, { min: 2, max: 40 });
  });
}
