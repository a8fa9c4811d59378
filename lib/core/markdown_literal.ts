/** Untrusted text as Markdown that shows it as it is, on one line. */
export function markdownLiteral(text: string): string {
  return text.replace(/\s+/g, " ").trim().replace(/[\\`*_{}[\]<>#|~!&$]/g, "\\$&");
}
