import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { useLocation } from "react-router";
import { signOut } from "../api/client";
import type { Session } from "../api/types";
import { longDay, moment, shortDay } from "../lib/dates";
import { setTheme, useTheme } from "../lib/theme";
import { Menu } from "../ui/menu";
import { FilterBar } from "./filters";
import { Brand } from "./logo";
import { Nav, TestState } from "./sidebar";

function Freshness({ session }: { session: Session }): ReactNode {
  const { status, newest_day, loaded_at } = session.freshness;
  const title = [
    newest_day ? `Newest transaction ${longDay(newest_day)}` : "No transaction yet",
    loaded_at ? `loaded ${moment(loaded_at)}` : "",
    session.built_at ? `built ${moment(session.built_at)}` : "",
  ]
    .filter(Boolean)
    .join(", ");
  // A day of another year than that of the load is told with its year: it may be long ago.
  const day = newest_day?.slice(0, 4) === loaded_at?.slice(0, 4) ? shortDay : longDay;
  const words = status === "stale" ? "Stale since" : status === "fresh" ? "Fresh to" : "Data to";
  return (
    <span className={`fresh ${status}`} title={title}>
      {newest_day ? `${words} ${day(newest_day)}` : "No data yet"}
      <span className="sr">. {title}</span>
    </span>
  );
}

const initials = (name: string): string =>
  name
    .split(/[\s._-]+/)
    .map((part) => part.slice(0, 1).toUpperCase())
    .slice(0, 2)
    .join("");

interface Props {
  session: Session;
  onSearch: () => void;
  onHelp: () => void;
}

/** The bar above every page: what the figures are for on the left, what state they are in on the right. */
export function Topbar({ session, onSearch, onHelp }: Props): ReactNode {
  const theme = useTheme();
  const { pathname } = useLocation();
  const [menu, setMenu] = useState(false);
  useEffect(() => {
    if (!menu) return;
    const key = (event: KeyboardEvent): void => {
      if (event.key === "Escape" && !document.querySelector(".dialog, .menu")) setMenu(false);
    };
    window.addEventListener("keydown", key);
    return () => window.removeEventListener("keydown", key);
  }, [menu]);
  const filtered = !pathname.startsWith("/data") && session.last_day !== null;
  const leave = useMutation({ mutationFn: signOut, onSuccess: () => window.location.assign("/") });
  const mine = (
    <Menu
      className="avatar"
      label={`${session.user.name}: theme and help, sign out`}
      items={[
        { label: "Light", checked: theme === "light", onSelect: () => setTheme("light") },
        { label: "Dark", checked: theme === "dark", onSelect: () => setTheme("dark") },
        { label: "As the system", checked: theme === "system", onSelect: () => setTheme("system") },
        "line",
        { label: "Keyboard help", hint: "?", onSelect: onHelp },
        { label: "API documentation", onSelect: () => window.location.assign("/docs") },
        { label: leave.isError ? "Sign out: not done, try again" : "Sign out", onSelect: () => leave.mutate() },
      ]}
    >
      {initials(session.user.name) || "?"}
    </Menu>
  );
  return (
    <header className="topbar">
      <div className="bar-1 narrow-only">
        <Brand />
        {session.is_synthetic && <span className="badge synthetic">Synthetic data</span>}
        <button type="button" className="btn quiet" onClick={onSearch}>
          Search
        </button>
        <button type="button" className="btn quiet" aria-expanded={menu} onClick={() => setMenu(!menu)}>
          Menu
        </button>
      </div>
      {menu && (
        <div className="drawer narrow-only">
          <Nav onFollow={() => setMenu(false)} />
          <p className="drawer-foot">
            <Freshness session={session} /> {mine}
          </p>
          <TestState session={session} />
        </div>
      )}
      {filtered && <FilterBar />}
      <div className="right">
        <Freshness session={session} />
        {session.is_synthetic && <span className="badge synthetic">Synthetic data</span>}
        <button type="button" className="search" onClick={onSearch}>
          Search <kbd className="kbd">⌘K</kbd>
        </button>
        {mine}
      </div>
    </header>
  );
}
