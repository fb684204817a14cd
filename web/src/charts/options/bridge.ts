import { fullMoney, shortMoney, signedMoney } from "../../lib/format";
import { type Canvas, type Chart, frame } from "../option";
import { niceScale } from "../scale";

export interface Step {
  name: string;
  /** The total for the ends, the change for what lies between. */
  value: number;
  end: boolean;
}

/** A bridge from one total to another: horizontal bars, each beginning where the one before ended. */
export function bridgeChart(steps: Step[], canvas: Canvas): Chart {
  const { tokens, width, height, currency } = canvas;
  const label = Math.min(130, Math.max(84, width * 0.26));
  const right = 76;
  let level = 0;
  const bars = steps.map((step) => {
    const from = step.end ? 0 : level;
    level = step.end ? step.value : level + step.value;
    return { ...step, from, to: level };
  });
  const ends = bars.flatMap((b) => [b.from, b.to]);
  const scale = niceScale(Math.min(...ends), Math.max(...ends), 4);
  const low = Math.min(0, ...ends);
  const high = Math.max(...ends, low + 1);
  const row = height / steps.length;
  const xOf = (v: number): number => label + ((v - low) / (high - low)) * (width - label - right);
  const graphic: unknown[] = [];
  bars.forEach((bar, i) => {
    const y = i * row;
    const middle = y + row / 2;
    const x0 = Math.min(xOf(bar.from), xOf(bar.to));
    const x1 = Math.max(xOf(bar.from), xOf(bar.to), x0 + 1);
    const color = bar.end
      ? i === 0
        ? tokens.ghost
        : tokens.accent
      : bar.value < 0
        ? tokens.negativeMark
        : tokens.positiveMark;
    graphic.push(
      {
        type: "text",
        silent: true,
        x: 0,
        y: middle - 7,
        style: {
          text: bar.name.length > 20 ? `${bar.name.slice(0, 19)}…` : bar.name,
          fill: tokens.ink1,
          font: `12px ${tokens.font}`,
          width: label - 8,
          overflow: "truncate",
        },
      },
      {
        type: "rect",
        silent: true,
        shape: { x: x0, y: y + row * 0.17, width: x1 - x0, height: row * 0.66 },
        style: { fill: color },
      },
    );
    const text = bar.end ? shortMoney(bar.value, currency) : signedMoney(bar.value, currency);
    const inside = !bar.end && x1 + 8 + text.length * 7 > width;
    graphic.push({
      type: "text",
      silent: true,
      x: inside ? x0 - 6 : x1 + 6,
      y: middle - 7,
      style: {
        text,
        align: inside ? "right" : "left",
        fill: bar.end ? tokens.ink1 : bar.value < 0 ? tokens.negative : tokens.positive,
        font: `${bar.end ? 500 : 400} 12px ${tokens.font}`,
      },
    });
    const next = bars[i + 1];
    if (next) {
      const x = Math.round(xOf(bar.to)) + 0.5;
      graphic.push({
        type: "line",
        silent: true,
        shape: { x1: x, y1: y + row * 0.83, x2: x, y2: y + row * 1.17 },
        style: { stroke: tokens.ink3, lineWidth: 1 },
      });
    }
  });
  const zero = Math.round(xOf(0)) + 0.5;
  graphic.push({
    type: "line",
    silent: true,
    shape: { x1: zero, y1: 0, x2: zero, y2: height },
    style: { stroke: tokens.ink3, lineWidth: 1 },
  });
  return {
    option: {
      ...frame(canvas),
      graphic,
      xAxis: { show: false, min: scale.min, max: scale.max },
      yAxis: { show: false },
      grid: { left: 0, right: 0, top: 0, bottom: 0 },
      series: [],
    },
    points: bars.map((bar, i) => ({
      x: xOf(bar.to),
      y: i * row + row / 2,
      tip: { title: bar.name, rows: [{ label: bar.end ? "Total" : "Change", value: fullMoney(bar.value, currency) }] },
    })),
    nearest: "xy",
    top: 0,
    bottom: height,
  };
}
