/** What was read from files, kept until one of the files is another. */
export interface KeptReads {
  /**
   * What `read` gives, or gave when the files were as they are now.
   *
   * Two questions at the same time share one reading; a failed one is not kept.
   *
   * @param key Names the question.
   * @param paths Files it is read from, or folders, of which what is right in them counts.
   */
  of<T>(key: string, paths: readonly string[], read: () => Promise<T>): Promise<T>;
}

/**
 * An empty memory of reads, for one desk as long as it runs.
 *
 * Size, time of change and inode tell states of a file apart; our own writers give a file that changes
 * a new inode.
 */
export function keptReads(): KeptReads {
  const kept = new Map<string, { readonly stamp: string; readonly value: Promise<unknown> }>();
  return {
    of<T>(key: string, paths: readonly string[], read: () => Promise<T>): Promise<T> {
      const stamp = paths.map(stampOf).join("\n");
      const before = kept.get(key);
      if (before?.stamp === stamp) return before.value as Promise<T>;
      const value = read();
      kept.set(key, { stamp, value });
      value.catch(() => {
        if (kept.get(key)?.value === value) kept.delete(key);
      });
      return value;
    },
  };
}

/** A text that is another when a file, or what is right in a folder, is another; reads names and times. */
export function stampOf(path: string): string {
  try {
    const { size, mtime, ino, isDirectory } = Deno.statSync(path);
    if (!isDirectory) return `${size} ${mtime?.getTime()} ${ino}`;
    const entries = [...Deno.readDirSync(path)].sort((a, b) => a.name < b.name ? -1 : 1);
    return entries.map((entry) =>
      entry.isDirectory ? `${entry.name}/` : `${entry.name} ${stampOf(`${path}/${entry.name}`)}`
    ).join("\n");
  } catch (error) {
    return error instanceof Error ? error.name : "none";
  }
}
