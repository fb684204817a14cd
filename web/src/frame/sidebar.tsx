import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import type { Session } from "../api/types";
import { ago } from "../lib/dates";
import { keptSearch } from "../lib/url";
import { Brand } from "./logo";
import { pages } from "./pages";

/** The links to the pages; what is open on a page does not follow, the filters do. */
export function Nav({ onFollow }: { onFollow?: () => void }): ReactNode {
  const { pathname, search } = useLocation();
  const kept = keptSearch(new URLSearchParams(search));
  const groups = [...new Set(pages.map((p) => p.group))];
  return (
    <nav className="nav" aria-label="Pages">
      {groups.map((group) => (
        <div key={group}>
          {group && <h2>{group}</h2>}
          <ul>
            {pages
              .filter((p) => p.group === group)
              .map((p) => {
                const here =
                  p.path === "/" ? pathname === "/" : pathname === p.path || pathname.startsWith(`${p.path}/`);
                return (
                  <li key={p.path}>
                    <Link
                      to={{ pathname: p.path, search: kept }}
                      aria-current={here ? "page" : undefined}
                      onClick={onFollow}
                    >
                      {p.name}
                    </Link>
                  </li>
                );
              })}
          </ul>
        </div>
      ))}
    </nav>
  );
}

export function TestState({ session }: { session: Session }): ReactNode {
  const { passed, failed, warned, ran_at } = session.tests;
  const all = passed + failed + warned;
  return (
    <p className={failed > 0 ? "build-state bad" : "build-state"}>
      {all === 0 ? (
        <strong>No tests have run</strong>
      ) : (
        <Link to="/data?tab=tests">
          <strong>
            {failed > 0 ? `${failed} of ${all} tests fail` : `${passed} of ${all} tests pass`}
            {warned > 0 ? `, ${warned} warn` : ""}
          </strong>
        </Link>
      )}
      <br />
      {ran_at ? `Last run ${ago(ran_at, new Date())}` : ""}
    </p>
  );
}

export function Sidebar({ session }: { session: Session }): ReactNode {
  return (
    <aside className="sidebar">
      <Brand />
      <Nav />
      <TestState session={session} />
    </aside>
  );
}
