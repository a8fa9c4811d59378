import { z } from "zod";

/** Themes of a reference and, for each, the ids of ours that count as right, the main one first. */
export type ReferenceThemes = Readonly<Record<string, readonly string[]>>;

const schema = z.record(z.string(), z.array(z.string()).min(1).readonly());

/**
 * Reads the content of `config/reference_themes.yaml`.
 *
 * @param ids Ids of our themes.
 * @throws {SyntaxError} If it is not a list of our ids for each name of the reference.
 */
export function parseReferenceThemes(raw: unknown, ids: readonly string[]): ReferenceThemes {
  const parsed = schema.safeParse(raw);
  const faults = parsed.success
    ? Object.entries(parsed.data).flatMap(([name, accepted]) =>
      accepted.filter((id) => !ids.includes(id)).map((id) => `${name}: there is no theme "${id}"`)
    )
    : parsed.error.issues.map((issue) => `${issue.path.join(".") || "the file"}: ${issue.message}`);
  if (parsed.success && faults.length === 0) return parsed.data;
  throw new SyntaxError(
    `Cannot read the reference themes as each must list ids of our themes: got ${
      faults.join("; ")
    }`,
  );
}
