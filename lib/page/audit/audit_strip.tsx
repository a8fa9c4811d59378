import { isOpen, type QueueItem } from "./audit_queue_state.ts";

const MARKS = { right: "✓", wrong: "✗", unsure: "?" } as const;

/** A square for each contract of the queue with its verdict; the verdict of others stays hidden. */
export function QueueStrip({ items, at, onGo }: {
  items: readonly QueueItem[];
  at: number;
  onGo: (place: number) => void;
}) {
  const nJudged = items.filter((item) => !isOpen(item)).length;
  return (
    <div class="stack queue-progress">
      <div class="row">
        <progress
          value={nJudged}
          max={Math.max(items.length, 1)}
          aria-label={`${nJudged} of ${items.length} contracts judged`}
        />
        <span class="number">{nJudged} of {items.length} judged</span>
      </div>
      <div class="queue-strip" role="group" aria-label="Contracts of the sheet">
        {items.map((item, place) => {
          const { mark, words } = squareOf(item);
          return (
            <button
              key={item.entry.marketId}
              type="button"
              class={`queue-square queue-${words.split(" ")[0]}`}
              tabIndex={place === at ? 0 : -1}
              aria-current={place === at}
              aria-label={`Contract ${place + 1}: ${words}`}
              onClick={() => onGo(place)}
            >
              {mark ?? place + 1}
            </button>
          );
        })}
      </div>
    </div>
  );
}

function squareOf(item: QueueItem): { mark: string | null; words: string } {
  const { judgement, underway, isByOther, subject } = item;
  if (underway !== null) return { mark: "…", words: "storing" };
  if (judgement === null) {
    return { mark: null, words: subject?.standing === "stale" ? "stale verdict" : "open" };
  }
  if (isByOther) return { mark: "●", words: "other person has judged it" };
  return { mark: MARKS[judgement.verdict], words: judgement.verdict };
}
