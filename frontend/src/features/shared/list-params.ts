import { useSearchParams } from "react-router";

const NO_FILTERS = new Set(["ordering", "cursor"]);

/** The filters of a list live in its address: a reload, a link or "back" keeps them. */
export function useListParams() {
  const [params, setParams] = useSearchParams();

  const set = (name: string, value: string) => {
    setParams(
      (old) => {
        const next = new URLSearchParams(old);
        if (value) next.set(name, value);
        else next.delete(name);
        // Another question starts at its first page.
        if (name !== "cursor") next.delete("cursor");
        return next;
      },
      { replace: name === "search" },
    );
  };
  const clear = (names: readonly string[]) =>
    setParams((old) => {
      const next = new URLSearchParams(old);
      for (const name of [...names, "cursor"]) next.delete(name);
      return next;
    });
  const get = (name: string, fallback = "") => params.get(name) ?? fallback;
  return {
    get,
    set,
    clear,
    isFiltered: [...params.keys()].some((name) => !NO_FILTERS.has(name)),
  };
}

/** Leave out what is empty: the server takes an absent filter for "all". */
export function given<T extends Record<string, string>>(filter: T): Partial<T> {
  const entries = Object.entries(filter).filter(([, value]) => value !== "");
  return Object.fromEntries(entries) as Partial<T>;
}
