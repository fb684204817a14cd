import type { ReactNode } from "react";
import { DashboardPage } from "../../dashboards/dashboard";
import { longDay } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { PageHead } from "../head";

export default function Retention(): ReactNode {
  const { session } = useFilters();
  return (
    <>
      <PageHead
        title="Retention"
        line={`Customers who bought again, by month of first order. To ${longDay(session.last_day ?? "")}`}
      />
      <DashboardPage name="retention" />
    </>
  );
}
