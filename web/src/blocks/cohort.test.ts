import { describe, expect, it } from "vitest";
import type { Cohorts } from "../api/resources";
import { cohortNames, measures, shadeWords } from "./cohort";

const cell = (month: number, value: number | null, is_complete = true) => ({
  month,
  value,
  n: 1,
  low: null,
  high: null,
  is_complete,
});
const cohorts = (value: (size: number) => number | null): Cohorts => ({
  average: [cell(0, 1), cell(1, 0.4), cell(2, 0.3)],
  cohorts: [
    { cohort: "2025-01-01", size: 100, cells: [cell(0, 100), cell(1, value(100))] },
    { cohort: "2025-02-01", size: 10, cells: [cell(0, 10), cell(1, value(10))] },
    { cohort: "2025-03-01", size: 1, cells: [cell(0, 1), cell(1, 1, false)] },
  ],
});

describe("cohorts", () => {
  it("are best and worst as they are shaded, so that the largest is not best for its size", () => {
    const data = cohorts((size) => (size === 100 ? 300 : 50));
    expect(cohortNames(data, "revenue", "EUR")).toMatchObject({
      measure: "revenue",
      best: "Feb 2025",
      worst: "Jan 2025",
    });
  });
  it("name nothing that is not known", () => {
    const data = { ...cohorts(() => null), average: [cell(0, 1)] };
    expect(cohortNames(data, "retention", "EUR")).toMatchObject({ best: "", worst: "", first: "", last: "" });
  });
  it("say what their shades stand for", () => {
    expect(shadeWords(0.1, 0.5, "retention", "EUR")).toEqual({ low: "10.0%", high: "50.0% of the cohort" });
    expect(shadeWords(0.1, 0.5, "customers", "EUR")).toEqual({ low: "10.0%", high: "50.0% of the cohort" });
    expect(shadeWords(3, 50, "revenue", "EUR")).toEqual({ low: "€3.00", high: "€50.00 per customer of the cohort" });
  });
  it("name each measure, with and without a currency", () => {
    expect(measures("EUR").map((m) => m.label)).toEqual(["%", "Count", "€"]);
    expect(measures("").map((m) => m.label)).toEqual(["%", "Count", "Revenue"]);
  });
});
