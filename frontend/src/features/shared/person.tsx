interface Named {
  first_name: string;
  last_name: string;
  email: string;
}

/** Return the full name, or the address of somebody who has none yet. */
export const nameOf = ({ first_name, last_name, email }: Named): string =>
  `${first_name} ${last_name}`.trim() || email;

const initialsOf = (name: string): string =>
  name
    .split(/\s+/)
    .map((word) => [...word][0])
    .slice(0, 2)
    .join("")
    .toUpperCase();

export function Avatar({ name, className = "size-9" }: { name: string; className?: string }) {
  return (
    <span
      aria-hidden
      className={`flex shrink-0 items-center justify-center rounded-full bg-accent-soft text-xs font-semibold text-accent-ink ${className}`}
    >
      {initialsOf(name)}
    </span>
  );
}
