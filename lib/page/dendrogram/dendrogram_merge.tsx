/** What a merge would join, above the list in which its clusters are chosen. */
export function MergeBar({ name, count, isBusy, onMerge, onLeave }: {
  name: string;
  count: number;
  isBusy: boolean;
  onMerge: () => void;
  onLeave: () => void;
}) {
  return (
    <div class="card stack" role="status">
      <p>
        Merge “<bdi>{name}</bdi>” with the clusters that you choose below: {count} chosen.
      </p>
      <div class="row">
        <button
          type="button"
          class="button button-primary"
          disabled={isBusy || count === 0}
          onClick={onMerge}
        >
          Sign the merge <kbd aria-hidden="true">Enter</kbd>
        </button>
        <button type="button" class="button" onClick={onLeave}>
          Leave <kbd aria-hidden="true">Esc</kbd>
        </button>
        <span class="muted">Space chooses the cluster that the arrows are on.</span>
      </div>
    </div>
  );
}
