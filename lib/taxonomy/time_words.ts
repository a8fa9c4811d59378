/** Words of English titles that tell a time from a name or a strike; all in lower case. */

const FULL_MONTHS =
  "january february march april may june july august september october november december";

/** Months, written out and short. */
export const MONTHS: ReadonlySet<string> = new Set(
  `${FULL_MONTHS} jan feb mar apr jun jul aug sep sept oct nov dec`.split(" "),
);

/** Months that are also first names, family names or verbs. */
export const NAME_MONTHS: ReadonlySet<string> = new Set(
  "march april may june august jan".split(" "),
);

/** Days of the week. */
export const WEEKDAYS: ReadonlySet<string> = new Set(
  "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun"
    .split(" "),
);

/** Words before a time that go with it. */
export const PREPOSITIONS: ReadonlySet<string> = new Set(
  "by before after until till on in at during through throughout from since for between following of to starting"
    .split(" "),
);

/** Prepositions of deadlines: without a time behind them they say nothing. */
export const DEADLINE_WORDS: ReadonlySet<string> = new Set("by before until till".split(" "));

/** Words between a preposition and a time. */
export const DETERMINERS: ReadonlySet<string> = new Set(
  "the its their his her our that".split(" "),
);

/** Parts of a period: "end of March", "mid-June". */
export const PERIOD_PARTS: ReadonlySet<string> = new Set(
  "end start beginning middle close week month night weekend".split(" "),
);

/** "early May", "late 2026". */
export const PERIOD_SIDES: ReadonlySet<string> = new Set("early mid late".split(" "));

/** Periods that "this" and "next" count. */
export const PERIODS: ReadonlySet<string> = new Set(
  "week weekend month year season quarter summer winter spring fall autumn".split(" "),
);

/** Time zones after a clock time. */
export const TIME_ZONES: ReadonlySet<string> = new Set(
  "et est edt pt pst pdt ct cst cdt utc gmt cet cest bst".split(" "),
);

/** Holidays that serve as deadlines. */
export const HOLIDAYS: ReadonlySet<string> = new Set(
  "christmas thanksgiving halloween easter ramadan eoy".split(" "),
);

/** What is published or held month by month, so that a month before it is its date. */
export const SCHEDULED: ReadonlySet<string> = new Set(
  ("meeting meetings unemployment inflation cpi ppi pce jobs job payrolls payroll nonfarm report gdp " +
    "decision press fomc temperature print release retail core employment jobless fed ecb boe boj rate " +
    "interest annual monthly consumer opec").split(" "),
);

/** What a year or month before it belongs to, so that the preposition stays: "in the 2026 election". */
export const DATED_NOUNS: ReadonlySet<string> = new Set(
  ("election elections season midterm midterms presidential general primary primaries mayoral " +
    "gubernatorial parliamentary federal legislative draft playoffs finals hurricane wildfire budget census " +
    "regular awards summer winter olympics games tournament championship cup race nomination rally " +
    "press matchup meeting conference debate speech address")
    .split(" "),
);

/** Words that can follow a time without belonging to it. */
export const FUNCTION_WORDS: ReadonlySet<string> = new Set(
  ("and or than to by if with at for from of on as in without despite be is are was will would could the a an " +
    "that which when while after before until during above below over under between")
    .split(" "),
);

/** Words before a number that make it a strike or a name. */
export const NUMBER_OWNERS: ReadonlySet<string> = new Set(
  ("above below over under than least most exceed exceeds exceeding reach reaches hit hits o/u project agenda " +
    "vision area cyberpunk runner no number exactly between")
    .split(" "),
);

/** Words after a number that make it an amount. */
export const UNITS: ReadonlySet<string> = new Set(
  ("points dollars euros cases votes seats tweets posts times bps percent % ° k m million billion trillion " +
    "people jobs days goals runs yards games wins or usd miles meters ships flights users subscribers views")
    .split(" "),
);

/** Series whose number is an edition: "UFC 310", "Survivor 48". */
export const NUMBERED_SERIES: ReadonlySet<string> = new Set(
  "ufc wrestlemania bellator survivor pfl test lollapalooza".split(" "),
);

/** Parts of a season that are numbered: "Week 7", "Season 3". */
export const NUMBERED_PARTS: ReadonlySet<string> = new Set(
  "season week weeks episode matchday matchweek gameweek".split(" "),
);

/** What an ordinal counts when it is an edition: "98th Academy Awards". */
export const COUNTED_AWARDS: ReadonlySet<string> = new Set(
  "annual academy grammy grammys emmy emmys primetime golden tony oscars bafta".split(" "),
);

/** First words of a question: such a title keeps its question mark. */
export const QUESTION_WORDS: ReadonlySet<string> = new Set(
  "will who what which how when where why is are was were do does did can could has have should would"
    .split(" "),
);

/** Dates that name what happened on them. */
export const NAMED_DAYS: ReadonlySet<string> = new Set(
  ("defendant defendants rioter rioters committee insurrection insurrectionists prisoners attack attacks " +
    "protester protesters pardon pardons hostages families memorial")
    .split(" "),
);
