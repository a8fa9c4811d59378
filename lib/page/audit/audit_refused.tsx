import { orderKey, type RefusedOrder, type Signing } from "./audit_signing.ts";
import { StrangerText } from "./audit_text.tsx";

/** Verdicts that were not stored, until the person has read why. */
export function RefusedOrders({ signing }: { signing: Signing }) {
  if (signing.refused.length === 0) return null;
  return (
    <section class="panel stack refused" role="alert" aria-label="Not stored">
      <h3>Not stored</h3>
      <ul class="list">
        {signing.refused.map((one) => (
          <li key={orderKey(one.order.subject)} class="row">
            <StrangerText text={titleOf(one.order.subject)} most={120} />
            <span>{one.reason}</span>
            <button
              type="button"
              class="button button-small"
              onClick={() => signing.forget(one)}
            >
              Dismiss
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Of quiet subjects the page has no title. */
function titleOf({ title, id }: RefusedOrder["order"]["subject"]): string {
  return title === "" ? id : title;
}
