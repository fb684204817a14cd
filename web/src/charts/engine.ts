/** The chart library with the parts that are used; loaded when the first chart is drawn. */
import { BarChart, LineChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GraphicComponent, GridComponent, MarkLineComponent } from "echarts/components";
import { type EChartsType, init, use } from "echarts/core";
import { CanvasRenderer, SVGRenderer } from "echarts/renderers";
import type { ChartOption } from "./option";

use([
  BarChart,
  LineChart,
  ScatterChart,
  AriaComponent,
  GraphicComponent,
  GridComponent,
  MarkLineComponent,
  CanvasRenderer,
  SVGRenderer,
]);

export type Drawing = EChartsType;

export const draw = (element: HTMLElement): Drawing => init(element, null, { renderer: "canvas" });

/** The chart as an SVG document. */
export function svgOf(option: ChartOption, width: number, height: number): string {
  const chart = init(null, null, { renderer: "svg", ssr: true, width, height });
  chart.setOption({ ...option, animation: false });
  const text = chart.renderToSVGString();
  chart.dispose();
  return text;
}

/** The chart as a picture, twice as fine as the screen shows it. */
export async function pngOf(option: ChartOption, width: number, height: number, background: string): Promise<Blob> {
  const canvas = document.createElement("canvas");
  const chart = init(canvas, null, { renderer: "canvas", devicePixelRatio: 2, width, height });
  chart.setOption({ ...option, animation: false, backgroundColor: background });
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, "image/png"));
  chart.dispose();
  if (!blob) throw new Error("the browser could not make the picture");
  return blob;
}
