import { describe, expect, it } from "vitest";
import {
  change,
  count,
  fullMoney,
  fullValue,
  greatestOf,
  interval,
  none,
  plain,
  share,
  shortMoney,
  shortValue,
  signedMoney,
  signedPoints,
  signedShare,
} from "./format";

describe("money", () => {
  it.each([
    [4_830_000, "£4.83m"],
    [12_345_678, "£12.3m"],
    [372_000, "£372k"],
    [85_400, "£85.4k"],
    [9_994, "£9,994"],
    [75.22, "£75.22"],
    [0, "£0.00"],
    [999_600, "£1.00m"],
    [1_250_000_000, "£1.25bn"],
    [-437_000, "−£437k"],
    [-0.004, "£0.00"],
  ])("shows %d as %s", (value, text) => expect(shortMoney(value, "GBP")).toBe(text));

  it("is full in tables, to the penny below a hundred thousand", () => {
    expect(fullMoney(1583.2, "GBP")).toBe("£1,583.20");
    expect(fullMoney(-12.5, "EUR")).toBe("−€12.50");
    expect(fullMoney(4_830_123.4, "USD")).toBe("$4,830,123");
  });

  it("is to the penny in all of a column or in none of it", () => {
    const column = [3_233_485.2, 36_774.64, null];
    expect(column.map((v) => fullValue(v, "money", "EUR", greatestOf(column)))).toEqual([
      "€3,233,485",
      "€36,775",
      none,
    ]);
    expect(greatestOf([null, "x", -5, 3])).toBe(5);
  });

  it("names a currency without a sign by its code, and none where the project has none", () => {
    expect(shortMoney(5, "SEK")).toBe("SEK 5.00");
    expect(shortMoney(-5, "")).toBe("−5.00");
  });
});

describe("counts, shares and the rest", () => {
  it("never shortens a count", () => expect(count(21_480)).toBe("21,480"));
  it("shows a share in per cent", () => expect(share(0.462)).toBe("46.2%"));
  it("has a sign and a true minus", () => {
    expect(signedShare(0.084)).toBe("+8.4%");
    expect(signedShare(-0.032)).toBe("−3.2%");
    expect(signedShare(0.0001)).toBe("0.0%");
    expect(signedPoints(0.018)).toBe("+1.8 pp");
    expect(signedMoney(1372, "GBP")).toBe("+£1,372");
  });
  it("shows nothing as a dash, never as 0", () => {
    expect(plain(null)).toBe(none);
    expect(shortValue(undefined, "money", "GBP")).toBe(none);
    expect(fullValue(null, "count", "GBP")).toBe(none);
    expect(fullValue(0, "count", "GBP")).toBe("0");
  });
  it("shows days as dates and truth as words", () => {
    expect(plain("2025-09-28")).toBe("28 Sep 2025");
    expect(plain(true)).toBe("yes");
    expect(plain("2025-02-30")).toBe("2025-02-30");
  });
  it("writes an interval with a dash, and with to where an end is negative", () => {
    expect(interval(0.29, 0.54, (v) => v.toFixed(2))).toBe("0.29–0.54");
    expect(interval(-1400, 5600, (v) => shortMoney(v, "GBP"))).toBe("−£1,400 to £5,600");
  });
});

describe("change", () => {
  it("is in per cent for amounts", () => expect(change(108, 100, "money")).toBe("+8.0%"));
  it("is in points for shares", () => expect(change(0.462, 0.444, "share")).toBe("+1.8 pp"));
  it("is the difference for scores", () => expect(change(41, 37, "score")).toBe("+4"));
  it("is none against nothing", () => {
    expect(change(5, 0, "count")).toBe(none);
    expect(change(5, null, "count")).toBe(none);
  });
  it("keeps its direction when the earlier value is negative", () => expect(change(-50, -100, "money")).toBe("+50.0%"));
});
