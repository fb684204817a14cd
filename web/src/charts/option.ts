import type { EChartsCoreOption } from "echarts/core";
import type { Tokens } from "./tokens";

export type ChartOption = EChartsCoreOption;

/** What a chart is drawn for. */
export interface Canvas {
  width: number;
  height: number;
  tokens: Tokens;
  currency: string;
}

/** A tooltip: a title, rows with a key, one line below. */
export interface Tip {
  title: string;
  rows: { label: string; value: string; color?: string; line?: boolean }[];
  footer?: string;
}

/** The room that a point fills, for marks that are no dots. */
export interface Box {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** A chart: what the library draws, and how the reader moves through its points. */
export interface Chart {
  option: ChartOption;
  /** Where the points stand, in pixels of the chart: arrow keys go through them, the pointer finds the nearest. */
  points: { x: number; y: number; tip: Tip; box?: Box }[];
  /** "x": the nearest by x alone, with a line through it; "xy": the nearest by both. */
  nearest: "x" | "xy";
  /** The plot, for the line. */
  top: number;
  bottom: number;
}

export const textStyle = (tokens: Tokens, size = 11): Record<string, unknown> => ({
  fontFamily: tokens.font,
  fontSize: size,
  color: tokens.ink3,
});

/** What all charts have: no motion but that of data, no tooltip of the library's own. */
export const frame = (canvas: Canvas): Record<string, unknown> => ({
  textStyle: textStyle(canvas.tokens),
  animationDuration: 0,
  animationDurationUpdate: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 220,
  animationEasingUpdate: "cubicOut",
});
