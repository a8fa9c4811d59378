import assert from "node:assert/strict";
import { join } from "node:path";
import { LEXICAL_NOTE } from "lib/classify/classifier_choice.ts";
import { start } from "lib/command/start.ts";
import { inTempDir, runTask } from "./run_main.ts";

const FIRST = ["--source", "simulated?size=small&seed=11", "--only", "01"];

Deno.test("start without a key says once whose themes these are, and nothing of it where a model's are used", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "out"), answers = join(folder, "answers");
    const args = [...FIRST, "--out", out];
    const first = await runTask("start", args);
    assert.equal(first.code, 0, first.err);
    assert.equal(first.out.split(LEXICAL_NOTE).length, 2);
    assert.equal(first.out.split("OPENAI_API_KEY").length, 2);

    const again = await runTask("start", args);
    assert.match(again.out, /01_data_exploration .*unchanged, kept/);
    assert.equal(again.out.split(LEXICAL_NOTE).length, 2);

    await Deno.mkdir(answers);
    const byModel = await runTask("start", [...args, "--classifier", "llm", "--answers", answers]);
    assert.equal(byModel.code, 0, byModel.err);
    assert.doesNotMatch(byModel.out, /lexical/);
  }));

Deno.test("start() refuses options that name nothing before it writes anything", () =>
  inTempDir(async (folder) => {
    const out = join(folder, "out"), file = join(folder, "file");
    await Deno.writeTextFile(file, "");
    const llm = ["--classifier", "llm"];
    const cases: [string[], string | RegExp][] = [
      [
        ["--classifier", "gpt"],
        'Cannot classify as --classifier must be lexical or llm: got "gpt"',
      ],
      [
        [...llm, "--answers", " "],
        "Cannot use a language model's themes as --answers must name a folder: got an empty text",
      ],
      [
        ["--labels", ""],
        "Cannot read labels as --labels must name a file: got an empty text",
      ],
      [
        ["--labels", join(folder, "absent.parquet")],
        'Cannot read labels as --labels must name a readable file: got "absent.parquet" (no such file)',
      ],
      [["--labels", folder], /^Cannot read labels as --labels must name a readable file: got "/],
      [["--out", "\t"], "Cannot run the notebooks as --out must name a folder: got an empty text"],
    ];
    for (const answers of [join(folder, "absent"), file]) {
      cases.push([
        [...llm, "--answers", answers],
        /^Cannot use a language model's themes as its answers must be in ".*": got no such folder\n {2}What to do: ask for them with deno task classify/,
      ]);
    }
    for (const [args, message] of cases) {
      await assert.rejects(start(["--out", out, ...args]), { message });
    }
    // without --answers they are looked for below the output
    await assert.rejects(start(["--out", out, ...llm]), {
      message: new RegExp(`in "${out}/raw/llm"`),
    });
    await assert.rejects(Deno.stat(out), Deno.errors.NotFound);
  }));
