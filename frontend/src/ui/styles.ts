export const POPOVER =
  "rounded-lg border border-line bg-surface text-ink shadow-lg shadow-black/10 outline-none " +
  "data-entering:animate-rise max-w-[calc(100vw-1rem)]";
export const ITEM =
  "flex min-h-10 cursor-pointer items-center gap-2.5 rounded-md px-3 text-sm outline-none " +
  "focus:bg-sunken max-md:min-h-11 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-ink-soft";
export const CARD = "rounded-lg border border-line bg-surface";
