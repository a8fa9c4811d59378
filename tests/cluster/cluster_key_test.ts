import assert from "node:assert/strict";
import { clusterKey } from "lib/cluster/cluster_key.ts";

Deno.test("clusterKey() is FNV-1a of the sorted members, in any order", () => {
  assert.equal(clusterKey([]), "cbf29ce484222325");
  assert.equal(clusterKey(["b", "a"]), clusterKey(["a", "b"]));
  const keys = [["a"], ["b"], ["a", "b"], ["ab"], ["a", "b", "c"], ["", "ab"]].map(clusterKey);
  assert.equal(new Set(keys).size, keys.length);
  keys.forEach((key) => assert.match(key, /^[0-9a-f]{16}$/));
  // worked out in Python: fnv1a64(b"a\x00\xff\xff")
  assert.equal(clusterKey(["a"]), "a9d472820c0a42fa");
});
