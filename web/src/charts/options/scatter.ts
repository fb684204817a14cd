import type { Format } from "../../api/types";
import { fullValue } from "../../lib/format";
import { type Canvas, type Chart, frame, textStyle } from "../option";
import { niceScale, tickLabels } from "../scale";

export interface ScatterInput {
  points: { name: string; x: number; y: number }[];
  x: { label: string; format: Format | undefined; unit: string };
  y: { label: string; format: Format | undefined; unit: string };
}

/** One dot a row. Many dots are drawn in one stroke, small and see-through, so that crowds show as darkness. */
export function scatterChart(input: ScatterInput, canvas: Canvas): Chart {
  const { tokens, width, height } = canvas;
  const left = 48;
  const right = 12;
  const top = 24;
  const bottom = height - 40;
  const bounds = (key: "x" | "y"): [number, number] => {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (const p of input.points) {
      if (p[key] < low) low = p[key];
      if (p[key] > high) high = p[key];
    }
    return [low, high];
  };
  const xs = niceScale(...bounds("x"), Math.max(2, Math.floor(width / 110)));
  const ys = niceScale(...bounds("y"));
  const xLabels = tickLabels(xs, input.x.format, input.x.unit);
  const yLabels = tickLabels(ys, input.y.format, input.y.unit);
  const crowd = input.points.length > 2000;
  const xOf = (v: number): number => left + ((v - xs.min) / (xs.max - xs.min)) * (width - left - right);
  const yOf = (v: number): number => bottom - ((v - ys.min) / (ys.max - ys.min)) * (bottom - top);
  const axis = (labels: string[]): Record<string, unknown> => ({
    type: "value",
    axisLine: { lineStyle: { color: tokens.ink3 } },
    axisTick: { show: false },
    axisLabel: { ...textStyle(tokens), formatter: (_: number, i: number) => labels[i] ?? "" },
    splitLine: { lineStyle: { color: tokens.rule } },
  });
  return {
    option: {
      ...frame(canvas),
      grid: { left, right, top, bottom: height - bottom },
      xAxis: {
        ...axis(xLabels),
        min: xs.min,
        max: xs.max,
        interval: xs.step,
        splitLine: { show: false },
        name: input.x.label,
        nameLocation: "middle",
        nameGap: 26,
        nameTextStyle: textStyle(tokens),
      },
      yAxis: { ...axis(yLabels), min: ys.min, max: ys.max, interval: ys.step, axisLine: { show: false } },
      graphic: [
        {
          type: "text",
          silent: true,
          x: 0,
          y: 0,
          style: { text: input.y.label, fill: tokens.ink3, font: `11px ${tokens.font}` },
        },
      ],
      series: [
        {
          type: "scatter",
          large: crowd,
          largeThreshold: 2000,
          symbolSize: crowd ? 2.5 : 7,
          silent: true,
          itemStyle: { color: tokens.accent, opacity: crowd ? 0.35 : 0.8 },
          data: input.points.map((p) => [p.x, p.y]),
        },
      ],
    },
    // The words are made when a dot is pointed at: of fifty thousand, one is.
    points: input.points.map((p) => ({
      x: xOf(p.x),
      y: yOf(p.y),
      get tip() {
        return {
          title: p.name,
          rows: [
            { label: input.x.label, value: fullValue(p.x, input.x.format, input.x.unit) },
            { label: input.y.label, value: fullValue(p.y, input.y.format, input.y.unit) },
          ],
        };
      },
    })),
    nearest: "xy",
    top,
    bottom,
  };
}
