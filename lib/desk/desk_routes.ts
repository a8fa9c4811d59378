import { chartAnswer, jsonAnswer, pageAnswer, refusalAnswer } from "./desk_answers.ts";
import type { DeskRevision } from "./desk_api.ts";
import type { DeskReader } from "./desk_reader.ts";
import { deskState } from "./desk_state.ts";
import type { PageBundle } from "./page_bundle.ts";
import { pageHtml, pageStyle, PICTURE_POLICY } from "./page_html.ts";
import { bodyText } from "./request_guard.ts";
import { quietSubjects } from "./run_questions.ts";
import { sign } from "./sign.ts";

/** What the desks of the page show, and the report; each is made anew for every question. */
export interface DeskViews {
  dendrogram(out: string): Promise<unknown>;
  audit(out: string): Promise<unknown>;
  baskets(out: string, options: { readonly method?: string }): Promise<unknown>;
  prices(out: string, marketIds: readonly string[]): Promise<unknown>;
  report(out: string): Promise<string>;
}

/** What the answers are made of. */
export interface DeskContent {
  readonly reader: DeskReader;
  readonly views: DeskViews;
  readonly page: PageBundle;
  /** TrueType: regular and semi-bold. */
  readonly fonts: readonly Uint8Array<ArrayBuffer>[];
  readonly token: string;
  readonly now: () => Date;
}

type Route = (query: URLSearchParams) => Promise<Response> | Response;

/**
 * Answers what the guard let through. A path is looked up in a table and is never that of a file;
 * decisions are taken one after the other.
 */
export function deskRoutes(content: DeskContent): (request: Request) => Promise<Response> {
  const { reader } = content;
  const routes = readRoutes(content);
  const decide = decisionTaker(content);
  return async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    if (pathname === "/api/decisions") {
      return request.method === "POST"
        ? await decide(request)
        : refusalAnswer({ status: 405, reason: "Decisions are sent with POST." });
    }
    const chart = pathname.match(/^\/charts\/(\w+)\.(svg|png)$/);
    const route = Object.hasOwn(routes, pathname) ? routes[pathname]! : null;
    if (chart === null && route === null) return notFound();
    if (request.method === "POST") {
      return refusalAnswer({ status: 405, reason: "This can only be read." });
    }
    if (route !== null) return await route(searchParams);
    const [, name, form] = chart!;
    return await chartAnswer(reader.out, {
      name: name!,
      form: form === "svg" ? "svg" : "png",
      isSaved: searchParams.get("save") === "1",
    }) ?? notFound();
  };
}

function readRoutes(
  { reader, views, page, fonts, token }: DeskContent,
): Readonly<Record<string, Route>> {
  const { out } = reader;
  return {
    "/": () => pageAnswer(pageHtml({ token }), "text/html"),
    "/desk.js": () => pageAnswer(page.script, "text/javascript"),
    "/desk.css": () => pageAnswer(pageStyle(page.style, { token }), "text/css"),
    "/font/regular.ttf": () => pageAnswer(fonts[0]!, "font/ttf"),
    "/font/semibold.ttf": () => pageAnswer(fonts[1]!, "font/ttf"),
    "/report.html": async () => pageAnswer(await views.report(out), "text/html", PICTURE_POLICY),
    "/api/desk": async () => jsonAnswer(await deskState(out, { reader })),
    "/api/revision": () => jsonAnswer({ revision: reader.revision() } satisfies DeskRevision),
    "/api/quiet": async () => jsonAnswer(quietSubjects(await reader.questions())),
    "/api/dendrogram": async () => jsonAnswer(await views.dendrogram(out)),
    "/api/audit": async () => jsonAnswer(await views.audit(out)),
    "/api/baskets": async (query) => {
      const method = query.get("method");
      return jsonAnswer(await views.baskets(out, method === null ? {} : { method }));
    },
    "/api/prices": async (query) => jsonAnswer(await views.prices(out, query.getAll("market"))),
  };
}

function decisionTaker(
  { reader, now }: DeskContent,
): (request: Request) => Promise<Response> {
  let last: Promise<unknown> = Promise.resolve();
  return async (request) => {
    const text = await bodyText(request);
    if (typeof text !== "string") return refusalAnswer(text);
    let asked: unknown;
    try {
      asked = JSON.parse(text);
    } catch {
      return jsonAnswer({ refused: "malformed", reason: "A decision must be JSON." }, 400);
    }
    const next = last.then(() => sign(reader.out, asked, { now, reader }));
    last = next.catch(() => {});
    const { status, answer } = await next;
    return jsonAnswer(answer, status);
  };
}

function notFound(): Response {
  return refusalAnswer({ status: 404, reason: "The desk has no such page." });
}
