export const CONTROL =
  "flex h-10 min-w-10 shrink-0 cursor-pointer items-center justify-center rounded-md px-1 text-sm " +
  "font-semibold tabular-nums hover:bg-white/15 focus-visible:outline-white max-md:h-11 " +
  "max-md:min-w-11 pointer-coarse:h-11 pointer-coarse:min-w-11 [&_svg]:size-5";
