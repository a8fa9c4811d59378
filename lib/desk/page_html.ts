import { htmlOf, markup } from "./markup.ts";

/** What the page of the desk may do: its own files and pictures that it drew itself, and no more. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ");

/** What a chart or a report may do: draw itself. Both hold text of others, and no script is theirs. */
export const PICTURE_POLICY =
  "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox";

/**
 * The page of the desk, which is empty until its script runs.
 *
 * @param options.token Secret that stands on the addresses of script and style.
 */
export function pageHtml({ token }: { readonly token: string }): string {
  return htmlOf(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Review desk · Basketry</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/desk.css?token=${token}">
<script type="module" src="/desk.js?token=${token}"></script>
</head>
<body>
<div id="desk"></div>
<noscript>The review desk needs JavaScript.</noscript>
</body>
</html>
`);
}

/**
 * The style of the page with the token on the addresses of its fonts, which a browser asks for itself.
 */
export function pageStyle(style: string, { token }: { readonly token: string }): string {
  return style.replace(/\/font\/(?:regular|semibold)\.ttf(?!\?)/g, `$&?token=${token}`);
}
