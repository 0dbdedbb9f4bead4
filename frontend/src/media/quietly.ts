/** Ask a browser for what it may refuse: what comes of it, the element and the document tell. */
export function quietly(asked: Promise<unknown> | undefined): void {
  asked?.catch(() => undefined);
}
