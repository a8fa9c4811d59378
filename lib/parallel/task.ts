/** A function by name, since a function itself cannot be sent to a worker. */
export interface Task {
  /** A module of lib, by its path within lib, such as `core/pair_matrix.ts`, or by its URL. */
  readonly module: string;
  /** Name of the function it exports. */
  readonly name: string;
}

const LIB = new URL("../", import.meta.url).href;

/**
 * The function a task names.
 *
 * @throws {RangeError} If the module is not a module of lib.
 * @throws {TypeError} If it exports no function of that name.
 */
export async function taskFunction(
  { module, name }: Task,
): Promise<(...args: unknown[]) => unknown> {
  const { href } = new URL(module, LIB);
  if (!href.startsWith(LIB)) {
    throw new RangeError(`Cannot run a task as its module must lie in ${LIB}: got ${href}`);
  }
  const found: unknown = (await import(href))[name];
  if (!isFunction(found)) {
    throw new TypeError(
      `Cannot run a task as ${
        href.slice(LIB.length)
      } must export the function ${name}: got ${typeof found}`,
    );
  }
  return found;
}

function isFunction(value: unknown): value is (...args: unknown[]) => unknown {
  return typeof value === "function";
}
