/** Writes text to the standard output, whole and at once. */
export function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(text));
}
