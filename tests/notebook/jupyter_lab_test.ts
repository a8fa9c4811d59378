import assert from "node:assert/strict";
import { HOW_TO_GET_JUPYTER, labPlan, openLab } from "lib/notebook/jupyter_lab.ts";

Deno.test("labPlan() looks into the active Python environment first", () => {
  const plan = labPlan({ deno: "/bin/deno", notebooksDir: "notebooks", virtualEnv: "/venv" });
  assert.deepEqual(plan.install, {
    program: "/bin/deno",
    args: ["jupyter", "--install", "--force"],
  });
  assert.deepEqual(plan.open.map(({ program, args }) => [program, ...args].join(" ")), [
    "/venv/bin/jupyter-lab notebooks",
    "/venv/bin/jupyter lab notebooks",
    "jupyter-lab notebooks",
    "jupyter lab notebooks",
  ]);
});

Deno.test("openLab() opens the first program that exists and gives its exit code", async () => {
  const said: string[] = [];
  const code = await openLab({
    install: { program: Deno.execPath(), args: ["eval", ""] },
    open: [
      { program: "basketry-no-such-program", args: ["notebooks"] },
      { program: Deno.execPath(), args: ["eval", "--quiet", "Deno.exit(5)"] },
    ],
  }, { say: (line) => said.push(line) });
  assert.equal(code, 5);
  assert.match(said.join("\n"), /^Opening JupyterLab: .*deno eval/);
});

Deno.test("openLab() says how to get JupyterLab where there is none, with exit code 1", async () => {
  const said: string[] = [];
  const install = { program: Deno.execPath(), args: ["eval", ""] };
  const open = [{ program: "basketry-no-such-program", args: ["notebooks"] }];
  assert.equal(await openLab({ install, open }, { say: (line) => said.push(line) }), 1);
  assert.deepEqual(said, [HOW_TO_GET_JUPYTER]);
});

Deno.test("openLab() says why the kernel cannot be installed, with exit code 1", async () => {
  const said: string[] = [];
  const install = {
    program: Deno.execPath(),
    args: ["eval", 'console.error("no room"); Deno.exit(1)'],
  };
  assert.equal(await openLab({ install, open: [] }, { say: (line) => said.push(line) }), 1);
  assert.deepEqual(said, ["Cannot install the Deno kernel for Jupyter: no room"]);
});
