import type { Decision } from "../review/decision.ts";
import type { SignAnswer } from "../desk/desk_api.ts";
import { cleanText } from "../charts/text_lines.ts";
import { instantText } from "./instant_text.ts";

const DONE: Readonly<Record<Decision["verdict"], string>> = {
  approve: "Approved",
  rename: "Renamed",
  merge: "Merged",
  split: "Split",
  relabel: "Relabelled",
  exclude: "Excluded",
  flag: "Flagged",
  withdraw: "Withdrawn",
};

/** What the person is told of the server's answer. Titles are cleaned and cut: they are strangers'. */
export function answerWords(answer: SignAnswer): string {
  if ("stored" in answer) {
    const { verdict, title, subject } = answer.stored;
    return `${DONE[verdict]}: ${shortTitle(title === "" ? subject : title)}`;
  }
  switch (answer.refused) {
    case "second": {
      const who = answer.decision === undefined || answer.decision === null
        ? "Somebody took the decision on this back meanwhile."
        : meanwhile(answer.decision);
      return `${who} Yours was not stored; what you typed is kept.`;
    }
    case "changed":
      return "The data changed since this page was loaded, so nothing was stored. Look again; what you typed is kept.";
    case "malformed":
      return `Nothing was stored. ${answer.reason}`;
  }
}

/** A title on one line, at most 80 characters. */
export function shortTitle(title: string): string {
  const letters = [...cleanText(title)];
  return letters.length <= 80 ? letters.join("") : `${letters.slice(0, 79).join("").trimEnd()}…`;
}

function meanwhile({ by, verdict, at, comment }: Decision): string {
  const said = comment === "" ? "" : `, “${shortTitle(comment)}”`;
  return `${cleanText(by)} decided “${verdict}” on this meanwhile (${instantText(at)}${said}).`;
}
