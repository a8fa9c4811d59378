import type { GroupRow } from "lib/decide/group_table.ts";
import { DAY } from "./basket_replays.ts";

/** A contract whose theme its words decided, in a cluster that agrees. */
export function groupRow(facts: Partial<GroupRow> = {}): GroupRow {
  return {
    ...{ decidedOn: DAY, marketId: "poly:a", eventId: "event a", tickerId: "ticker a" },
    ...{ side: "yes", wordsTheme: "us_elections", handTheme: null, cluster: "cluster_02" },
    ...{ clusterStability: 0.8, clusterP: 0.01, theme: "us_elections", rule: "both agree" },
    ...facts,
  };
}
