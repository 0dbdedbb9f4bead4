const PREFIX = "#join-";

/** The token of a campaign's public link, null where the address is somebody's own. */
export const publicToken = (hash: string): string | null =>
  hash.startsWith(PREFIX) ? hash.slice(PREFIX.length) : null;
