import assert from "node:assert/strict";
import { contrast } from "lib/charts/palette.ts";

const style = Deno.readTextFileSync(new URL("../../lib/page/desk.css", import.meta.url));

/** Custom properties of every theme's block, in the order of the file. */
function themes(): Map<string, string>[] {
  return [...style.matchAll(/color-scheme: (?:light|dark);([^}]*)\}/g)].map(([, block]) =>
    new Map(
      [...block!.matchAll(/(--[a-z-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [
        name!,
        value!,
      ]),
    )
  );
}

Deno.test("desk.css has the dark theme twice, for the system's wish and for the person's, and alike", () => {
  const [light, bySystem, byPerson] = themes();
  assert.equal(themes().length, 3);
  assert.deepEqual([...bySystem!], [...byPerson!]);
  assert.deepEqual([...light!.keys()], [...bySystem!.keys()]);
});

Deno.test("desk.css keeps text at 4.5 : 1 and edges of controls at 3 : 1 in both themes", () => {
  const grounds = ["--ground", "--panel", "--raised", "--chosen"];
  for (const colours of themes()) {
    const of = (name: string) => colours.get(name)!;
    const check = (text: string, ground: string, least: number) => {
      const found = contrast(of(text), of(ground));
      assert.ok(found >= least, `${text} on ${ground}: ${found.toFixed(2)}`);
    };
    for (const ground of grounds) {
      for (const text of ["--ink", "--muted", "--accent", "--warn", "--good"]) {
        check(text, ground, 4.5);
      }
      check("--edge", ground, 3);
    }
    check("--warn", "--warn-ground", 4.5);
    check("--good", "--good-ground", 4.5);
    check("--accent-ink", "--accent", 4.5);
  }
});
