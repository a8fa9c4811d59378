/** What a fault of the database means to whoever runs the program, by the words of SQLite. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
  [/locked|busy/, "no other process may write to it"],
  [/not a database|malformed|corrupt/, "its file must be a whole database"],
  [/^database is not open/, "it must be open"],
  [
    /full|readonly|read-only|unable to open|disk I\/O|permission/i,
    "its folder must be writable and have space",
  ],
];

/**
 * A fault of the database as one error that says what could not be done, why, and what SQLite said;
 * anything else, such as a fault of a caller's function, as it is.
 *
 * @param task What was to be done: `store an answer`.
 */
export function responseError(task: string, cause: unknown): unknown {
  if (!isDatabaseFault(cause)) return cause;
  const meaning = MEANINGS.find(([words]) => words.test(cause.message));
  const must = meaning?.[1] ?? "the database must take it";
  return new Error(`Cannot ${task} as ${must}: got ${cause.message}`, { cause });
}

/** What `work` gives; a fault of the database comes as {@link responseError}. */
export function withResponseErrors<T>(task: string, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw responseError(task, cause);
  }
}

function isDatabaseFault(cause: unknown): cause is Error {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  return code === "ERR_SQLITE_ERROR" || code === "ERR_INVALID_STATE";
}
