import { contentFaults, drawOf } from "./fault_content.ts";
import { lineFault } from "./fault_line.ts";
import {
  CONTENT_FAULTS,
  type FaultKind,
  type FaultPlan,
  type FaultRule,
  type InjectedFault,
} from "./fault_plan.ts";

/** Stands between a client and a stub; keeps count of what it did. */
export interface FaultInjector {
  (request: Request, next: () => Promise<Response>): Promise<Response>;
  /** Faults that struck, by kind; a kind that never struck is left out. */
  readonly counts: Readonly<Partial<Record<FaultKind, number>>>;
  /** All that struck, in order. A content fault is told each time its request is asked. */
  readonly injected: readonly InjectedFault[];
}

/** What is known of one request: how often it was asked, and how often in a row it went wrong. */
interface Asked {
  nTimes: number;
  nInARow: number;
}

/**
 * Spoils answers by a plan.
 *
 * Whether a fault of the line strikes is drawn from the seed, the request and how often it was
 * asked; a request has at most `maxInARow` of them in a row, so that a client that asks again gets
 * through. Faults of the content are drawn from the seed and the request alone. Only a storm goes by
 * the order in which requests come: it refuses whatever comes next.
 *
 * @throws {RangeError} If a share is not in [0, 1].
 */
export function faults(plan: FaultPlan): FaultInjector {
  const { seed, rules, maxInARow = 3 } = plan;
  for (const { kind, share } of rules) {
    if (!(share >= 0 && share <= 1)) {
      throw new RangeError(
        `Cannot plan the fault ${kind} as its share must be in [0, 1]: got ${share}`,
      );
    }
  }
  const lineRules = rules.filter(({ kind }) => !CONTENT_FAULTS.includes(kind));
  const content = contentFaults({
    ...plan,
    rules: rules.filter(({ kind }) => CONTENT_FAULTS.includes(kind)),
  });
  const asked = new Map<string, Asked>();
  const stormLeft = new Map<FaultRule, number>();
  const counts: Partial<Record<FaultKind, number>> = {};
  const injected: InjectedFault[] = [];
  const tell = (fault: InjectedFault) => {
    counts[fault.kind] = (counts[fault.kind] ?? 0) + 1;
    injected.push(fault);
  };

  const strikes = (rule: FaultRule, key: string, { nTimes, nInARow }: Asked): boolean => {
    if (!key.includes(rule.path ?? "")) return false;
    if (rule.isLasting) return drawOf(seed, rule.kind, key) < rule.share;
    if (nInARow >= maxInARow) return false;
    const left = stormLeft.get(rule) ?? 0;
    if (left > 0) {
      stormLeft.set(rule, left - 1);
      return true;
    }
    if (drawOf(seed, `${rule.kind} ${nTimes}`, key) >= rule.share) return false;
    if (rule.kind === "storm429") stormLeft.set(rule, (rule.length ?? 4) - 1);
    return true;
  };

  const injector = async (request: Request, next: () => Promise<Response>): Promise<Response> => {
    const url = new URL(request.url);
    const body = request.body === null ? "" : ` ${await request.clone().text()}`;
    const key = `${request.method} ${url.pathname}${url.search}${body}`;
    const one = asked.get(key) ?? { nTimes: 0, nInARow: 0 };
    asked.set(key, one);
    one.nTimes += 1;
    const rule = lineRules.find((rule) => strikes(rule, key, one));
    const whole = () => content.answer(request, next, { key, tell });
    if (rule === undefined) {
      one.nInARow = 0;
      return await whole();
    }
    one.nInARow += 1;
    const draw = drawOf(seed, `${rule.kind} form`, `${one.nTimes} ${key}`);
    const { response, detail } = await lineFault(rule, whole, draw);
    if (plan.nowMs !== undefined && !response.headers.has("date")) {
      response.headers.set("date", new Date(plan.nowMs()).toUTCString());
    }
    tell({ kind: rule.kind, request: key, detail });
    return response;
  };
  return Object.assign(injector, { counts, injected });
}
