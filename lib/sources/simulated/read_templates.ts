import { readYaml } from "../../store/yaml.ts";
import { type FactorList, parseFactorList } from "../../core/factor_list.ts";
import { parseTemplates, type Templates } from "./templates.ts";

/** Reads the project's own `config/simulated.yaml` and `config/factors.yaml`. */
export async function readTemplates(): Promise<{ templates: Templates; factors: FactorList }> {
  return {
    templates: parseTemplates(await readYaml("config/simulated.yaml")),
    factors: parseFactorList(await readYaml("config/factors.yaml")),
  };
}
