import assert from "node:assert/strict";
import { cp } from "node:fs/promises";
import { join } from "node:path";
import { check } from "lib/command/check.ts";
import { formatNotebook } from "lib/notebook/ipynb.ts";
import { inProject } from "lib/store/project_root.ts";
import { notebookOf } from "../notebook/temporary_project.ts";
import { inTempDir } from "./run_main.ts";

Deno.test("check() finds no fault in the notebooks of the project", async () => {
  assert.equal(await check(), undefined);
});

Deno.test("check ends with code 1 and names notebook, cell and line of every fault", () =>
  inTempDir(async (project) => {
    for (const name of ["deno.json", "deno.lock", "main.ts", "lib"]) {
      await cp(inProject(name), join(project, name), { recursive: true });
    }
    await Deno.mkdir(join(project, "notebooks"));
    const write = (name: string, ...sketches: string[]) =>
      Deno.writeTextFile(
        join(project, "notebooks", `${name}.ipynb`),
        formatNotebook(notebookOf(sketches)),
      );
    await write("01_faulty", "# A title", "const n: number = 1;", 'n + 1;\nconst m: number = "2";');
    await write("02_sound", "const n: number = 2;", "n * 2;");
    await write("03_faulty", "absent;");
    const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
      args: ["run", "-A", join(project, "main.ts"), "check"],
      cwd: project,
      env: { NO_COLOR: "1", DENO_NO_UPDATE_CHECK: "1" },
    }).output();
    const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
    assert.equal(code, 1);
    assert.equal(out, "");
    assert.equal(
      err,
      [
        "\nCannot run the notebooks as their cells must type-check: got",
        "  01_faulty, cell 3, line 2: TS2322: Type 'string' is not assignable to type 'number'.",
        "  03_faulty, cell 1, line 1: TS2304: Cannot find name 'absent'.\n",
      ].join("\n"),
    );
  }));
