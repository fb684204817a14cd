import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { DashboardRows } from "../../dashboards/dashboard";
import { useDashboard } from "../../dashboards/dashboard-of";
import { tabsOf } from "../../dashboards/ranged";
import { useParam } from "../../lib/filters";
import { Failed, Loading } from "../../ui/states";
import { PageHead } from "../head";

export default function Segments(): ReactNode {
  const found = useDashboard("segments");
  const [chosen] = useParam("tab");
  const { search } = useLocation();
  const { tabs, tab } = tabsOf(found.data, chosen);
  const to = (name: string): string => {
    const params = new URLSearchParams(search);
    params.set("tab", name);
    params.delete("pick");
    return `?${params}`;
  };
  return (
    <>
      <PageHead title="Segments" />
      {tabs.length > 1 && (
        <nav className="tabs" aria-label="Kinds of segment">
          {tabs.map((name) => (
            <Link key={name} to={to(name)} aria-current={name === tab ? "page" : undefined}>
              {name}
            </Link>
          ))}
        </nav>
      )}
      {found.data ? (
        <DashboardRows dashboard={found.data} tab={tab} />
      ) : found.error ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        <Loading shape="bars" height={344} />
      )}
    </>
  );
}
