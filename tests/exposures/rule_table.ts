import { parseExposureRules } from "lib/exposures/exposure_rules.ts";
import { readYaml } from "lib/store/yaml.ts";

/** The rules that the project ships. */
export const RULES = parseExposureRules(await readYaml("config/exposures.yaml"));
