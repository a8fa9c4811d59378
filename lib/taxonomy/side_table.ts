import { integerColumn, numberColumn, stringColumn, type Table, table } from "../core/table.ts";
import type { ContractSide } from "./contract_side.ts";

/** One row per contract: market_id, side, confidence, reasoning, method. */
export function sideTable(sides: readonly ContractSide[]): Table {
  return table({
    market_id: stringColumn(sides.map((one) => one.marketId)),
    side: integerColumn(sides.map((one) => one.side)),
    confidence: numberColumn(sides.map((one) => one.confidence)),
    reasoning: stringColumn(sides.map((one) => one.reasoning)),
    method: stringColumn(sides.map((one) => one.method)),
  });
}
