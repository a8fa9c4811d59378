/// <reference lib="dom" />
import assert from "node:assert/strict";
import { join } from "node:path";
import puppeteer, { type Browser, type BrowserContext, type Page } from "puppeteer-core";
import { auditView } from "../../lib/desk/audit_view.ts";
import { basketsView } from "../../lib/desk/baskets_view.ts";
import { dendrogramView } from "../../lib/desk/dendrogram_view.ts";
import { type RunningDesk, startDesk } from "../../lib/desk/desk_server.ts";
import { type PageBundle, pageBundle } from "../../lib/desk/page_bundle.ts";
import { pricesView } from "../../lib/desk/prices_view.ts";
import { reviewReport } from "../../lib/desk/review_report.ts";
import type { Decision } from "../../lib/review/decision.ts";
import { write } from "./browser_page.ts";
import { writeRun } from "./fixture_run.ts";

const TOKEN = "browser-test-token-0123456789";

/** How a person sits at the desk. */
export interface Sight {
  readonly nLeaves?: number;
  readonly width?: 1280 | 1920;
  readonly isDark?: boolean;
  /** Tab that is opened. */
  readonly tab?: "overview" | "dendrogram" | "audit" | "baskets";
  /** Name in the reviewer's field, empty for none. */
  readonly reviewer?: string;
}

/** A desk with a browser in front of it. */
export interface BrowsedDesk {
  readonly out: string;
  readonly page: Page;
  /** Errors of the page, refusals of its policy and requests to other places. */
  readonly problems: readonly string[];
  /** One more tab of the same browser, or of another person's. */
  openTab(options?: { readonly reviewer?: string; readonly isOther?: boolean }): Promise<Page>;
  /** Ends the server, and starts it again at the same address. */
  stopServer(): Promise<void>;
  startServer(): Promise<void>;
  /** Decisions on the disk, in the order of their instants. */
  decisions(): Promise<Decision[]>;
}

/** Chromium's path, or `null` where there is none; `BASKETRY_CHROMIUM` names another. */
export function chromiumPath(): string | null {
  const named = Deno.env.get("BASKETRY_CHROMIUM");
  if (named !== undefined && named !== "") return named;
  const folders = (Deno.env.get("PATH") ?? "").split(":");
  for (const name of ["chromium", "chromium-browser", "google-chrome"]) {
    for (const folder of folders) {
      try {
        if (Deno.statSync(join(folder, name)).isFile) return join(folder, name);
      } catch {
        // not in this folder
      }
    }
  }
  return null;
}

/** A test in Chromium, which is left out where there is none. */
export function browserTest(
  name: string,
  sight: Sight,
  act: (desk: BrowsedDesk) => Promise<void>,
): void {
  Deno.test({
    name,
    ignore: chromiumPath() === null,
    // the browser's process and pipe end with it, after Deno has counted
    sanitizeOps: false,
    sanitizeResources: false,
    fn: () =>
      atDesk(sight, async (desk) => {
        await act(desk);
        assert.deepEqual(desk.problems, []);
        assert.equal(await desk.page.evaluate("window.harmed"), undefined);
      }),
  });
}

/** Opens a desk on a fixture of its own, lets `act` work at it, and clears everything away. */
async function atDesk(
  sight: Sight,
  act: (desk: BrowsedDesk) => Promise<void>,
): Promise<void> {
  const { nLeaves = 300, width = 1280, isDark = false, tab = "overview" } = sight;
  const { reviewer = "Ada Lovelace" } = sight;
  const out = await Deno.makeTempDir({ prefix: "basketry-desk-" });
  const problems: string[] = [];
  const contexts: BrowserContext[] = [];
  let server: RunningDesk | null = null, port = 0;
  const start = async () => {
    server = await startDesk({
      ...{ out, port, token: TOKEN, page: await sharedPage() },
      views: {
        dendrogram: dendrogramView,
        audit: auditView,
        baskets: basketsView,
        prices: pricesView,
        report: (folder) => reviewReport(folder),
      },
    });
    port = server.port;
  };
  const stop = async () => {
    await server?.stop();
    server = null;
  };
  try {
    await writeRun(out, { nLeaves });
    await start();
    const browser = await sharedBrowser();
    const newContext = async () => {
      const context = await browser.createBrowserContext();
      contexts.push(context);
      return context;
    };
    const own = await newContext();
    const openTab: BrowsedDesk["openTab"] = async (options = {}) => {
      const context = options.isOther ? await newContext() : own;
      const page = await context.newPage();
      watch(page, { port, problems });
      await page.setViewport({ width, height: 900 });
      await page.emulateMediaFeatures([
        { name: "prefers-color-scheme", value: isDark ? "dark" : "light" },
      ]);
      await page.goto(`http://127.0.0.1:${port}/?token=${TOKEN}#${tab}`);
      await page.waitForSelector(".tab");
      const name = options.reviewer ?? reviewer;
      if (name !== "") await write(page, "#reviewer-name", name);
      return page;
    };
    const desk: BrowsedDesk = {
      ...{ out, problems, openTab, stopServer: stop, startServer: start },
      page: await openTab(),
      decisions: () => decisionsIn(join(out, "reviews", "decisions")),
    };
    await act(desk);
  } finally {
    for (const context of contexts) await context.close();
    await stop();
    await Deno.remove(out, { recursive: true });
  }
}

let launched: Promise<Browser> | null = null;
let bundled: Promise<PageBundle> | null = null;

/** One browser for all tests of a file; each has a profile of its own in it. */
function sharedBrowser(): Promise<Browser> {
  // the browser is driven through a pipe: tests may reach 127.0.0.1 and no more
  launched ??= puppeteer.launch({
    executablePath: chromiumPath()!,
    args: ["--no-sandbox", "--disable-gpu", "--force-prefers-reduced-motion"],
    pipe: true,
  });
  return launched;
}

/** The page, bundled once. */
function sharedPage(): Promise<PageBundle> {
  bundled ??= pageBundle();
  return bundled;
}

Deno.test.afterAll(async () => {
  await (await launched)?.close();
  launched = null;
});

function watch(
  page: Page,
  { port, problems }: { readonly port: number; readonly problems: string[] },
): void {
  page.on("pageerror", (error) => problems.push(`page error: ${error}`));
  page.on("console", (message) => {
    const text = message.text();
    // what a server that is down, or refuses, leaves in the console is none of the page's doing
    const isExpected = /Failed to load resource/.test(text);
    if (["error", "warn"].includes(message.type()) && !isExpected) {
      problems.push(`console: ${text}`);
    }
  });
  page.on("request", (request) => {
    const url = request.url();
    if (!url.startsWith(`http://127.0.0.1:${port}/`) && !/^(blob|data|about):/.test(url)) {
      problems.push(`request: ${url}`);
    }
  });
}

/** Waits until exactly these decisions are on the disk, as `kind verdict`, the first first. */
export async function waitForVerdicts(
  desk: BrowsedDesk,
  expected: readonly string[],
): Promise<void> {
  const end = performance.now() + 8000;
  let found: string[] = [];
  while (performance.now() < end) {
    found = (await desk.decisions()).map(({ kind, verdict }) => `${kind} ${verdict}`);
    if (found.join() === expected.join()) return;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  assert.deepEqual(found, expected);
}

async function decisionsIn(folder: string): Promise<Decision[]> {
  const found: Decision[] = [];
  try {
    for await (const { name, isDirectory } of Deno.readDir(folder)) {
      if (isDirectory) found.push(...await decisionsIn(join(folder, name)));
      else if (name.endsWith(".json")) {
        found.push(JSON.parse(await Deno.readTextFile(join(folder, name))));
      }
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound)) throw error;
  }
  return found.sort((a, b) => a.at < b.at ? -1 : a.at > b.at ? 1 : a.number - b.number);
}
