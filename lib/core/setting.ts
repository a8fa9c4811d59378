import { z } from "zod";

/** One threshold: its value, what it counts, and why it is what it is. */
export interface Setting<T = number> {
  readonly value: T;
  readonly unit: string;
  readonly reason: string;
}

/** A setting with the unit that the code computes in; another unit is refused, not converted. */
export function setting<S extends z.ZodType>(value: S, unit: string) {
  return z.strictObject({
    value,
    unit: z.literal(unit),
    reason: z.string().min(10),
  }).readonly();
}

/**
 * Settings as a schema has them.
 *
 * @throws {SyntaxError} If one is missing, unknown, out of range or in another unit; each fault has
 *   its own part of the message.
 */
export function parseWith<S extends z.ZodType>(schema: S, raw: unknown, what: string): z.infer<S> {
  const parsed = schema.safeParse(raw);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) =>
    `${issue.path.join(".") || "the file"}: ${issue.message}`
  );
  throw new SyntaxError(
    `Cannot read ${what} as each must have its value, unit and reason: got ${faults.join("; ")}`,
  );
}
