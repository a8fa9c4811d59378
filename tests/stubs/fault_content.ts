import { listOfRequest, type Page, pageOf } from "./fault_page.ts";
import { recordFault } from "./fault_record.ts";
import type { FaultKind, FaultPlan, FaultRule, InjectedFault } from "./fault_plan.ts";
import { hashOf, share } from "./world_hash.ts";

/** Answers with lasting faults in their content. */
export interface ContentFaults {
  /** The answer to a request as the plan spoils it; `tell` hears of each fault. */
  answer(
    request: Request,
    next: () => Promise<Response>,
    { key, tell }: { key: string; tell: (fault: InjectedFault) => void },
  ): Promise<Response>;
}

/** Ends the cursor of a page that comes after a page served twice. */
const AGAIN = "-again";

/**
 * Faults of the content, each drawn from the seed and the request alone.
 *
 * Two need the page before and keep what they need of it: `duplicatePage` answers the request for a
 * page with the rows of the page before and a cursor of its own, behind which the page itself waits;
 * `reorderPages` keeps back half of a page's rows and gives them with the next page. So no row is
 * lost to a client that reads on.
 */
export function contentFaults({ seed, rules, nowMs = Date.now }: FaultPlan): ContentFaults {
  const before = new Map<string, string>();
  const waiting = new Map<string, string>();
  const heldBack = new Map<string, readonly unknown[]>();
  const ruleOf = (kind: FaultKind, path: string, key: string): FaultRule | undefined =>
    rules.find((rule) =>
      rule.kind === kind && path.includes(rule.path ?? "") && drawOf(seed, kind, key) < rule.share
    );
  return {
    async answer(request, next, { key, tell }) {
      const { list, cursor: asked } = listOfRequest(request);
      const struck = (kind: FaultKind, detail: string) => tell({ kind, request: key, detail });
      const waited = waiting.get(`${list}\n${asked}`);
      const cursor = waited === undefined ? asked : asked.slice(0, -AGAIN.length);
      const response = waited === undefined ? await next() : new Response(waited);
      const headers = new Headers(response.headers);
      const skew = ruleOf("dateSkew", key, key);
      if (skew !== undefined) {
        const hours = skew.hours ?? 6;
        const atMs = Date.parse(headers.get("date") ?? "") || nowMs();
        headers.set("date", new Date(atMs + hours * 3_600_000).toUTCString());
        struck("dateSkew", `${hours} hours`);
      }
      if (waited !== undefined) headers.set("content-type", "application/json");
      const init = { status: response.status, headers };
      if (response.status !== 200) return new Response(response.body, init);
      const text = await response.text();
      const page = pageOf(text);
      headers.delete("content-length");
      if (page === undefined) return new Response(text, init);
      const here = `${list}\n${cursor}`, there = `${list}\n${page.cursor}`;
      if (page.cursor !== "" && ruleOf("duplicatePage", key, there)) before.set(there, text);
      const earlier = before.get(here);
      if (waited === undefined && earlier !== undefined && cursor !== "") {
        waiting.set(`${here}${AGAIN}`, text);
        const again = pageOf(earlier)!;
        again.setCursor(`${cursor}${AGAIN}`);
        struck("duplicatePage", `${again.rows().length} rows of the page before`);
        return new Response(JSON.stringify(again.root()), init);
      }
      const nBefore = page.rows().length;
      const held = heldBack.get(here) ?? [];
      if (page.cursor !== "" && nBefore > 1 && ruleOf("reorderPages", key, there)) {
        heldBack.set(there, page.rows().slice(Math.ceil(nBefore / 2)));
        page.setRows(page.rows().slice(0, Math.ceil(nBefore / 2)));
        struck("reorderPages", `${nBefore - page.rows().length} rows come with the next page`);
      }
      if (held.length > 0) page.setRows([...page.rows(), ...held]);
      spoil(page, { ruleOf: (kind) => ruleOf(kind, key, key), struck, seed, key, cursor });
      return new Response(JSON.stringify(page.root()), init);
    },
  };
}

/** Faults within one page. */
function spoil(page: Page, { ruleOf, struck, seed, key, cursor }: {
  readonly ruleOf: (kind: FaultKind) => FaultRule | undefined;
  readonly struck: (kind: FaultKind, detail: string) => void;
  readonly seed: number;
  readonly key: string;
  readonly cursor: string;
}): void {
  const draw = (name: string) => drawOf(seed, name, key);
  if (ruleOf("shuffledRows")) {
    const places = page.rows().map((_, k) => ({ k, at: drawOf(seed, `place ${k}`, key) }));
    const rows = page.rows();
    page.setRows(places.sort((a, b) => a.at - b.at).map(({ k }) => rows[k]));
    struck("shuffledRows", `${rows.length} rows`);
  }
  if (ruleOf("duplicateRows")) {
    const rows = page.rows();
    const doubled = rows.slice(0, 1 + Math.floor(draw("doubled") * rows.length));
    page.setRows([...rows, ...doubled]);
    struck("duplicateRows", `${doubled.length} rows`);
  }
  for (const kind of ["missingField", "retypedField", "newEnum"] as const) {
    const rule = ruleOf(kind);
    if (rule === undefined) continue;
    const detail = recordFault(page, rule, [draw(`${kind} row`), draw(`${kind} field`)]);
    if (detail !== undefined) struck(kind, detail);
  }
  if (cursor !== "" && page.cursor !== "" && ruleOf("repeatCursor")) {
    page.setCursor(cursor);
    struck("repeatCursor", cursor);
  }
  if (ruleOf("missingEnvelope")) {
    page.dropRows();
    struck("missingEnvelope", "no list");
  }
}

/** A number in [0, 1) of a plan's seed, a kind and a request. */
export function drawOf(seed: number, kind: string, key: string): number {
  return share(seed, hashOf(`${kind} ${key}`));
}
