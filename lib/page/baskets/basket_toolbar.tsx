/// <reference lib="dom" />
import { useId } from "preact/hooks";
import { parseDay } from "../../core/day.ts";
import { dayText } from "../../core/number_text.ts";
import type { BasketsView } from "../../desk/baskets_view.ts";
import { neighbourDate } from "./basket_dates.ts";

/** Chooses the method and the trade date. */
export function BasketToolbar({ view, date, onMethod, onDate }: {
  view: BasketsView;
  /** ISO. */
  date: string;
  onMethod: (method: string) => void;
  onDate: (date: string) => void;
}) {
  const [methodField, dateField] = [useId(), useId()];
  const { dates, methods, method } = view;
  const step = (by: -1 | 1, label: string, key: string) => (
    <button
      type="button"
      class="button"
      aria-keyshortcuts={key}
      aria-label={label}
      aria-disabled={neighbourDate(dates, date, by) === date}
      onClick={() => onDate(neighbourDate(dates, date, by))}
    >
      <span aria-hidden="true">{by < 0 ? "◀" : "▶"}</span>
      <kbd aria-hidden="true">{key}</kbd>
    </button>
  );
  return (
    <div class="row basket-toolbar">
      <label for={methodField}>Method</label>
      <select
        id={methodField}
        value={method}
        onChange={(event) => onMethod(event.currentTarget.value)}
      >
        {methods.map(({ key, name }) => <option key={key} value={key}>{name}</option>)}
      </select>
      <label for={dateField}>After the trade of</label>
      {step(-1, "Trade date before", "[")}
      <select id={dateField} value={date} onChange={(event) => onDate(event.currentTarget.value)}>
        {dates.toReversed().map((one) => (
          <option key={one} value={one}>{dayText(parseDay(one))}</option>
        ))}
      </select>
      {step(1, "Next trade date", "]")}
    </div>
  );
}
