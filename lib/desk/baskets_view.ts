import { join } from "node:path";
import { formatDay, parseDay } from "../core/day.ts";
import { cellAt, columnOf, type Table } from "../core/table.ts";
import { basketNames } from "../review/basket_names.ts";
import { methodNames } from "../review/method_names.ts";
import { basketsOfMethod, methodRows } from "../review/method_rows.ts";
import { type ThemeChange, themeChanges } from "../review/theme_changes.ts";
import { readCheckpoint } from "../store/checkpoint.ts";
import { inProject } from "../store/project_root.ts";
import { readYaml } from "../store/yaml.ts";
import { parseTaxonomy } from "../taxonomy/parse_taxonomy.ts";
import { type BasketCard, basketCards, type RefusedEmergency } from "./basket_cards.ts";
import { basketTrades } from "./basket_documents.ts";
import { type BasketReturns, basketReturns } from "./basket_returns.ts";
import { keptReads } from "./kept_reads.ts";

/** `GET /api/baskets?method=KEY`: the baskets of one method at every trade date. Titles are untrusted. */
export interface BasketsView {
  /** Methods to choose from, in the order in which they are compared. */
  readonly methods: readonly { readonly key: string; readonly name: string }[];
  /** The method that is shown. */
  readonly method: string;
  /** Trade dates of any of its baskets, ISO, rising. */
  readonly dates: readonly string[];
  /** By id. */
  readonly baskets: readonly ViewedBasket[];
  /** By basket, then date. */
  readonly cards: readonly BasketCard[];
  readonly refusals: readonly RefusedEmergency[];
  /** Whichever method is shown; the latest first. */
  readonly themeChanges: readonly ViewedThemeChange[];
  /** Of every contract named above; its id where the title is not known. */
  readonly titles: Readonly<Record<string, string>>;
}

/** A basket of a method. */
export interface ViewedBasket extends BasketReturns {
  readonly id: string;
  readonly name: string;
  /** Name of a hue; `null` where it has none of its own. */
  readonly hue: string | null;
}

/** A change of theme with its days as ISO dates and its themes by name. */
export interface ViewedThemeChange extends Pick<ThemeChange, "marketId" | "why"> {
  readonly decidedOn: string;
  readonly decidedBefore: string;
  readonly from: { readonly id: string; readonly name: string; readonly hue: string | null };
  readonly to: { readonly id: string; readonly name: string; readonly hue: string | null };
}

/** The method whose baskets the review waits for. */
const MAIN_METHOD = "hybrid_risk";

const kept = keptReads();

/**
 * What people judge the baskets of a method by.
 *
 * Cost: the checkpoints of notebook 05 are read once for as long as their files are the same; after that
 * the lines of one method in the documents of its trades.
 *
 * @param out Folder of the run.
 * @param options.method Key of a method; the main one, or the first there is, by default.
 * @throws {RangeError} If the run has no such method. @throws {Error} If a checkpoint is missing or broken.
 */
export async function basketsView(
  out: string,
  { method: asked = null }: { readonly method?: string | null } = {},
): Promise<BasketsView> {
  const names = ["baskets", "rebalances", "nav", "attribution", "metrics", "groups", "trials"];
  const [baskets, rebalances, nav, attribution, metrics, groups, trials] = await Promise.all(
    names.map((name) => checkpoint(out, `05_${name}`)),
  ) as [Table, Table, Table, Table, Table, Table, Table];
  const methods = [...methodNames(trials)].map(([key, name]) => ({ key, name }));
  const method = chosen(methods, asked);
  const ids = basketsOfMethod(rebalances, methodRows(rebalances, { method }));
  const [trades, titleOf, { nameOf, hueOf }] = await Promise.all([
    basketTrades(out, { method }),
    titleReader(out),
    takenNames(),
  ]);
  const { cards, refusals } = basketCards({ baskets, rebalances }, {
    ...{ method, baskets: ids, trades },
  });
  const tradeDays = new Map(ids.map((id) => [
    id,
    cards.filter(({ basket }) => basket === id).map(({ date }) => parseDay(date)),
  ]));
  const returns = basketReturns({ nav, attribution, metrics }, { method, tradeDays });
  const theme = (id: string) => ({ id, name: nameOf(id), hue: hueOf(id) });
  const changes = themeChanges(groups, { nameOf }).reverse();
  return {
    ...{ methods, method, cards, refusals },
    dates: [...new Set(cards.map(({ date }) => date))].sort(),
    baskets: ids.map((id) => ({ ...theme(id), ...returns.get(id)! })),
    themeChanges: changes.map(({ marketId, why, decidedOn, decidedBefore, before, after }) => ({
      ...{ marketId, why, from: theme(before.theme), to: theme(after.theme) },
      ...{ decidedOn: formatDay(decidedOn), decidedBefore: formatDay(decidedBefore) },
    })),
    titles: Object.fromEntries(
      namedMarkets(cards, { returns, changes }).map((id) => [id, titleOf(id)]),
    ),
  };
}

function chosen(methods: BasketsView["methods"], asked: string | null): string {
  const keys = methods.map(({ key }) => key);
  const method = asked ?? (keys.includes(MAIN_METHOD) ? MAIN_METHOD : keys[0]);
  if (method === undefined || !keys.includes(method)) {
    throw new RangeError(
      `Cannot show baskets as their method must be one of ${keys.join(", ")}: got "${method}"`,
    );
  }
  return method;
}

function namedMarkets(
  cards: readonly BasketCard[],
  { returns, changes }: {
    readonly returns: ReadonlyMap<string, BasketReturns>;
    readonly changes: readonly ThemeChange[];
  },
): string[] {
  const named = [
    ...cards.flatMap((card) => [card.members, card.additions, card.removals, card.skipped].flat()),
    ...[...returns.values()].flatMap(({ contracts }) => contracts),
    ...changes,
  ].map(({ marketId }) => marketId);
  // a roll names the contract on its other side
  const rolled = cards.flatMap(({ additions, removals }) => [...additions, ...removals])
    .map(({ reason }) => /^rolled (?:from|into) (.+)$/.exec(reason ?? "")?.[1]);
  return [...new Set([...named, ...rolled])].filter((id) => typeof id === "string").sort();
}

async function titleReader(out: string): Promise<(marketId: string) => string> {
  const from = await checkpoint(out, "04_contracts");
  const title = from.columns.title;
  if (title === undefined) return (marketId) => marketId;
  const id = columnOf(from, "market_id", "string");
  const titles = await kept.of(`titles ${out}`, filesOf(out, "04_contracts"), () =>
    Promise.resolve(
      new Map(
        Array.from(id.codes, (_, row) => [String(cellAt(id, row)), cellAt(title, row)] as const),
      ),
    ));
  return (marketId) => String(titles.get(marketId) ?? marketId);
}

function takenNames(): Promise<ReturnType<typeof basketNames>> {
  const path = inProject("config/taxonomy.yaml");
  return kept.of("names", [path], async () => basketNames(parseTaxonomy(await readYaml(path))));
}

function checkpoint(out: string, name: string): Promise<Table> {
  return kept.of(`${name} ${out}`, filesOf(out, name), async () => {
    const { table } = await readCheckpoint(name, { dir: join(out, "checkpoints") });
    return table;
  });
}

function filesOf(out: string, name: string): string[] {
  return [".meta.json", ".parquet"].map((end) => join(inProject(out), "checkpoints", name + end));
}
