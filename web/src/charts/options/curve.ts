import { count, interval, share } from "../../lib/format";
import { type Canvas, type Chart, frame, textStyle } from "../option";
import { niceScale, tickLabels } from "../scale";

export interface CurvePoint {
  month: number;
  value: number;
  low: number | null;
  high: number | null;
  n: number | null;
}

/** A line over the months since something began, with a band that is 95 % sure. */
export function curveChart(points: CurvePoint[], canvas: Canvas): Chart {
  const { tokens, width, height } = canvas;
  const left = 40;
  const right = 12;
  const top = 12;
  const bottom = height - 28;
  const months = points.map((p) => p.month);
  const scale = niceScale(0, Math.max(0.01, ...points.map((p) => p.high ?? p.value)));
  const labels = tickLabels(scale, "share", "");
  const plot = width - left - right;
  const [first, last] = [months[0] ?? 0, Math.max(months[months.length - 1] ?? 1, (months[0] ?? 0) + 1)];
  const every = [1, 2, 3, 6, 12].find((n) => (last - first) / n <= plot / 40) ?? 24;
  const xOf = (m: number): number => left + ((m - first) / (last - first)) * plot;
  const yOf = (v: number): number => bottom - (v / scale.max) * (bottom - top);
  const band = { type: "line", stack: "band", symbol: "none", silent: true, lineStyle: { opacity: 0 } };
  return {
    option: {
      ...frame(canvas),
      grid: { left, right, top, bottom: height - bottom },
      xAxis: {
        type: "value",
        min: first,
        max: last,
        interval: every,
        axisLine: { lineStyle: { color: tokens.ink3 } },
        axisTick: { show: false },
        splitLine: { show: false },
        axisLabel: {
          ...textStyle(tokens),
          formatter: (v: number) => (v % every === first % every ? String(v) : ""),
        },
      },
      yAxis: {
        type: "value",
        min: 0,
        max: scale.max,
        interval: scale.step,
        axisLabel: {
          ...textStyle(tokens),
          margin: left,
          align: "left",
          formatter: (_: number, i: number) => labels[i] ?? "",
        },
        splitLine: { lineStyle: { color: tokens.rule } },
        axisLine: { show: false },
        axisTick: { show: false },
      },
      series: [
        { ...band, data: points.map((p) => [p.month, p.low ?? p.value]) },
        {
          ...band,
          data: points.map((p) => [p.month, (p.high ?? p.value) - (p.low ?? p.value)]),
          areaStyle: { color: tokens.accent, opacity: 0.16 },
        },
        {
          type: "line",
          symbol: "circle",
          symbolSize: 4,
          silent: true,
          lineStyle: { color: tokens.accent, width: 2 },
          itemStyle: { color: tokens.accent },
          data: points.map((p) => [p.month, p.value]),
        },
      ],
    },
    points: points.map((p) => ({
      x: xOf(p.month),
      y: yOf(p.value),
      tip: {
        title: `Month ${p.month} after the first order`,
        rows: [
          { label: "Buying", value: share(p.value), color: tokens.accent, line: true },
          ...(p.low !== null && p.high !== null
            ? [{ label: "95%", value: interval(p.low, p.high, (v) => share(v)) }]
            : []),
          ...(p.n !== null ? [{ label: "Customers observed", value: count(p.n) }] : []),
        ],
      },
    })),
    nearest: "x",
    top,
    bottom,
  };
}
