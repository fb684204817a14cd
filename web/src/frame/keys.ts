import { useEffect } from "react";
import { useNavigate } from "react-router";
import { keptSearch } from "../lib/url";

const targets: Record<string, string> = { o: "/", s: "/segments", r: "/retention", c: "/customers", d: "/data" };

const typing = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName));

/** The keys that work on every page. */
export function useKeys(onSearch: () => void, onHelp: () => void): void {
  const navigate = useNavigate();
  useEffect(() => {
    let go = 0;
    const key = (event: KeyboardEvent): void => {
      if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === "k") {
        event.preventDefault();
        onSearch();
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || typing(event.target)) return;
      if (event.key === "/") {
        event.preventDefault();
        onSearch();
      } else if (event.key === "?") onHelp();
      else if (event.key === "g") go = event.timeStamp;
      else if (go > 0 && event.timeStamp - go < 1500) {
        const to = targets[event.key];
        go = 0;
        if (to) void navigate({ pathname: to, search: keptSearch(new URLSearchParams(window.location.search)) });
      }
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [navigate, onSearch, onHelp]);
}
