import { describe, expect, it } from "vitest";
import { nearest, step } from "./chart";
import type { Canvas } from "./option";
import { bridgeChart } from "./options/bridge";
import { movementChart } from "./options/movement";
import { scatterChart } from "./options/scatter";
import { type SeriesInput, seriesChart } from "./options/series";
import { squarify, treemapChart } from "./options/treemap";
import { niceScale, seqStep, spread, tickLabels } from "./scale";
import { timeLabels } from "./time";

const list = (n: number, letter: string): string[] => Array.from({ length: n }, (_, i) => `${letter}${i + 1}`);
const canvas: Canvas = {
  width: 773,
  height: 296,
  currency: "GBP",
  tokens: {
    surface: "surface",
    raised: "raised",
    ink1: "ink1",
    ink2: "ink2",
    ink3: "ink3",
    rule: "rule",
    ruleStrong: "ruleStrong",
    accent: "accent",
    ghost: "ghost",
    positive: "positive",
    negative: "negative",
    positiveMark: "positiveMark",
    negativeMark: "negativeMark",
    cat: list(8, "c"),
    catText: list(8, "t"),
    seq: list(9, "s"),
    onSeq: list(9, "o"),
    font: "sans",
  },
};

describe("scales", () => {
  it("are round and hold all values", () => {
    for (const [low, high] of [
      [0, 146],
      [-3.2, 17],
      [0, 0.0031],
      [0, 48_300_000],
      [5, 5],
      [-10, -2],
    ] as const) {
      const scale = niceScale(low, high);
      expect(scale.min).toBeLessThanOrEqual(low);
      expect(scale.max).toBeGreaterThanOrEqual(high);
      expect(scale.ticks.length).toBeGreaterThan(1);
      expect(scale.ticks.length).toBeLessThan(9);
    }
  });
  it("have the unit on the top tick only", () => {
    expect(tickLabels(niceScale(0, 146_000), "money", "GBP")).toEqual(["0", "50", "100", "£150k"]);
    expect(tickLabels(niceScale(0, 0.46), "share", "")).toEqual(["0", "20", "40", "60%"]);
    expect(tickLabels(niceScale(0, 4), "count", "")).toEqual(["0", "1", "2", "3", "4"]);
    expect(tickLabels(niceScale(-2000, 6000), "money", "GBP").at(0)).toBe("−2,000");
  });
  it("stand whatever comes", () => expect(niceScale(Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY).max).toBe(1));
  it("have nine shades", () => {
    expect([0, 4.4, 10].map((v) => seqStep(v, 0, 10))).toEqual([1, 4, 9]);
    expect(seqStep(3, 3, 3)).toBe(5);
  });
  it("put labels apart without changing their order", () => {
    const places = spread([50, 52, 10, 300], 30, 0, 260);
    const sorted = [...places].sort((a, b) => a - b);
    for (let i = 1; i < sorted.length; i++) expect((sorted[i] ?? 0) - (sorted[i - 1] ?? 0)).toBeGreaterThanOrEqual(30);
    expect(places[0] ?? 0).toBeLessThan(places[1] ?? 0);
    expect(Math.max(...places)).toBeLessThanOrEqual(260);
  });
});

describe("time axes", () => {
  const weeks = Array.from({ length: 52 }, (_, i) =>
    new Date(Date.UTC(2024, 8, 30) + i * 7 * 864e5).toISOString().slice(0, 10),
  );
  it("name months once, with the year under the first and under January", () => {
    const labels = timeLabels(weeks, "week", 630).filter(Boolean);
    expect(labels[0]).toBe("Oct\n2024");
    expect(labels).toContain("Jan\n2025");
    expect(new Set(labels).size).toBe(labels.length);
  });
  it("have fewer names on a narrow screen", () =>
    expect(timeLabels(weeks, "week", 200).filter(Boolean).length).toBeLessThan(
      timeLabels(weeks, "week", 630).filter(Boolean).length,
    ));
});

const input: SeriesInput = {
  kind: "stacked_bar",
  grain: "week",
  times: ["2025-06-02", "2025-06-09", "2025-06-16"],
  lines: [
    { name: "Returning", values: [60, 70, null], note: "£130" },
    { name: "New", values: [20, 25, 30] },
  ],
  before: { name: "Year before", values: [70, 90, 100] },
  complete: [true, true, false],
  format: "money",
  unit: "GBP",
  annotations: [{ day: "2025-06-10", text: "free delivery" }],
};

describe("series", () => {
  const chart = seriesChart(input, canvas);
  const series = chart.option.series as { type: string; data: unknown[]; name: string }[];
  it("draw a bar a group and the period before as a line with a halo", () =>
    expect(series.map((s) => `${s.type} ${s.name}`)).toEqual([
      "bar Returning",
      "bar New",
      "line Year before",
      "line Year before",
    ]));
  it("hatch the period that is not over, and it alone", () => {
    expect(JSON.stringify(series[1]?.data[2])).toContain("decal");
    expect(JSON.stringify(series[1]?.data[1])).not.toContain("decal");
  });
  it("give each period a point from left to right, with its sum and change", () => {
    const xs = chart.points.map((p) => p.x);
    expect([...xs].sort((a, b) => a - b)).toEqual(xs);
    expect(chart.points[1]?.tip.title).toBe("Week of 9 Jun 2025");
    expect(chart.points[1]?.tip.footer).toBe("Total £95.00, +5.6%");
    expect(chart.points[2]?.tip.footer).toContain("period not over");
    expect(chart.points[2]?.tip.rows.find((r) => r.label === "Returning")?.value).toBe("–");
  });
  it("say of a first period that is cut that it begins before the range, not that it is not over", () => {
    const cut = seriesChart({ ...input, complete: [false, true, false], from: "2025-06-04" }, canvas);
    expect(cut.points[0]?.tip.footer).toContain("begins before the range");
    expect(cut.points[0]?.tip.footer).not.toContain("not over");
    expect(cut.points[2]?.tip.footer).toContain("period not over");
  });
  it("name the groups at their ends when there is room, and not when there is none", () => {
    expect(JSON.stringify(chart.option.graphic)).toContain("Returning");
    expect(seriesChart(input, { ...canvas, width: 330 }).option.graphic).toEqual([]);
  });
  it("dash from the third line on and draw bands", () => {
    const lines = seriesChart(
      {
        ...input,
        kind: "line",
        before: undefined,
        lines: ["a", "b", "c"].map((name) => ({ name, values: [1, 2, 3], low: [0, 1, 2], high: [2, 3, 4] })),
      },
      canvas,
    ).option.series as { name: string; lineStyle: { type?: unknown } }[];
    expect(lines.filter((l) => / (low|high)$/.test(l.name)).length).toBe(6);
    const whole = lines.filter((l) => ["a", "b", "c"].includes(l.name));
    expect(whole.filter((l) => Array.isArray(l.lineStyle.type)).map((l) => l.name)).toEqual(["c"]);
  });
});

describe("areas", () => {
  it("of a treemap are to scale and cover the room", () => {
    const rects = squarify([60, 30, 8, 2, 0], 400, 300);
    const areas = rects.map((r) => r.w * r.h);
    expect(areas.map((a) => Math.round(a / 1200))).toEqual([60, 30, 8, 2, 0]);
    for (const r of rects) {
      expect(r.x + r.w).toBeLessThanOrEqual(400.001);
      expect(r.y + r.h).toBeLessThanOrEqual(300.001);
    }
  });
  it("of a treemap do not overlap", () => {
    const rects = squarify([9, 7, 5, 3, 2, 1], 333, 222);
    for (const [i, a] of rects.entries()) {
      for (const b of rects.slice(i + 1)) {
        const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x);
        const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y);
        expect(Math.min(wide, high)).toBeLessThan(0.001);
      }
    }
  });
  it("are found by the pointer wherever it is in them", () => {
    const chart = treemapChart(
      [
        { name: "a", size: 3, shade: 1 },
        { name: "b", size: 1, shade: 2 },
      ],
      null,
      canvas,
    );
    for (const [i, point] of chart.points.entries()) {
      const box = point.box ?? { x: 0, y: 0, w: 0, h: 0 };
      expect(nearest(chart, box.x + 1, box.y + 1)).toBe(i);
    }
  });
  it("of a movement keep everybody", () => {
    const chart = movementChart(
      [
        { from: "A", to: "B", value: 30 },
        { from: "A", to: "A", value: 60 },
        { from: "B", to: "B", value: 10 },
      ],
      ["A", "B"],
      "A",
      canvas,
    );
    expect(chart.points.map((p) => p.tip.title).sort()).toEqual(["A to B", "Stayed A", "Stayed B"]);
  });
});

describe("a bridge", () => {
  it("ends where the changes lead", () => {
    const chart = bridgeChart(
      [
        { name: "Before", value: 100, end: true },
        { name: "up", value: 30, end: false },
        { name: "down", value: -10, end: false },
        { name: "Now", value: 120, end: true },
      ],
      canvas,
    );
    const xs = chart.points.map((p) => p.x);
    expect(xs[2]).toBeCloseTo(xs[3] ?? 0);
    expect(xs[1] ?? 0).toBeGreaterThan(xs[2] ?? 0);
  });
});

describe("keys and pointer", () => {
  it("move through the points and stay within", () => {
    expect(step("ArrowRight", null, 3)).toBe(0);
    expect(step("ArrowRight", 2, 3)).toBe(2);
    expect(step("ArrowLeft", null, 3)).toBe(2);
    expect(step("End", 0, 3)).toBe(2);
    expect(step("x", 0, 3)).toBeUndefined();
    expect(step("ArrowRight", null, 0)).toBeUndefined();
  });
  it("find the nearest dot, and none when none is near", () => {
    const axis = { label: "x", format: "count" as const, unit: "" };
    const chart = scatterChart(
      {
        points: [
          { name: "a", x: 0, y: 0 },
          { name: "b", x: 10, y: 10 },
        ],
        x: axis,
        y: axis,
      },
      canvas,
    );
    const b = chart.points[1] ?? { x: 0, y: 0 };
    expect(nearest(chart, b.x + 3, b.y - 3)).toBe(1);
    expect(nearest(chart, (b.x + (chart.points[0]?.x ?? 0)) / 2, b.y)).toBeNull();
  });
});
