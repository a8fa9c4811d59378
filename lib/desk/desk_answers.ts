import { chartBytes, type ChartForm } from "./chart_files.ts";
import { PAGE_POLICY, PICTURE_POLICY } from "./page_html.ts";

/** What every answer bears, so that no other page may read, frame, sniff or keep it. */
const HEADERS = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  // packing costs more than it saves where nothing leaves the machine
  "cache-control": "no-store, no-transform",
};

/** A file of the page, under its policy or a stricter one. */
export function pageAnswer(
  content: string | Uint8Array<ArrayBuffer>,
  type: "text/html" | "text/javascript" | "text/css" | "font/ttf",
  policy = PAGE_POLICY,
): Response {
  return new Response(content, {
    headers: {
      ...HEADERS,
      "content-type": type.startsWith("text/") ? `${type}; charset=utf-8` : type,
      "content-security-policy": policy,
    },
  });
}

/** Plain JSON; NaN is null. */
export function jsonAnswer(value: unknown, status = 200): Response {
  return new Response(JSON.stringify(value), {
    status,
    headers: {
      ...HEADERS,
      "content-type": "application/json; charset=utf-8",
      "content-security-policy": PICTURE_POLICY,
    },
  });
}

/** Why a request is not answered, in one sentence; `reason` as in a refused decision. */
export function refusalAnswer(
  { status, reason }: { readonly status: number; readonly reason: string },
): Response {
  return jsonAnswer({ error: reason, reason }, status);
}

/** A chart of the last run, or `null` where there is none of that name. */
export async function chartAnswer(
  out: string,
  { name, form, isSaved }: {
    readonly name: string;
    readonly form: ChartForm;
    /** As a file to keep rather than a picture to see. */
    readonly isSaved: boolean;
  },
): Promise<Response | null> {
  const bytes = await chartBytes(out, name, form);
  return bytes && new Response(bytes, {
    headers: {
      ...HEADERS,
      "content-type": form === "svg" ? "image/svg+xml" : "image/png",
      "content-security-policy": PICTURE_POLICY,
      ...isSaved && { "content-disposition": `attachment; filename="${name}.${form}"` },
    },
  });
}

/**
 * What a person is told when something went wrong: errors of ours say what to do, and are passed on; of
 * others only the standard error gets the detail.
 */
export function errorAnswer(error: unknown): Response {
  const message = error instanceof Error ? error.message : "";
  // the form of our own errors: what cannot be done, as what must hold, what there was
  if (/^Cannot [^]+ as [^]+: got /.test(message)) {
    const isAsked = error instanceof RangeError;
    return refusalAnswer({ status: isAsked ? 400 : 503, reason: message });
  }
  console.error("The review desk could not answer a request:", error);
  return refusalAnswer({
    status: 500,
    reason: "Something went wrong in the desk; the terminal that it runs in says what.",
  });
}
