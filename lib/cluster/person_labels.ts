import { z } from "zod";

const schema = z.record(
  z.string().regex(/^[0-9a-f]{8,}$/, "must be the key of a cluster"),
  z.string().trim().min(1).max(60),
).nullable();

/**
 * A person's names for clusters, by cluster key, as `config/cluster_labels.yaml` holds them.
 *
 * @param raw The parsed YAML; an empty file names nothing.
 * @throws {SyntaxError} If a key is none or a name is empty or longer than 60 characters.
 */
export function parsePersonLabels(raw: unknown): ReadonlyMap<string, string> {
  const parsed = schema.safeParse(raw ?? null);
  if (!parsed.success) {
    throw new SyntaxError(
      `Cannot read cluster labels as each line must be a cluster's key and its name: got ${
        parsed.error.issues.map((one) => `${one.path.join(".")}: ${one.message}`).join("; ")
      }`,
    );
  }
  return new Map(Object.entries(parsed.data ?? {}));
}
