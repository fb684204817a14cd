import { describe, expect, it } from "vitest";
import type { Grain, MetricInfo } from "../api/types";
import { isRanged, tabsOf } from "./ranged";
import type { BlockDef, Dashboard } from "./types";

const known = (name: string, grains: Grain[]): MetricInfo =>
  ({ name, grains, dimensions: [] }) as unknown as MetricInfo;
const metrics = [known("customer_count", ["none"]), known("net_revenue", ["day", "none"])];
const block = (name: string, metric: string): BlockDef => ({
  name,
  kind: "bars",
  title: name,
  width: 12,
  query: { metrics: [metric] },
});
const dashboard: Dashboard = {
  name: "segments",
  title: "Segments",
  description: "",
  order: 2,
  rows: [
    { tab: "RFM", blocks: [block("grid", "customer_count")] },
    { tab: "Demographic", blocks: [block("age", "net_revenue"), block("all", "customer_count")] },
  ],
};

describe("a range", () => {
  it("means nothing to figures as of the last build, and something to others", () => {
    expect(isRanged(dashboard, "RFM", metrics)).toBe(false);
    expect(isRanged(dashboard, "Demographic", metrics)).toBe(true);
  });
  it("is that of the tab that is shown: the first, where the address names none that there is", () => {
    expect(tabsOf(dashboard, null)).toEqual({ tabs: ["RFM", "Demographic"], tab: "RFM" });
    expect(tabsOf(dashboard, "Demographic").tab).toBe("Demographic");
    expect(tabsOf(dashboard, "Weather").tab).toBe("RFM");
    expect(tabsOf(undefined, "RFM")).toEqual({ tabs: [], tab: undefined });
  });
});
