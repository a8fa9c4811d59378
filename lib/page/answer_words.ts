import type { Decision } from "../review/decision.ts";
import type { SignAnswer } from "../desk/desk_api.ts";
import { cleanText } from "../charts/text_lines.ts";
import { instantText } from "./instant_text.ts";
import { verdictWords } from "./verdict_words.ts";

/** What the person is told of the server's answer. Titles are cleaned and cut: they are strangers'. */
export function answerWords(answer: SignAnswer): string {
  if ("stored" in answer) {
    const { title, subject } = answer.stored;
    const done = verdictWords(answer.stored);
    return `${done.charAt(0).toUpperCase()}${done.slice(1)}: ${
      shortTitle(title === "" ? subject : title)
    }`;
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

function meanwhile(decision: Decision): string {
  const { by, at, comment } = decision;
  const said = comment === "" ? "" : `, “${shortTitle(comment)}”`;
  return `${cleanText(by)} decided on this meanwhile: ${verdictWords(decision)} (${
    instantText(at)
  }${said}).`;
}
