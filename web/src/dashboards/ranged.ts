import { useLocation } from "react-router";
import { useMetrics } from "../api/queries";
import type { MetricInfo } from "../api/types";
import { useParam } from "../lib/filters";
import { useDashboard } from "./dashboard-of";
import { overTime } from "./query";
import type { BlockDef, Dashboard } from "./types";

const metricsOf = (block: BlockDef): string[] => [
  ...(block.query?.metrics ?? []),
  ...(block.tiles ?? []).map((tile) => tile.metric),
];

/** The tabs of a dashboard, and which of them is shown: the one that was chosen, else the first. */
export function tabsOf(dashboard: Dashboard | undefined, chosen: string | null): { tabs: string[]; tab?: string } {
  const tabs = [...new Set((dashboard?.rows ?? []).flatMap((row) => (row.tab ? [row.tab] : [])))];
  return { tabs, tab: chosen && tabs.includes(chosen) ? chosen : tabs[0] };
}

/** Whether a range means anything to what a dashboard shows: figures as of the last build alone have none. */
export function isRanged(dashboard: Dashboard, tab: string | undefined, known: MetricInfo[]): boolean {
  const shown = dashboard.rows.filter((row) => !row.tab || row.tab === tab).flatMap((row) => row.blocks);
  return overTime(shown.flatMap(metricsOf), known);
}

/** Whether the range means anything to the page that is open. */
export function useRanged(): boolean {
  const { pathname } = useLocation();
  const [chosen] = useParam("tab");
  const found = useDashboard(pathname === "/segments" ? "segments" : null);
  const metrics = useMetrics();
  if (pathname.startsWith("/customers")) return false;
  if (!found.data || !metrics.data) return true;
  return isRanged(found.data, tabsOf(found.data, chosen).tab, metrics.data);
}
