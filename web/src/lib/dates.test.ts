import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  ago,
  dayRange,
  daysBetween,
  endOfMonth,
  isDay,
  moment,
  monthIsOver,
  monthsBetween,
  periodName,
  startOfQuarter,
} from "./dates";

describe("days", () => {
  it("are those of the calendar", () => {
    expect(isDay("2024-02-29")).toBe(true);
    expect(isDay("2025-02-29")).toBe(false);
    expect(isDay("2025-2-9")).toBe(false);
    expect(isDay("2025-09-28; drop table")).toBe(false);
  });
  it("are counted with both ends, over the change of the clocks too", () => {
    expect(daysBetween("2025-03-29", "2025-03-31")).toBe(3);
    expect(daysBetween("2024-09-30", "2025-09-28")).toBe(364);
    expect(addDays("2025-10-25", 2)).toBe("2025-10-27");
  });
  it("stay in the month that is meant", () => {
    expect(addMonths("2025-01-31", 1)).toBe("2025-02-28");
    expect(addMonths("2024-03-31", -1)).toBe("2024-02-29");
    expect(endOfMonth("2024-02-10")).toBe("2024-02-29");
    expect(startOfQuarter("2025-12-31")).toBe("2025-10-01");
  });
  it("lie in months that are over or not", () => {
    expect(monthIsOver("2025-02-01", "2025-02-27")).toBe(false);
    expect(monthIsOver("2025-02-01", "2025-02-28")).toBe(true);
    expect(monthsBetween("2024-11-30", "2025-01-01")).toBe(3);
  });
  it("are named as people name them", () => {
    expect(dayRange("2024-09-30", "2025-09-28")).toBe("30 Sep 2024 – 28 Sep 2025");
    expect(dayRange("2025-09-01", "2025-09-28")).toBe("1 Sep – 28 Sep 2025");
    expect(periodName("2025-06-16", "week")).toBe("Week of 16 Jun 2025");
    expect(periodName("2025-07-01", "quarter")).toBe("Q3 2025");
    expect(periodName("2025-09-28", "day")).toBe("Sunday, 28 Sep 2025");
  });
});

describe("moments", () => {
  const now = new Date("2025-09-28T12:00:00Z");
  it("are relative below a day only", () => {
    expect(ago("2025-09-28T10:00:00Z", now)).toBe("2 h ago");
    expect(ago("2025-09-28T11:59:40Z", now)).toBe("just now");
    expect(ago("2025-09-27T06:12:00Z", now)).toBe("27 Sep 2025, 06:12 UTC");
    expect(ago("2025-09-28T12:00:01Z", now)).toBe("28 Sep 2025, 12:00 UTC");
  });
  it("are in UTC", () => expect(moment("2025-09-28T08:12:00+02:00")).toBe("28 Sep 2025, 06:12 UTC"));
});
