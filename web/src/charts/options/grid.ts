import { type Canvas, type ChartOption, frame } from "../option";

/** A table of shaded cells as a picture: what heat maps and score grids become in an exported file. */
export interface Cells {
  rows: string[];
  columns: string[];
  /** Text and step of 1 to 9 of each cell, by row; null for an empty one. */
  cells: ({ text: string; step: number; part?: boolean } | null)[][];
}

export const gridHeight = (cells: Cells): number => 24 + cells.rows.length * 26;

export function gridOption(cells: Cells, canvas: Canvas): ChartOption {
  const { tokens, width } = canvas;
  const head = Math.max(60, ...cells.rows.map((r) => r.length * 6.6 + 12));
  const w = (width - head) / Math.max(1, cells.columns.length);
  const font = (size: number): string => `${size}px ${tokens.font}`;
  const graphic: unknown[] = cells.columns.map((text, i) => ({
    type: "text",
    x: head + (i + 0.5) * w,
    y: 4,
    style: { text, align: "center", fill: tokens.ink3, font: font(11) },
  }));
  cells.rows.forEach((name, r) => {
    const y = 24 + r * 26;
    graphic.push({ type: "text", x: 0, y: y + 7, style: { text: name, fill: tokens.ink2, font: font(12) } });
    (cells.cells[r] ?? []).forEach((cell, c) => {
      if (!cell) return;
      graphic.push(
        {
          type: "rect",
          shape: { x: head + c * w + 0.5, y: y + 0.5, width: w - 1, height: 25 },
          style: { fill: tokens.seq[cell.step - 1], opacity: cell.part ? 0.55 : 1 },
        },
        {
          type: "text",
          x: head + (c + 0.5) * w,
          y: y + 7,
          style: {
            text: cell.text,
            align: "center",
            fill: cell.part ? tokens.ink1 : tokens.onSeq[cell.step - 1],
            font: font(12),
          },
        },
      );
    });
  });
  return { ...frame(canvas), graphic, series: [] };
}
