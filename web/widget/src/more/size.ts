// Formats a file's size.

export function readableSize(bytes: number): string {
  if (!bytes) return "";
  const mega = bytes / 1_000_000;
  return mega < 0.1 ? `${Math.ceil(bytes / 1000)} kB` : `${mega.toFixed(mega < 10 ? 1 : 0)} MB`;
}
