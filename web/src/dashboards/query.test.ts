import { describe, expect, it } from "vitest";
import type { Grain, MetricInfo } from "../api/types";
import type { Filters } from "../lib/url";
import { pageQuery, wholeMonths } from "./query";

const known = (name: string, grains: Grain[]): MetricInfo =>
  ({ name, grains, dimensions: [] }) as unknown as MetricInfo;
const metrics = [
  known("retention_rate", ["month", "quarter", "year", "none"]),
  known("net_revenue", ["day", "week", "month", "none"]),
  known("churn_rate", ["none"]),
];
const filters: Filters = {
  preset: "52w",
  from: "2024-12-11",
  to: "2025-12-09",
  compare: "year",
  asked: "year",
  segment: null,
};

describe("the query of a block", () => {
  it("asks for whole months of what is kept by month, so that a part is compared with no whole", () => {
    const query = pageQuery({ metrics: ["retention_rate"] }, filters, metrics, "none", "year");
    expect([query.from, query.to, query.compare]).toEqual(["2025-01-01", "2025-11-30", "year"]);
  });
  it("asks for all days of what is kept by day, and for all periods of a course", () => {
    for (const [name, grain] of [
      ["net_revenue", "none"],
      ["retention_rate", "month"],
      ["churn_rate", "none"],
    ] as const) {
      const query = pageQuery({ metrics: [name] }, filters, metrics, grain, "none");
      expect([query.from, query.to]).toEqual([filters.from, filters.to]);
    }
  });
});

describe("whole months", () => {
  it.each([
    ["2024-12-11", "2025-12-09", "2025-01-01", "2025-11-30"],
    ["2025-02-01", "2025-02-28", "2025-02-01", "2025-02-28"],
    ["2025-02-01", "2025-03-30", "2025-02-01", "2025-02-28"],
  ])("of %s to %s are %s to %s", (from, to, first, last) =>
    expect(wholeMonths({ from, to })).toEqual({ from: first, to: last }),
  );
  it("are none in a range shorter than one", () =>
    expect(wholeMonths({ from: "2025-11-12", to: "2025-12-09" })).toBeNull());
});
