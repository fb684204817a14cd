import { describe, expect, it } from "vitest";
import type { SourceColumn, SourceProfile } from "../../api/resources";
import { distinct, figure, finding, keyWords, part, span, unusual, written } from "./profile-words";

const column = (change: Partial<SourceColumn>): SourceColumn => ({
  name: "a",
  type: "VARCHAR",
  kind: "text",
  personal: false,
  null_count: 0,
  blank_count: 0,
  distinct: { count: 2, is_approximate: false, relative_error: 0 },
  malformed_count: 0,
  malformed_examples: [],
  min: "x",
  max: "y",
  shortest_length: 1,
  longest_length: 1,
  frequent: [],
  anomalies: [],
  ...change,
});

const profile = (change: Partial<SourceProfile>): SourceProfile => ({
  name: "bronze.a",
  at: "2026-11-26T12:00:00Z",
  row_count: 1200,
  synthetic_rows: 0,
  sampled_rows: null,
  duplicate_rows: 0,
  keys: [],
  columns: [column({})],
  notes: [],
  description: "",
  fill_command: "kith load a FILE",
  ...change,
});

describe("a profile in words", () => {
  it("says what a source is like", () => {
    expect(finding(profile({}))).toBe("1,200 rows; none repeats another. Nothing unusual was found.");
    const odd = column({ kind: "date", malformed_count: 2, malformed_examples: ["soon", "later"] });
    expect(finding(profile({ synthetic_rows: 1200 }))).toBe(
      "1,200 rows, synthetic; none repeats another. Nothing unusual was found.",
    );
    expect(finding(profile({ synthetic_rows: 20 }))).toContain("1,200 rows, 20 of them synthetic; ");
    expect(finding(profile({ duplicate_rows: 1, sampled_rows: 100, columns: [odd] }))).toBe(
      "1,200 rows; 1 repeats another. All figures but that are of 100 of them, drawn at random. Something is unusual in 1 of 1 column.",
    );
    expect(unusual([odd])).toEqual([{ column: "a", rows: 2, what: "do not read as date", example: "soon, later" }]);
    expect(unusual([column({ kind: "date", malformed_count: 1, malformed_examples: ["soon"] })])[0]?.what).toBe(
      "does not read as date",
    );
  });

  it("says whether a key is one", () => {
    expect(keyWords({ columns: ["id"], duplicate_rows: 0, null_rows: 0 })).toBe("different in every row");
    expect(keyWords({ columns: ["id"], duplicate_rows: 1, null_rows: 2 })).toBe(
      "1 row with one that another row has, 2 rows without",
    );
  });

  it("tells estimates from counts, and none from few", () => {
    expect(distinct({ count: 12345, is_approximate: false, relative_error: 0 })).toBe("12,345");
    expect(distinct({ count: 200000, is_approximate: true, relative_error: 0.008 })).toBe("about 200,000 ±0.8%");
    expect([part(0, 9), part(9, 9), part(1, 100_000), part(99_999, 100_000), part(1, 3)]).toEqual([
      "0%",
      "100%",
      "<0.1%",
      ">99.9%",
      "33.3%",
    ]);
  });

  it("keeps every digit of a written number", () => {
    expect(written("-170141183460469231731.50", "decimal")).toBe("−170,141,183,460,469,231,731.5");
    expect(written("9007199254740993", "integer")).toBe("9,007,199,254,740,993");
    expect(written("2024-02-29", "date")).toBe("29 Feb 2024");
    expect(written("2024-02-29 10:30:59.123", "timestamp")).toBe("2024-02-29 10:30");
    expect(written("", "text")).toBe("(empty)");
    expect(figure(1234.56789)).toBe("1,234.57");
    expect(span(column({}))).toBe("x to y");
    expect(span(column({ personal: true, min: null, max: null }))).toBe("–");
  });
});
