const DISK =
  /ENOSPC|EROFS|EACCES|No space left|Read-only|Permission denied|must be writable|that can be written/;

const HELD = /no other process may write to it/;

const DAMAGED = /must be a whole database/;

/** What to do about an error, by its words; `otherwise` where these do not speak of the disk. */
export function adviceOn(message: string, otherwise: string): string {
  if (HELD.test(message)) {
    return "Wait until the other pull has ended, or choose another folder with --out.";
  }
  if (DAMAGED.test(message)) {
    return "Move raw/responses.sqlite away, or bring back a copy of it, and pull again.";
  }
  return DISK.test(message)
    ? "Free space on the disk or make the folder writable, or choose another one with --out; then start again."
    : otherwise;
}
