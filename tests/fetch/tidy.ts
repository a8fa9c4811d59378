/** A test that fails if it leaves a timer, a request or a connection behind. */
export function tidyTest(name: string, fn: () => void | Promise<void>): void {
  Deno.test({ name, fn, sanitizeOps: true, sanitizeResources: true });
}
