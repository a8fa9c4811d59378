/** Stores decisions about one subject, `most` of them or until it is killed, and prints their numbers: OUT NAME MOST. */
import { readDecisions, storeDecision } from "lib/review/decision_files.ts";
import { decisionsInForce } from "lib/review/decisions_in_force.ts";
import { draftOf } from "./decision_fixture.ts";

const [out, by, most] = Deno.args;
const draft = draftOf({ by: by!, comment: "x".repeat(3000) });
console.log("ready");
let after = await lastNumber();
for (let done = 0; done < Number(most);) {
  const at = new Date(Date.UTC(2026, 4, 3) + after).toISOString();
  const answer = await storeDecision(out!, draft, { after, at });
  if ("stored" in answer) {
    console.log(++after);
    ++done;
  } else {
    after = await lastNumber();
  }
}

async function lastNumber(): Promise<number> {
  const { decisions } = await readDecisions(out!);
  const [about] = decisionsInForce(decisions, { source: draft.source }).values();
  return about?.nDecisions ?? 0;
}
