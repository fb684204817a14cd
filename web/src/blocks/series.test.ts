import { describe, expect, it } from "vitest";
import type { QueryResult } from "../api/types";
import { fitting, seriesInput } from "./series";

describe("the grains of a range", () => {
  it("are those that it holds", () => expect(fitting(["month", "quarter"], 364)).toEqual(["month", "quarter"]));
  it("are the finest where it is shorter than each", () =>
    expect(fitting(["month", "quarter"], 28)).toEqual(["month"]));
  it("are not so fine that a range has too many", () =>
    expect(fitting(["week", "day", "month"], 731)).not.toContain("day"));
});

const months: QueryResult = {
  columns: [
    { name: "time", label: "Month", role: "time", type: "date" },
    { name: "is_complete", label: "Complete", role: "complete", type: "boolean" },
    { name: "rate", label: "Rate", role: "metric", metric: "rate", type: "number", format: "share" },
    { name: "before", label: "Before", role: "comparison", metric: "rate", type: "number", format: "share" },
  ],
  rows: [
    ["2025-11-01", true, 0.87, 0.88],
    ["2025-12-01", false, 0.53, 0.88],
  ],
  period: { from: "2025-11-01", to: "2025-12-09", label: "" },
  comparison: { from: "2024-11-01", to: "2024-12-09", label: "" },
  is_complete: false,
  data_version: "1",
  as_of: "2025-12-10",
};
const def = { name: "stayed", kind: "line", title: "", width: 8, query: { metrics: ["rate"] } } as const;

describe("a course", () => {
  it("compares a part of a month with nothing where months count whole", () =>
    expect(
      seriesInput({ ...def, query: { metrics: ["rate"] } }, months, undefined, "month", "year", "", true).before
        ?.values,
    ).toEqual([0.88, null]));
  it("compares a part of a period with the same days where days count", () =>
    expect(
      seriesInput({ ...def, query: { metrics: ["rate"] } }, months, undefined, "month", "year", "").before?.values,
    ).toEqual([0.88, 0.88]));
});
