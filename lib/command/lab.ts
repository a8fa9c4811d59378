import { labPlan, openLab } from "../notebook/jupyter_lab.ts";
import { inProject } from "../store/project_root.ts";

/** Opens JupyterLab on the notebooks and ends with its exit code. */
export async function lab(): Promise<void> {
  const virtualEnv = Deno.env.get("VIRTUAL_ENV");
  const plan = labPlan({
    deno: Deno.execPath(),
    notebooksDir: inProject("notebooks"),
    virtualEnv,
  });
  Deno.exit(await openLab(plan, { say: (line) => console.log(line) }));
}
