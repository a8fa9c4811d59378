import { type ChartContext, provenance } from "./chart_context.ts";
import { FONT_FAMILY } from "./fonts.ts";
import { AXIS, GRID, INK, MISSING_FILL, MUTED, SIMULATED_FILL } from "./palette.ts";
import { escapeXml } from "./svg_text.ts";
import { cleanText, shortText, textLines } from "./text_lines.ts";
import { type FontWeight, textWidth } from "./text_width.ts";

/** Width of every figure in user units (CSS pixels). */
export const FIGURE_WIDTH = 820;
/** Free space left and right of everything. */
export const FIGURE_MARGIN = 20;
/** Width that the body of a figure has. */
export const BODY_WIDTH = FIGURE_WIDTH - 2 * FIGURE_MARGIN;

const TITLE_SIZE = 18, SUBTITLE_SIZE = 12.5, FOOTER_SIZE = 10.5, PILL_SIZE = 11;

/** The words and the drawn body of a figure. */
export interface FrameParts {
  /** Prefix of every id. */
  readonly name: string;
  readonly title: string;
  readonly subtitle: string;
  readonly alt: string;
  /** Lines under the body: how it was computed, what is left out. */
  readonly notes: readonly string[];
  readonly context: ChartContext;
  /** SVG of the body, in coordinates 0 … BODY_WIDTH × 0 … bodyHeight. */
  readonly body: string;
  readonly bodyHeight: number;
}

/**
 * One SVG document with title, subtitle, body, notes and provenance, all as text.
 *
 * A simulated source is a filled pill at the top right as well as words: nobody may take its
 * numbers for a market's.
 */
export function frame(parts: FrameParts): string {
  const { name, context } = parts;
  const label = context.source.kind === "simulated"
    ? shortText(context.source.label.toUpperCase(), 320, PILL_SIZE, 600)
    : undefined;
  const pillWidth = label === undefined ? 0 : textWidth(label, PILL_SIZE, 600) + 22;
  const source = `Source: ${cleanText(context.source.label)}.`;

  const titleRoom = BODY_WIDTH - (pillWidth > 0 ? pillWidth + 18 : 0);
  const titleLines = textLines(parts.title, {
    width: titleRoom,
    size: TITLE_SIZE,
    weight: 600,
    maxLines: 4,
    balanced: true,
  });
  const subtitleLines = textLines(`${parts.subtitle} ${source}`, {
    width: BODY_WIDTH,
    size: SUBTITLE_SIZE,
    maxLines: 4,
  });
  const noteLines = parts.notes.flatMap((note) =>
    textLines(note, { width: BODY_WIDTH, size: FOOTER_SIZE, maxLines: 3 })
  );
  const footerLines = textLines(provenance(context).join(" · "), {
    width: BODY_WIDTH,
    size: FOOTER_SIZE,
    maxLines: 2,
  });

  const subtitleTop = 16 + titleLines.length * 24 + 4;
  const bodyTop = subtitleTop + subtitleLines.length * 18 + 12;
  const noteTop = bodyTop + parts.bodyHeight + 12;
  const footerTop = noteTop + noteLines.length * 15 + (noteLines.length > 0 ? 6 : 0);
  const height = Math.ceil(footerTop + footerLines.length * 15 + 12);

  const pill = label === undefined
    ? ""
    : `<rect x="${round(FIGURE_WIDTH - FIGURE_MARGIN - pillWidth)}" y="16" width="${
      round(pillWidth)
    }" height="22" rx="11" fill="${SIMULATED_FILL}"/><text x="${
      round(FIGURE_WIDTH - FIGURE_MARGIN - pillWidth / 2)
    }" y="31" text-anchor="middle" font-size="${PILL_SIZE}" font-weight="600" fill="#ffffff"${
      fixedLength(textWidth(label, PILL_SIZE, 600))
    }>${escapeXml(label)}</text>`;

  return `<svg xmlns="http://www.w3.org/2000/svg" width="${FIGURE_WIDTH}" height="${height}" viewBox="0 0 ${FIGURE_WIDTH} ${height}" role="img" aria-labelledby="${name}-title ${name}-desc" font-family="${FONT_FAMILY}" font-size="12" fill="${INK}" color="${INK}" style="max-width:100%;height:auto;font-variant-numeric:tabular-nums">` +
    `<title id="${name}-title">${escapeXml(cleanText(parts.title))}</title>` +
    `<desc id="${name}-desc">${escapeXml(cleanText(parts.alt))}</desc>` +
    `<rect width="${FIGURE_WIDTH}" height="${height}" fill="#ffffff"/>` +
    block(titleLines, {
      ...{ top: 16, lineHeight: 24, size: TITLE_SIZE, weight: 600, fill: INK },
      room: titleRoom,
    }) +
    pill +
    block(subtitleLines, {
      top: subtitleTop,
      lineHeight: 18,
      size: SUBTITLE_SIZE,
      weight: 400,
      fill: MUTED,
    }) +
    `<g transform="translate(${FIGURE_MARGIN},${bodyTop})">${parts.body}</g>` +
    block(noteLines, {
      top: noteTop,
      lineHeight: 15,
      size: FOOTER_SIZE,
      weight: 400,
      fill: MUTED,
    }) +
    `<path d="M${FIGURE_MARGIN},${footerTop - 2}H${
      FIGURE_WIDTH - FIGURE_MARGIN
    }" stroke="${GRID}"/>` +
    block(footerLines, {
      top: footerTop + 2,
      lineHeight: 15,
      size: FOOTER_SIZE,
      weight: 400,
      fill: MUTED,
    }) +
    `</svg>`;
}

/** The body of a figure that has nothing to draw: a box with the reason. */
export function messageBody(message: string): { body: string; bodyHeight: number } {
  const bodyHeight = 160;
  const lines = textLines(message, { width: BODY_WIDTH - 60, size: 14 });
  const first = bodyHeight / 2 - (lines.length - 1) * 10 + 5;
  const words = lines.map((line, i) =>
    `<text x="${BODY_WIDTH / 2}" y="${
      first + 20 * i
    }" text-anchor="middle" font-size="14" fill="${MUTED}">${escapeXml(line)}</text>`
  );
  return {
    body:
      `<rect x="0.5" y="0.5" width="${BODY_WIDTH - 1}" height="${
        bodyHeight - 1
      }" fill="${MISSING_FILL}" stroke="${AXIS}" stroke-dasharray="4 4"/>` + words.join(""),
    bodyHeight,
  };
}

function block(
  lines: readonly string[],
  { top, lineHeight, size, weight, fill, room = BODY_WIDTH }: {
    top: number;
    lineHeight: number;
    size: number;
    weight: FontWeight;
    fill: string;
    room?: number;
  },
): string {
  return lines.map((line, i) =>
    `<text x="${FIGURE_MARGIN}" y="${round(top + lineHeight * i + size)}" font-size="${size}"${
      weight === 600 ? ' font-weight="600"' : ""
    } fill="${fill}"${fullLine(line, { size, weight, room })}>${escapeXml(line)}</text>`
  ).join("");
}

/** Fallback fonts are up to a fifth wider than ours: a line longer than this share could run out. */
const FULL_LINE = 0.8;

/** Holds a nearly full line to its width, whatever font a reader's machine draws it in. */
function fullLine(
  line: string,
  { size, weight, room }: { size: number; weight: FontWeight; room: number },
): string {
  const width = textWidth(line, size, weight);
  return width > FULL_LINE * room ? fixedLength(width) : "";
}

function fixedLength(width: number): string {
  return ` textLength="${round(width)}" lengthAdjust="spacingAndGlyphs"`;
}

function round(x: number): number {
  return Math.round(x * 100) / 100;
}
