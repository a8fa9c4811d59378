import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { auditView } from "../desk/audit_view.ts";
import { basketsView } from "../desk/baskets_view.ts";
import { dendrogramView } from "../desk/dendrogram_view.ts";
import { type RunningDesk, startDesk } from "../desk/desk_server.ts";
import { deskState } from "../desk/desk_state.ts";
import { pageBundle } from "../desk/page_bundle.ts";
import { pricesView } from "../desk/prices_view.ts";
import { reviewReport } from "../desk/review_report.ts";
import { writeFileAtomic } from "../store/atomic.ts";
import { projectRoot } from "../store/project_root.ts";
import { say } from "./say.ts";

/** The desk's own port, so that a browser finds what was typed before the desk ended. */
const USUAL_PORT = 7347;

/**
 * Serves the review desk until it is interrupted, or writes the review report: `review [--out DIR]
 * [--port N] [--no-open] [--report FILE]`.
 */
export async function review(args: string[]): Promise<void> {
  const { values: asked } = parseArgs({
    args,
    options: {
      out: { type: "string", default: "data" },
      port: { type: "string" },
      report: { type: "string" },
      "no-open": { type: "boolean", default: false },
    },
  });
  if (asked.out.trim() === "") {
    throw new RangeError("Cannot open the review as --out must name a folder: got an empty text");
  }
  const out = resolve(projectRoot(), asked.out);
  const port = asked.port === undefined ? null : parsedPort(asked.port);
  if (asked.report !== undefined) return await writeReport(out, asked.report);

  const { subjects } = await deskState(out);
  const desk = await openedDesk(out, port);
  const nWaiting = subjects.filter(({ standing }) => standing === "waiting").length;
  say(`Review desk: ${desk.url}\n`);
  say(`Waiting for a person: ${nWaiting}. Ctrl+C ends the desk; what is signed stays.\n`);
  const stop = () => void desk.stop();
  const signals: Deno.Signal[] = Deno.build.os === "windows" ? ["SIGINT"] : ["SIGINT", "SIGTERM"];
  for (const signal of signals) Deno.addSignalListener(signal, stop);
  if (!asked["no-open"] && Deno.stdout.isTerminal()) openBrowser(desk.url);
  await desk.finished;
  for (const signal of signals) Deno.removeSignalListener(signal, stop);
  say("The desk is closed.\n");
}

async function writeReport(out: string, file: string): Promise<void> {
  if (file.trim() === "") {
    throw new RangeError("Cannot write the report as --report must name a file: got an empty text");
  }
  const path = resolve(projectRoot(), file);
  await writeFileAtomic(path, await reviewReport(out));
  say(`Review report: ${path}\n`);
}

/** A desk on the port that was asked for; on the usual one, or a free one where that is taken. */
async function openedDesk(out: string, port: number | null): Promise<RunningDesk> {
  const options = {
    out,
    page: await pageBundle(),
    views: {
      dendrogram: dendrogramView,
      audit: auditView,
      baskets: basketsView,
      prices: pricesView,
      report: (folder: string) => reviewReport(folder),
    },
  };
  if (port !== null) return await startDesk({ ...options, port });
  try {
    return await startDesk({ ...options, port: USUAL_PORT });
  } catch (error) {
    const isTaken = error instanceof Error && error.cause instanceof Deno.errors.AddrInUse;
    if (!isTaken) throw error;
    return await startDesk(options);
  }
}

function parsedPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : NaN;
  if (port <= 65535) return port;
  throw new RangeError(
    `Cannot open the review desk as --port must be a whole number from 0 to 65535: got "${text}"`,
  );
}

/** The platform's own opener; who has none opens the address by hand. */
function openBrowser(url: string): void {
  const openers: Readonly<Record<string, readonly [string, ...string[]]>> = {
    darwin: ["open", url],
    windows: ["cmd", "/c", "start", "", url],
  };
  const [program, ...args] = openers[Deno.build.os] ?? ["xdg-open", url];
  try {
    new Deno.Command(program, { args, stdin: "null", stdout: "null", stderr: "null" }).spawn()
      .unref();
  } catch {
    say("Open this address in a browser.\n");
  }
}
