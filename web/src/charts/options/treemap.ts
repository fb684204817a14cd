import { count, shortMoney } from "../../lib/format";
import { type Canvas, type Chart, frame } from "../option";
import { seqStep } from "../scale";

export interface Area {
  name: string;
  size: number;
  /** What the shade stands for; null for none. */
  shade: number | null;
}

interface Rect {
  x: number;
  y: number;
  w: number;
  h: number;
}

/** Squarified treemap (Bruls, Huizing, van Wijk 2000): areas to scale, rectangles as square as they can be. */
export function squarify(sizes: number[], width: number, height: number): Rect[] {
  const total = sizes.reduce((a, b) => a + b, 0);
  const out: Rect[] = sizes.map(() => ({ x: 0, y: 0, w: 0, h: 0 }));
  if (!(total > 0)) return out;
  const order = sizes.map((size, i) => ({ area: (size / total) * width * height, i })).filter((o) => o.area > 0);
  order.sort((a, b) => b.area - a.area);
  let box: Rect = { x: 0, y: 0, w: width, h: height };
  let row: typeof order = [];
  const worst = (list: typeof order, side: number): number => {
    const sum = list.reduce((a, b) => a + b.area, 0);
    const areas = list.map((o) => o.area);
    return Math.max((side ** 2 * Math.max(...areas)) / sum ** 2, sum ** 2 / (side ** 2 * Math.min(...areas)));
  };
  const lay = (): void => {
    const sum = row.reduce((a, b) => a + b.area, 0);
    const upright = box.w >= box.h;
    const depth = sum / (upright ? box.h : box.w);
    let along = upright ? box.y : box.x;
    for (const one of row) {
      const length = one.area / depth;
      out[one.i] = upright ? { x: box.x, y: along, w: depth, h: length } : { x: along, y: box.y, w: length, h: depth };
      along += length;
    }
    box = upright
      ? { x: box.x + depth, y: box.y, w: box.w - depth, h: box.h }
      : { x: box.x, y: box.y + depth, w: box.w, h: box.h - depth };
    row = [];
  };
  for (const one of order) {
    const side = Math.min(box.w, box.h);
    if (row.length > 0 && worst([...row, one], side) > worst(row, side)) lay();
    row.push(one);
  }
  if (row.length > 0) lay();
  return out;
}

export const shadeRange = (areas: Area[]): [number, number] => {
  const known = areas.map((a) => a.shade).filter((v) => v !== null);
  return known.length > 0 ? [Math.min(...known), Math.max(...known)] : [0, 0];
};

/** The areas as rectangles: customers by size, revenue per customer by shade. */
export function treemapChart(areas: Area[], selected: string | null, canvas: Canvas): Chart {
  const { tokens, width, height, currency } = canvas;
  const [low, high] = shadeRange(areas);
  const rects = squarify(
    areas.map((a) => a.size),
    width,
    height,
  );
  const graphic: unknown[] = [];
  areas.forEach((area, i) => {
    const rect = rects[i];
    if (!rect || rect.w <= 0) return;
    const step = area.shade === null ? 1 : seqStep(area.shade, low, high);
    graphic.push({
      type: "rect",
      silent: true,
      z: 1,
      shape: { x: rect.x + 0.5, y: rect.y + 0.5, width: Math.max(0, rect.w - 1), height: Math.max(0, rect.h - 1) },
      style: { fill: tokens.seq[step - 1] },
    });
    const fill = tokens.onSeq[step - 1];
    const lines = [area.name, count(area.size), area.shade === null ? "" : `${shortMoney(area.shade, currency)} each`];
    lines.forEach((text, line) => {
      if (rect.h < 22 + line * 15 || rect.w < 44) return;
      graphic.push({
        type: "text",
        silent: true,
        z: 2,
        x: rect.x + 8,
        y: rect.y + 8 + line * 15,
        style: {
          text,
          fill,
          font: `${line === 0 ? 500 : 400} ${line === 0 ? 12 : 11}px ${tokens.font}`,
          width: rect.w - 14,
          overflow: "truncate",
          ellipsis: "…",
        },
      });
    });
    if (area.name === selected) {
      graphic.push({
        type: "rect",
        silent: true,
        z: 3,
        shape: { x: rect.x + 1, y: rect.y + 1, width: rect.w - 2, height: rect.h - 2 },
        style: { fill: "transparent", stroke: tokens.ink1, lineWidth: 2 },
      });
    }
  });
  return {
    option: { ...frame(canvas), graphic, series: [] },
    points: areas.map((area, i) => {
      const rect = rects[i] ?? { x: 0, y: 0, w: 0, h: 0 };
      return {
        x: rect.x + rect.w / 2,
        y: rect.y + rect.h / 2,
        box: rect,
        tip: {
          title: area.name,
          rows: [
            { label: "Customers", value: count(area.size) },
            ...(area.shade === null
              ? []
              : [{ label: "Revenue per customer", value: shortMoney(area.shade, currency) }]),
          ],
        },
      };
    }),
    nearest: "xy",
    top: 0,
    bottom: height,
  };
}
