import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import type { Session } from "../api/types";
import { ago } from "../lib/dates";
import { count, plural } from "../lib/format";
import { dataPage, keptSearch } from "../lib/url";
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
  const { search } = useLocation();
  const { passed, failed, warned, ran_at } = session.tests;
  const all = passed + failed + warned;
  return (
    <p className={failed > 0 ? "build-state bad" : "build-state"}>
      {all === 0 ? (
        <strong>No tests have run</strong>
      ) : (
        <Link to={dataPage(search, { tab: "tests" })}>
          <strong>
            {failed > 0
              ? `${count(failed)} of ${plural(all, "test", "tests")} ${failed === 1 ? "fails" : "fail"}`
              : `${count(passed)} of ${plural(all, "test", "tests")} ${passed === 1 ? "passes" : "pass"}`}
            {warned > 0 ? `, ${count(warned)} ${warned === 1 ? "warns" : "warn"}` : ""}
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
