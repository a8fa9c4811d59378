import type { World } from "./world.ts";
import { catalogueOf } from "./polymarket_catalogue.ts";
import { clobStub } from "./polymarket_clob.ts";
import { dataStub } from "./polymarket_data.ts";
import { gammaStub } from "./polymarket_gamma.ts";
import { limiter, type StubLimits } from "./polymarket_limits.ts";
import { clobError, dataError, DataRefusal, gammaError, json } from "./polymarket_reply.ts";

/**
 * Polymarket's three hosts as paths of one: Gamma below `/gamma`, the CLOB below `/clob`, the Data
 * API below `/data`. Answers as the sheet of the interfaces says, with a world's contents as of the
 * world's clock. What is not served gets 404.
 */
export function polymarketStub(
  world: World,
  { limits }: { readonly limits?: StubLimits } = {},
): (request: Request) => Response | Promise<Response> {
  const catalogue = catalogueOf(world);
  const verdictOf = limits === undefined ? () => "go" as const : limiter(limits);
  const hosts = new Map([
    ["gamma", gammaStub(catalogue)],
    ["clob", clobStub(catalogue)],
    ["data", dataStub(catalogue)],
  ]);
  return async (request) => {
    const { pathname } = new URL(request.url);
    const [, name = "", rest] = /^\/([^/]*)(.*)$/.exec(pathname)!;
    const verdict = verdictOf(pathname);
    const response = verdict === "refuse"
      ? refusal(name)
      : verdict === "quietly"
      ? json({ error: "Too Many Requests" })
      : await hosts.get(name)?.(request, rest || "/") ?? new Response(null, { status: 404 });
    response.headers.set("date", new Date(world.nowMs()).toUTCString());
    return response;
  };
}

function refusal(host: string): Response {
  if (host === "gamma") return gammaError(429, "rate limit exceeded");
  if (host === "clob") return clobError(429, "Too Many Requests");
  const traceId = "0".repeat(32);
  const response = dataError(new DataRefusal(429, "too many requests"), traceId);
  response.headers.set("x-trace-id", traceId);
  return response;
}
