import { z } from "zod";

const name = z.string().trim().min(1).max(60);

/**
 * A person's names for clusters, by cluster key, as `config/cluster_labels.yaml` holds them.
 *
 * @param raw The parsed YAML; an empty file names nothing.
 * @throws {SyntaxError} If it is no list of names, a key is none, or a name is empty or longer than 60
 * characters.
 */
export function parsePersonLabels(raw: unknown): ReadonlyMap<string, string> {
  const parsed = z.record(z.string(), name).nullable().safeParse(raw ?? null);
  const faults = parsed.success
    ? Object.keys(parsed.data ?? {}).filter((key) => !/^[0-9a-f]{16}$/.test(key))
      .map((key) => `"${key}" is no key of column cluster_key in 03_clusters`)
    : parsed.error.issues.map((one) => `${one.path.join(".") || "the file"}: ${one.message}`);
  if (!parsed.success || faults.length > 0) {
    throw new SyntaxError(
      `Cannot read cluster labels as each line must be a cluster's key and its name: got ${
        faults.join("; ")
      }`,
    );
  }
  return new Map(Object.entries(parsed.data ?? {}));
}

/**
 * What became of a person's names, as a line of Markdown; names of clusters that are not there any
 * more do not vanish without a word.
 *
 * @param keys Keys of all clusters of this run.
 */
export function personLabelLine(
  persons: ReadonlyMap<string, string>,
  keys: Iterable<string>,
): string {
  if (persons.size === 0) {
    return "No cluster has a person's name; `config/cluster_labels.yaml` takes them.";
  }
  const known = new Set(keys);
  const unused = [...persons].filter(([key]) => !known.has(key));
  return unused.length === 0
    ? "Every name in `config/cluster_labels.yaml` belongs to a cluster of this run."
    : `Names in \`config/cluster_labels.yaml\` whose clusters have other members now, so that they ` +
      `name nothing: ${unused.map(([key, name]) => `${name} (${key})`).join("; ")}.`;
}
