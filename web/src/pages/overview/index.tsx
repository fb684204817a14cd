import type { ReactNode } from "react";
import { DashboardPage } from "../../dashboards/dashboard";
import { PageHead } from "../head";

export default function Overview(): ReactNode {
  return (
    <>
      <PageHead title="Overview" />
      <DashboardPage name="overview" />
    </>
  );
}
