/// <reference lib="dom" />

/** A line for the person. */
export interface Notice {
  /** Rises, so that equal words are spoken twice. */
  readonly number: number;
  readonly text: string;
  /** `alarm` stays until it is put away; the other makes room for the next. */
  readonly tone: "plain" | "alarm";
  readonly canUndo: boolean;
}

/**
 * The last notice. Its words are in regions of their own that screen readers speak, without the buttons
 * beside them.
 */
export function Notices({ notice, onUndo, onClose }: {
  notice: Notice | null;
  onUndo: () => void;
  onClose: () => void;
}) {
  const spoken = (tone: Notice["tone"]) =>
    notice !== null && notice.tone === tone && <span key={notice.number}>{notice.text}</span>;
  return (
    <div class="notices">
      <div role="status" class="visually-hidden">{spoken("plain")}</div>
      <div role="alert" class="visually-hidden">{spoken("alarm")}</div>
      {notice !== null && (
        <div class={`notice notice-${notice.tone} row`}>
          <span class="notice-text" aria-hidden="true">{notice.text}</span>
          {notice.canUndo && (
            <button
              type="button"
              class="button button-small"
              aria-keyshortcuts="u"
              onClick={onUndo}
            >
              Undo <kbd aria-hidden="true">u</kbd>
            </button>
          )}
          <button
            type="button"
            class="button button-small"
            aria-label="Put the notice away"
            onClick={onClose}
          >
            ×
          </button>
        </div>
      )}
    </div>
  );
}
