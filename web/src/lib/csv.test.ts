import { describe, expect, it } from "vitest";
import { csv, csvCell, parseCsv } from "./csv";

describe("CSV", () => {
  it("comes back as it went out", () => {
    const rows = [
      ["a,b", 'say "x"', "two\nlines", ""],
      ["−1", "ü", "0", "end"],
    ];
    expect(parseCsv(csv(["one", "two", "three", "four"], rows))).toEqual([["one", "two", "three", "four"], ...rows]);
  });
  it("disarms formulas and leaves negative numbers alone", () => {
    expect(csvCell('=HYPERLINK("x")')).toBe(`"'=HYPERLINK(""x"")"`);
    expect(csvCell("@cmd")).toBe("'@cmd");
    expect(csvCell("-12.5")).toBe("-12.5");
    expect(csvCell(-12.5)).toBe("-12.5");
    expect(csvCell("-1+1")).toBe("'-1+1");
  });
});
