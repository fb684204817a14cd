import { type Canvas, type ChartOption, frame } from "../option";

/** Named values as horizontal bars or dots; what lists and dumbbells become in an exported file. */
export interface Bar {
  name: string;
  value: number;
  text: string;
  /** A second value, in grey, on the same scale. */
  other?: number;
}

export const barsHeight = (bars: Bar[]): number => Math.max(1, bars.length) * 28;

export function barsOption(bars: Bar[], kind: "bars" | "dots", canvas: Canvas): ChartOption {
  const { tokens, width } = canvas;
  const label = Math.min(180, width * 0.35);
  const high = Math.max(1e-9, ...bars.flatMap((b) => [b.value, b.other ?? 0]));
  const xOf = (v: number): number => label + (Math.max(0, v) / high) * (width - label - 84);
  const graphic: unknown[] = bars.flatMap((bar, i) => {
    const y = i * 28;
    const marks: unknown[] =
      kind === "bars"
        ? [
            {
              type: "rect",
              shape: { x: label, y: y + 7, width: xOf(bar.value) - label, height: 14 },
              style: { fill: tokens.accent },
            },
          ]
        : [
            {
              type: "line",
              shape: { x1: xOf(bar.other ?? 0), y1: y + 14, x2: xOf(bar.value), y2: y + 14 },
              style: { stroke: tokens.ruleStrong, lineWidth: 2 },
            },
            { type: "circle", shape: { cx: xOf(bar.other ?? 0), cy: y + 14, r: 4.5 }, style: { fill: tokens.ghost } },
            { type: "circle", shape: { cx: xOf(bar.value), cy: y + 14, r: 4.5 }, style: { fill: tokens.accent } },
          ];
    return [
      {
        type: "text",
        x: 0,
        y: y + 8,
        style: {
          text: bar.name,
          fill: tokens.ink1,
          font: `12px ${tokens.font}`,
          width: label - 8,
          overflow: "truncate",
        },
      },
      ...marks,
      {
        type: "text",
        x: width,
        y: y + 8,
        style: { text: bar.text, align: "right", fill: tokens.ink1, font: `12px ${tokens.font}` },
      },
    ];
  });
  return { ...frame(canvas), graphic, series: [] };
}
