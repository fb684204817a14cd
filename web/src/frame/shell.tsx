import { lazy, type ReactNode, Suspense, useCallback, useEffect, useState } from "react";
import { Outlet, useLocation, useSearchParams } from "react-router";
import { ApiError } from "../api/client";
import { useServerEvents } from "../api/events";
import { useSession } from "../api/queries";
import type { Session } from "../api/types";
import { FilterProvider } from "../lib/filters";
import { Boundary } from "../ui/boundary";
import { Empty, Failed, Loading } from "../ui/states";
import { readPick, readRows } from "./asked";
import { useKeys } from "./keys";
import { pages } from "./pages";
import { Sidebar } from "./sidebar";
import { Topbar } from "./topbar";

const loadPalette = () => import("./palette");
const Palette = lazy(loadPalette);
const Help = lazy(() => import("./help"));
const ExplainPanel = lazy(() => import("./explain"));
const RowsPanel = lazy(() => import("./rows"));
const PickPanel = lazy(() => import("./pick"));

/** The frame of every page. */
export function Shell(): ReactNode {
  const session = useSession();
  if (session.error instanceof ApiError && session.error.status === 401) return <SignIn />;
  if (session.error && !session.data) {
    return (
      <main className="alone">
        <h1>Kith</h1>
        <Failed error={session.error} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data) {
    return (
      <main className="alone">
        <Loading shape="rows" height={160} />
      </main>
    );
  }
  return (
    <FilterProvider session={session.data}>
      <Framed />
    </FilterProvider>
  );
}

function Framed(): ReactNode {
  const session = useSession().data;
  const { pathname } = useLocation();
  const [params] = useSearchParams();
  const [search, setSearch] = useState(false);
  const [help, setHelp] = useState(false);
  const openSearch = useCallback(() => setSearch(true), []);
  const openHelp = useCallback(() => setHelp(true), []);
  useServerEvents();
  // Who opens the palette types at once: it is there before it is asked for.
  useEffect(() => {
    const timer = setTimeout(() => void loadPalette(), 1500);
    return () => clearTimeout(timer);
  }, []);
  useKeys(openSearch, openHelp);
  useEffect(() => {
    const page = [...pages].reverse().find((p) => pathname === p.path || pathname.startsWith(`${p.path}/`));
    document.title = `${page?.name ?? "Not found"} · ${session?.project ?? "Kith"} · Kith`;
  }, [pathname, session?.project]);
  if (!session) return null;
  const panel = <Beside params={params} />;
  const open = panelOf(params) !== null;
  return (
    <div className={open ? "app with-panel" : "app"}>
      <a className="skip" href="#main">
        To the page
      </a>
      <Sidebar session={session} />
      <Topbar session={session} onSearch={openSearch} onHelp={openHelp} />
      <main className="page" id="main" tabIndex={-1}>
        <Boundary key={`${search} ${help}`}>
          <Suspense fallback={null}>
            {search && <Palette open={search} onClose={() => setSearch(false)} />}
            {help && <Help open={help} onClose={() => setHelp(false)} />}
          </Suspense>
        </Boundary>
        <State session={session} />
        <Boundary key={pathname}>
          <Suspense fallback={<Loading shape="tiles" height={112} />}>
            {session.last_day === null && !pathname.startsWith("/data") ? <NoData /> : <Outlet />}
          </Suspense>
        </Boundary>
      </main>
      {open && panel}
    </div>
  );
}

/** What the address says stands beside the page. */
function panelOf(params: URLSearchParams): ReactNode {
  const [explain, rows, pick] = [params.get("explain"), params.get("rows"), params.get("pick")];
  if (explain) return <ExplainPanel key={`explain ${explain}`} metric={explain} />;
  const request = rows ? readRows(rows) : null;
  if (request) return <RowsPanel key={`rows ${rows}`} request={request} />;
  const picked = pick ? readPick(pick) : null;
  return picked && <PickPanel key={`pick ${pick}`} pick={picked} />;
}

function Beside({ params }: { params: URLSearchParams }): ReactNode {
  return (
    <Boundary>
      <Suspense fallback={<aside className="panel" />}>{panelOf(params)}</Suspense>
    </Boundary>
  );
}

/** What is wrong with the project or the state of its data, on every page. */
function State({ session }: { session: Session }): ReactNode {
  const told = [
    session.problem && `The project's files cannot be read: ${session.problem}.`,
    session.last_day === null ? "" : session.notice,
  ].filter(Boolean);
  return told.length > 0 ? (
    <p className="state" role="status">
      {told.join(" ")}
    </p>
  ) : null;
}

function NoData(): ReactNode {
  return (
    <>
      <div className="page-head">
        <h1>No figures yet</h1>
      </div>
      <Empty command="kith load FILE && kith build">
        The warehouse has no transactions. Load a file and build the project; the pages fill by themselves.
      </Empty>
    </>
  );
}

function SignIn(): ReactNode {
  return (
    <main className="alone">
      <h1>Kith</h1>
      <Empty command="kith link">
        This browser is not signed in, or its session has ended. Run this where the server runs, and open the link that
        it prints.
      </Empty>
    </main>
  );
}
