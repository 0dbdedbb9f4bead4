const KEY = "jobgate-lease";

/**
 * The name by which the server knows this device: one of them has an interview at a time. Where
 * nothing can be kept, the server goes by its cookie.
 */
export function deviceLease(): string | undefined {
  try {
    const known = localStorage.getItem(KEY);
    if (known) return known;
    const made = crypto.randomUUID();
    localStorage.setItem(KEY, made);
    return made;
  } catch {
    return undefined;
  }
}
