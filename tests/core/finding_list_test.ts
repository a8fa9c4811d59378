import assert from "node:assert/strict";
import { findingList } from "lib/core/finding_list.ts";

Deno.test("findingList() names the checkpoints of each finding, and none where there is none", () => {
  assert.equal(
    findingList([["**One.** 3.", "01_universe", "01_returns"], ["**Nothing held.**"]]),
    "- **One.** 3. (`01_universe`, `01_returns`)\n- **Nothing held.**",
  );
  assert.equal(findingList([]), "");
});
