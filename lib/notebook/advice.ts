const DISK =
  /ENOSPC|EROFS|EACCES|No space left|Read-only|Permission denied|must be writable|that can be written/;

/** What to do about an error, by its words; `otherwise` where these do not speak of the disk. */
export function adviceOn(message: string, otherwise: string): string {
  return DISK.test(message)
    ? "Free space on the disk or make the folder writable, or choose another one with --out; then start again."
    : otherwise;
}
