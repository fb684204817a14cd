import type { Format } from "../../api/types";
import { type Day, periodName } from "../../lib/dates";
import { fullValue, none } from "../../lib/format";
import { type Canvas, type Chart, frame, type Tip, textStyle } from "../option";
import { niceScale, type Scale, spread, tickLabels } from "../scale";
import { timeLabels } from "../time";

export type SeriesKind = "stacked_bar" | "bar" | "line" | "area";

export interface SeriesLine {
  name: string;
  values: (number | null)[];
  low?: (number | null)[];
  high?: (number | null)[];
  /** What stands below the name at the line's end. */
  note?: string;
}

export interface SeriesInput {
  kind: SeriesKind;
  grain: string;
  times: Day[];
  lines: SeriesLine[];
  /** What the sum of the lines (or the one line) is compared with. */
  before?: SeriesLine;
  complete: boolean[];
  /** The first day that counts: a first period that begins before it is cut, not unfinished. */
  from?: Day;
  format: Format | undefined;
  unit: string;
  annotations: { day: Day; text: string }[];
}

const left = 40;

const add = (values: (number | null | undefined)[]): number | null => {
  const known = values.filter((v) => v !== null && v !== undefined);
  return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
};

export const isStacked = (kind: SeriesKind): boolean => kind === "stacked_bar" || kind === "area";
const isBar = (kind: SeriesKind): boolean => kind === "stacked_bar" || kind === "bar";

/** The scale of all that is drawn. A little below 0, such as a week of returns, takes no step of its own. */
function scaleOf(input: SeriesInput): Scale {
  const tops = input.times.map((_, i) =>
    isStacked(input.kind)
      ? add(input.lines.map((l) => ((l.values[i] ?? 0) > 0 ? l.values[i] : 0)))
      : Math.max(
          ...input.lines.flatMap((l) => [
            l.values[i] ?? Number.NEGATIVE_INFINITY,
            l.high?.[i] ?? Number.NEGATIVE_INFINITY,
          ]),
        ),
  );
  const bottoms = input.lines.flatMap((l) => [...l.values, ...(l.low ?? [])]).filter((v) => v !== null);
  const compared = (input.before?.values ?? []).filter((v) => v !== null);
  const all = [...tops.filter((v) => v !== null), ...compared].filter(Number.isFinite);
  const low = Math.min(...bottoms, ...compared);
  const high = Math.max(...all);
  const whole = niceScale(low, high);
  if (low >= 0 || low < -whole.step / 2) return whole;
  return { ...niceScale(0, high), min: low * 1.2 };
}

/** A chart over periods: bars, lines or areas, with the period before as a line of its own. */
export function seriesChart(input: SeriesInput, canvas: Canvas): Chart {
  const { tokens, width, height } = canvas;
  const wide = width >= 560 && (input.lines.length > 1 || input.before !== undefined);
  const right = wide ? 116 : 8;
  const top = input.annotations.length > 0 ? 32 : 16;
  const bottom = height - 40;
  const plot = width - left - right;
  const scale = scaleOf(input);
  const labels = tickLabels(scale, input.format, input.unit);
  const times = timeLabels(input.times, input.grain, plot);
  const gap = isBar(input.kind);
  const n = input.times.length;
  const xOf = (i: number): number => left + (gap ? ((i + 0.5) * plot) / n : n > 1 ? (i * plot) / (n - 1) : plot / 2);
  const yOf = (v: number): number => bottom - ((v - scale.min) / (scale.max - scale.min)) * (bottom - top);

  const series = [
    ...input.lines.flatMap((line, i) => bandSeries(line, i, tokens.cat[i % 8] ?? tokens.accent)),
    ...input.lines.map((line, i) => lineSeries(input, line, i, canvas)),
    ...(input.before ? beforeSeries(input, input.before, canvas) : []),
    ...(input.kind === "line" ? input.lines.flatMap((line, i) => hollow(input, line, i, canvas)) : []),
  ];
  const annotation = annotations(input, canvas, xOf, top);
  if (annotation && series[0]) Object.assign(series[series.length - 1] as object, { markLine: annotation });

  const option = {
    ...frame(canvas),
    aria: { enabled: true, label: { enabled: false }, decal: { show: true, decals: [{ color: "transparent" }] } },
    grid: { left, right, top, bottom: height - bottom },
    xAxis: {
      type: "category",
      data: input.times,
      boundaryGap: gap,
      axisLine: { onZero: true, lineStyle: { color: scale.min < 0 ? tokens.ink1 : tokens.ink3 } },
      axisTick: {
        show: true,
        alignWithLabel: true,
        interval: (i: number) => Boolean(times[i]),
        length: 4,
        lineStyle: { color: tokens.ruleStrong },
      },
      axisLabel: {
        ...textStyle(tokens),
        interval: (i: number) => Boolean(times[i]),
        formatter: (_: string, i: number) => times[i] ?? "",
        hideOverlap: false,
        lineHeight: 13,
        margin: 8,
      },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      min: scale.min,
      max: scale.max,
      interval: scale.step,
      axisLabel: {
        ...textStyle(tokens),
        margin: left,
        align: "left",
        customValues: scale.ticks,
        formatter: (v: number) => labels[scale.ticks.indexOf(Number(v.toPrecision(12)))] ?? "",
      },
      splitLine: { lineStyle: { color: tokens.rule } },
      axisLine: { show: false },
      axisTick: { show: false, customValues: scale.ticks },
    },
    graphic: wide ? endLabels(input, canvas, yOf, width - right + 10, top, bottom) : [],
    series,
  };
  return { option, points: points(input, canvas, xOf, yOf), nearest: "x", top, bottom };
}

function bandSeries(line: SeriesLine, index: number, color: string): Record<string, unknown>[] {
  if (!line.low || !line.high) return [];
  const common = {
    type: "line",
    stack: `band ${index}`,
    symbol: "none",
    lineStyle: { opacity: 0 },
    silent: true,
    stackStrategy: "all",
  };
  return [
    { ...common, name: `${line.name} low`, data: line.low },
    {
      ...common,
      name: `${line.name} high`,
      data: line.high.map((v, i) => (v === null || line.low?.[i] == null ? null : v - (line.low[i] ?? 0))),
      areaStyle: { color, opacity: 0.16 },
    },
  ];
}

function lineSeries(input: SeriesInput, line: SeriesLine, index: number, canvas: Canvas): Record<string, unknown> {
  const { tokens } = canvas;
  const color = tokens.cat[index % 8] ?? tokens.accent;
  if (isBar(input.kind)) {
    return {
      type: "bar",
      name: line.name,
      stack: input.kind === "stacked_bar" ? "all" : undefined,
      barCategoryGap: input.times.length > 120 ? "10%" : "22%",
      barMaxWidth: 48,
      itemStyle: {
        color,
        borderColor: tokens.surface,
        borderWidth: input.kind === "stacked_bar" && input.times.length < 200 ? 0.5 : 0,
      },
      data: line.values.map((value, i) =>
        input.complete[i] === false
          ? {
              value,
              itemStyle: {
                decal: {
                  symbol: "rect",
                  dashArrayX: [1, 0],
                  dashArrayY: [2, 4],
                  rotation: -Math.PI / 4,
                  color: tokens.surface,
                },
              },
            }
          : value,
      ),
    };
  }
  // A line leaves out what is not over yet; its mark is hollow.
  const whole =
    input.kind === "line" ? line.values.map((v, i) => (input.complete[i] === false ? null : v)) : line.values;
  const dashed = index >= 2;
  return {
    type: "line",
    name: line.name,
    stack: input.kind === "area" ? "all" : undefined,
    data: whole,
    symbol: input.times.length === 1 ? "circle" : "none",
    symbolSize: 6,
    connectNulls: false,
    lineStyle: { color, width: 2, type: dashed ? [5, 3] : "solid" },
    itemStyle: { color },
    areaStyle: input.kind === "area" ? { color, opacity: 0.85 } : undefined,
  };
}

/** The marks of periods that are not whole. */
function hollow(input: SeriesInput, line: SeriesLine, index: number, canvas: Canvas): Record<string, unknown>[] {
  const { tokens } = canvas;
  if (!input.complete.includes(false)) return [];
  return [
    {
      type: "scatter",
      name: `${line.name}, not over`,
      silent: true,
      symbolSize: 7,
      itemStyle: { color: tokens.surface, borderColor: tokens.cat[index % 8], borderWidth: 1.5 },
      data: line.values.map((v, i) => (input.complete[i] === false ? v : null)),
    },
  ];
}

function beforeSeries(input: SeriesInput, before: SeriesLine, canvas: Canvas): Record<string, unknown>[] {
  const { tokens } = canvas;
  const common = { type: "line", name: before.name, data: before.values, symbol: "none", silent: true };
  if (!isStacked(input.kind) && input.kind !== "bar") {
    return [{ ...common, z: 1, lineStyle: { color: tokens.ghost, width: 1.25 } }];
  }
  return [
    { ...common, z: 4, lineStyle: { color: tokens.surface, width: 4 } },
    { ...common, z: 5, lineStyle: { color: tokens.ink1, width: 1.25 } },
  ];
}

function annotations(input: SeriesInput, canvas: Canvas, xOf: (i: number) => number, top: number): unknown {
  const shown = input.annotations
    .map((a) => ({ ...a, at: input.times.findLastIndex((t) => t <= a.day) }))
    .filter((a) => a.at >= 0 && a.at < input.times.length);
  if (shown.length === 0) return null;
  const { tokens } = canvas;
  return {
    silent: true,
    symbol: "none",
    lineStyle: { color: tokens.ink3, type: [2, 2], width: 1 },
    data: shown.map((a) => {
      const late = xOf(a.at) > canvas.width * 0.6;
      return [
        {
          x: xOf(a.at),
          y: top - 16,
          label: {
            show: true,
            position: "start",
            formatter: a.text,
            color: tokens.ink2,
            fontSize: 11,
            align: late ? "right" : "left",
            verticalAlign: "top",
            distance: 0,
            offset: [late ? -6 : 6, -4],
            rotate: 0,
          },
        },
        { x: xOf(a.at), y: canvas.height - 40 },
      ];
    }),
  };
}

/** The names where the lines end, in their own colour, and what each came to. */
function endLabels(
  input: SeriesInput,
  canvas: Canvas,
  yOf: (v: number) => number,
  x: number,
  top: number,
  bottom: number,
): unknown[] {
  const { tokens } = canvas;
  const last = input.times.length - 1;
  let stack = 0;
  const found = input.lines.map((line, i) => {
    const value = line.values[last] ?? [...line.values].reverse().find((v) => v !== null) ?? 0;
    const at = isStacked(input.kind) ? stack + value / 2 : value;
    stack += value;
    return { name: line.name, note: line.note, at: yOf(at), color: tokens.catText[i % 8] ?? tokens.ink1 };
  });
  if (input.before) {
    const value = input.before.values[last] ?? [...input.before.values].reverse().find((v) => v !== null) ?? 0;
    found.push({
      name: input.before.name,
      note: input.before.note,
      at: yOf(value),
      color: isStacked(input.kind) ? tokens.ink1 : tokens.ink2,
    });
  }
  const places = spread(
    found.map((f) => f.at - 8),
    30,
    top - 8,
    bottom - 24,
  );
  return found.flatMap((one, i) => {
    const y = places[i] ?? one.at;
    const label = one.name.length > 16 ? `${one.name.slice(0, 15)}…` : one.name;
    return [
      { type: "text", silent: true, x, y, style: { text: label, fill: one.color, font: `500 12px ${tokens.font}` } },
      {
        type: "text",
        silent: true,
        x,
        y: y + 14,
        style: { text: one.note ?? "", fill: tokens.ink2, font: `11px ${tokens.font}` },
      },
    ];
  });
}

function points(
  input: SeriesInput,
  canvas: Canvas,
  xOf: (i: number) => number,
  yOf: (v: number) => number,
): Chart["points"] {
  const { tokens } = canvas;
  const show = (v: number | null | undefined): string =>
    v === null || v === undefined ? none : fullValue(v, input.format, input.unit);
  return input.times.map((time, i) => {
    const total = add(input.lines.map((l) => l.values[i]));
    const rows: Tip["rows"] = [...input.lines.entries()].reverse().map(([index, line]) => ({
      label: line.name,
      value:
        show(line.values[i]) +
        (line.low?.[i] != null && line.high?.[i] != null ? ` (${show(line.low[i])}–${show(line.high[i])})` : ""),
      color: tokens.cat[index % 8],
      line: !isBar(input.kind),
    }));
    const before = input.before?.values[i];
    if (input.before)
      rows.push({
        label: input.before.name,
        value: show(before),
        color: isStacked(input.kind) ? tokens.ink1 : tokens.ghost,
        line: true,
      });
    const parts: string[] = [];
    if (isStacked(input.kind) && input.lines.length > 1) parts.push(`Total ${show(total)}`);
    if (total !== null && before != null && before !== 0 && input.format !== "share") {
      const rate = ((total - before) / Math.abs(before)) * 100;
      parts.push(`${rate < 0 ? "−" : "+"}${Math.abs(rate).toFixed(1)}%`);
    }
    if (input.complete[i] === false)
      parts.push(input.from !== undefined && time < input.from ? "begins before the range" : "period not over");
    return {
      x: xOf(i),
      y: yOf(total ?? 0),
      tip: { title: periodName(time, input.grain), rows, footer: parts.join(", ") || undefined },
    };
  });
}
