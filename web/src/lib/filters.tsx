import { createContext, type ReactNode, useCallback, useContext, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { Session } from "../api/types";
import { type Filters, readFilters } from "./url";

interface Value {
  session: Session;
  filters: Filters;
  /** Changes parameters of the address; null takes one away. */
  setParams: (changes: Record<string, string | null>, replace?: boolean) => void;
}

const Context = createContext<Value | null>(null);

/** Gives the pages the session and the filters of the address. */
export function FilterProvider({ session, children }: { session: Session; children: ReactNode }): ReactNode {
  const [params, setSearch] = useSearchParams();
  const setParams = useCallback(
    (changes: Record<string, string | null>, replace = false) =>
      setSearch(
        (old) => {
          const next = new URLSearchParams(old);
          for (const [name, value] of Object.entries(changes)) {
            if (value === null || value === "") next.delete(name);
            else next.set(name, value);
          }
          return next;
        },
        { replace },
      ),
    [setSearch],
  );
  const text = params.toString();
  const value = useMemo<Value>(() => {
    const last = session.last_day ?? session.as_of ?? "1970-01-01";
    const first = session.first_day ?? last;
    return { session, filters: readFilters(new URLSearchParams(text), first, last), setParams };
  }, [session, text, setParams]);
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

export function useFilters(): Value {
  const value = useContext(Context);
  if (!value) throw new Error("useFilters stands outside of FilterProvider");
  return value;
}

/** One parameter of the address that belongs to a page, and how to change it. */
export function useParam(name: string): [string | null, (value: string | null) => void] {
  const [params] = useSearchParams();
  const { setParams } = useFilters();
  return [params.get(name), (value) => setParams({ [name]: value })];
}
