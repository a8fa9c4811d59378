import assert from "node:assert/strict";
import { join } from "node:path";
import { chartBytes, chartNames } from "lib/desk/chart_files.ts";
import { inRun, putChart } from "./desk_fixture.ts";

Deno.test("chartNames() lists what is there as SVG and PNG, by name", () =>
  inRun(async (out) => {
    assert.deepEqual(await chartNames(out), []);
    await putChart(out, "zeta", "<svg/>");
    await putChart(out, "alpha_0", "<svg/>");
    const folder = join(out, "outputs", "charts");
    await Deno.writeTextFile(join(folder, "lonely.svg"), "<svg/>");
    await Deno.writeTextFile(join(folder, "no chart.svg"), "<svg/>");
    await Deno.writeTextFile(join(folder, "no chart.png"), "");
    await Deno.mkdir(join(folder, "folder.svg"));
    await Deno.mkdir(join(folder, "folder.png"));
    assert.deepEqual(await chartNames(out), ["alpha_0", "zeta"]);
  }));

Deno.test("chartBytes() reads a chart by its name, and nothing else", () =>
  inRun(async (out) => {
    await putChart(out, "nav", "<svg>nav</svg>");
    await Deno.writeTextFile(join(out, "secret.svg"), "secret");
    await Deno.writeTextFile(join(out, "secret.png"), "secret");
    assert.equal(
      new TextDecoder().decode((await chartBytes(out, "nav", "svg"))!),
      "<svg>nav</svg>",
    );
    assert.equal((await chartBytes(out, "nav", "png"))!.length, 4);
    const others = [
      "../../secret",
      "..%2f..%2fsecret",
      "nav\0",
      "./nav",
      join(out, "secret"),
      "",
      ".",
    ];
    for (const name of others) assert.equal(await chartBytes(out, name, "svg"), null, name);
  }));

Deno.test("chartBytes() follows no link out of the folder", () =>
  inRun(async (out) => {
    await putChart(out, "nav", "<svg>nav</svg>");
    const folder = join(out, "outputs", "charts");
    await Deno.writeTextFile(join(out, "secret.txt"), "secret");
    for (const form of ["svg", "png"]) {
      await Deno.symlink(join(out, "secret.txt"), join(folder, `leak.${form}`));
      await Deno.symlink(join(folder, `nav.${form}`), join(folder, `same.${form}`));
      await Deno.symlink(join(folder, `gone.${form}`), join(folder, `dangling.${form}`));
    }
    assert.equal(await chartBytes(out, "leak", "svg"), null);
    assert.equal(await chartBytes(out, "dangling", "svg"), null);
    assert.deepEqual(await chartBytes(out, "same", "svg"), await chartBytes(out, "nav", "svg"));
  }));
