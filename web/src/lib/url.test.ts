import { describe, expect, it } from "vitest";
import { daysBetween } from "./dates";
import { dataPage, defaultRange, keptSearch, presetRange, presets, readFilters, segmentFilters } from "./url";

const first = "2023-01-02";
const last = "2025-09-28";
const read = (text: string) => readFilters(new URLSearchParams(text), first, last);

describe("the filters of an address", () => {
  it("begin with a year of whole weeks against the year before", () =>
    expect(read("")).toEqual({
      preset: "52w",
      from: "2024-09-30",
      to: last,
      compare: "year",
      asked: "year",
      segment: null,
    }));
  it("are what the address says", () =>
    expect(read("from=2025-01-01&to=2025-03-31&vs=previous&segment=rfm_group:At Risk")).toEqual({
      preset: null,
      from: "2025-01-01",
      to: "2025-03-31",
      compare: "previous",
      asked: "previous",
      segment: { kind: "rfm_group", name: "At Risk" },
    }));
  it("keep a colon in a segment's name", () => expect(read("segment=ml_segment:A: B").segment?.name).toBe("A: B"));
  it.each([
    "from=2025-02-30&to=2025-03-31",
    "from=2025-04-01&to=2025-03-31",
    "range=century",
    "vs=never&segment=planet:Mars",
    "segment=rfm_group:",
    "from=<script>&to=1",
  ])("fall back where the address is wrong: %s", (text) => expect(read(text)).toEqual(read("")));
  it.each([
    ["range=all&vs=year", "year"],
    ["range=all&vs=previous", "previous"],
    ["from=2023-12-31&to=2025-01-31&vs=previous", "previous"],
    ["from=2023-12-31&to=2024-01-31&vs=year", "year"],
  ])("compare with nothing where the data does not reach back: %s", (text, asked) =>
    expect(read(text)).toMatchObject({ compare: "none", asked }),
  );
  it("compare as far back as the data begins", () =>
    expect(read("from=2024-01-02&to=2024-12-31&vs=year")).toMatchObject({ compare: "year", asked: "year" }));
  it("become a filter of the query", () =>
    expect(segmentFilters(read("segment=rfm_group:At Risk"))).toEqual([
      { dimension: "rfm_group", op: "eq", values: ["At Risk"] },
    ]));
  it("follow to the next page without what is open on this one", () =>
    expect(keptSearch(new URLSearchParams("range=4w&explain=net_revenue&tab=RFM&vs=none"))).toBe("?range=4w&vs=none"));
  it("follow to the data too", () => {
    expect(dataPage("?range=4w&q=x&tab=RFM", { tab: "tests" })).toBe("/data?range=4w&tab=tests");
    expect(dataPage("", { tab: "models", model: "a b" })).toBe("/data?tab=models&model=a+b");
  });
});

describe("ranges", () => {
  it("of weeks hold whole weeks and end with the data", () => {
    for (const { name } of presets.filter((p) => p.name.endsWith("w"))) {
      const { from, to } = presetRange(name, first, last);
      expect(to).toBe(last);
      expect(daysBetween(from, to)).toBe(7 * Number.parseInt(name, 10));
    }
  });
  it("of the last full month end with it", () => {
    expect(presetRange("last_month", first, "2025-09-28")).toEqual({ from: "2025-08-01", to: "2025-08-31" });
    expect(presetRange("last_month", first, "2025-09-30")).toEqual({ from: "2025-09-01", to: "2025-09-30" });
  });
  it("begin as long as the data can compare", () => {
    expect(defaultRange("2010-12-01", "2011-12-09")).toEqual({ preset: "26w", compare: "previous" });
    expect(defaultRange("2023-12-10", "2025-12-09")).toEqual({ preset: "52w", compare: "year" });
    expect(defaultRange("2025-09-01", "2025-09-20")).toEqual({ preset: "all", compare: "none" });
  });
});
