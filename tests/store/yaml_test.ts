import assert from "node:assert/strict";
import { parseYaml, readYaml } from "lib/store/yaml.ts";

Deno.test("parseYaml() reads YAML 1.2: no, on and dates stay texts", () => {
  const text = "a: no\nb: on\nc: 2024-01-01\nd: [1, 0.5, true, null]\n";
  assert.deepEqual(parseYaml(text, "x.yaml"), {
    a: "no",
    b: "on",
    c: "2024-01-01",
    d: [1, 0.5, true, null],
  });
});

Deno.test("parseYaml() says file, line and column of what is wrong", () => {
  const cases: [string, string][] = [
    ["a: 1\nb: [1, 2\nc: 3\n", "(line 3, column 1)"],
    ["a: 1\nb: 2\na: 3\n", "got Map keys must be unique (line 3, column 1)"],
    ["a: !price 1\n", "got Unresolved tag: !price (line 1, column 4)"],
    ["a: 1\n---\nb: 2\n", "(line 2, column 1)"],
  ];
  for (const [text, words] of cases) {
    assert.throws(() => parseYaml(text, "settings.yaml"), (error: unknown) => {
      assert.ok(error instanceof SyntaxError);
      assert.ok(
        error.message.startsWith(
          `Cannot read YAML file "settings.yaml" as it must be valid YAML: got `,
        ),
        error.message,
      );
      assert.ok(error.message.endsWith(words), error.message);
      assert.doesNotMatch(error.message, /\n/);
      return true;
    });
  }
});

Deno.test("parseYaml() refuses an alias that leads nowhere", () => {
  assert.throws(() => parseYaml("a: *b\n", "x.yaml"), /Cannot read YAML file "x.yaml"/);
});

Deno.test("readYaml() reads a file and says when there is none", async () => {
  const dir = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${dir}/fees.yaml`, "bps: 10\n");
    assert.deepEqual(await readYaml(`${dir}/fees.yaml`), { bps: 10 });
    await assert.rejects(() => readYaml(`${dir}/none.yaml`), {
      message: `Cannot read YAML file "none.yaml" as it must be a readable file: got no such file`,
    });
  } finally {
    await Deno.remove(dir, { recursive: true });
  }
});
