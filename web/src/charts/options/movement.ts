import { count } from "../../lib/format";
import { type Canvas, type Chart, frame } from "../option";
import { spread } from "../scale";

export interface Flow {
  from: string;
  to: string;
  value: number;
}

/** A band between two heights as a polygon: a cosine-like curve, sampled. */
function ribbon(x0: number, y0: number, x1: number, y1: number, h: number): [number, number][] {
  const edge = (offset: number): [number, number][] =>
    Array.from({ length: 25 }, (_, i) => {
      const t = i / 24;
      const s = t * t * (3 - 2 * t);
      return [x0 + t * (x1 - x0), y0 + s * (y1 - y0) + offset];
    });
  return [...edge(0), ...edge(h).reverse()];
}

/** Who moved from which group to which: groups on both sides to scale, the moves to and from one of them in colour. */
export function movementChart(flows: Flow[], order: string[], selected: string | null, canvas: Canvas): Chart {
  const { tokens, width, height } = canvas;
  const label = Math.min(170, width * 0.28);
  const [x0, x1] = [label + 8, width - label - 8];
  const gap = 12;
  const sides = (["from", "to"] as const).map((side) => {
    const names = order.filter((name) => flows.some((f) => f[side] === name));
    const sums = names.map((name) => flows.filter((f) => f[side] === name).reduce((a, f) => a + f.value, 0));
    return { names, sums };
  });
  const most = Math.max(...sides.map((s) => s.names.length));
  const total = Math.max(1, ...sides.map((s) => s.sums.reduce((a, b) => a + b, 0)));
  const perUnit = Math.max(0, height - 16 - gap * (most - 1)) / total;
  const tops = sides.map((side) => {
    let y = 8;
    return side.sums.map((sum) => {
      const at = y;
      y += sum * perUnit + gap;
      return at;
    });
  });
  const graphic: unknown[] = [];
  const points: Chart["points"] = [];
  const used = sides.map((s) => s.names.map(() => 0));
  const sorted = [...flows].sort(
    (a, b) => order.indexOf(a.from) - order.indexOf(b.from) || order.indexOf(a.to) - order.indexOf(b.to),
  );
  for (const flow of sorted) {
    const a = sides[0]?.names.indexOf(flow.from) ?? -1;
    const b = sides[1]?.names.indexOf(flow.to) ?? -1;
    const h = flow.value * perUnit;
    const ya = (tops[0]?.[a] ?? 0) + (used[0]?.[a] ?? 0);
    const yb = (tops[1]?.[b] ?? 0) + (used[1]?.[b] ?? 0);
    if (used[0]) used[0][a] = (used[0][a] ?? 0) + h;
    if (used[1]) used[1][b] = (used[1][b] ?? 0) + h;
    const stays = flow.from === flow.to;
    const into = !stays && flow.to === selected;
    const out = !stays && flow.from === selected;
    const fill = into ? tokens.accent : out ? tokens.cat[1] : tokens.ruleStrong;
    graphic.push({
      type: "polygon",
      silent: true,
      z: into || out ? 3 : 1,
      shape: { points: ribbon(x0 + 6, ya, x1 - 6, yb, Math.max(0.5, h)) },
      style: { fill, opacity: into || out ? 0.75 : 0.35 },
    });
    points.push({
      x: (x0 + x1) / 2,
      y: (ya + yb + h) / 2,
      tip: {
        title: stays ? `Stayed ${flow.from}` : `${flow.from} to ${flow.to}`,
        rows: [{ label: "Customers", value: count(flow.value) }],
      },
    });
  }
  sides.forEach((side, s) => {
    const places = spread(
      side.names.map((_, i) => (tops[s]?.[i] ?? 0) + ((side.sums[i] ?? 0) * perUnit) / 2 - 7),
      15,
      0,
      height - 15,
    );
    side.names.forEach((name, i) => {
      const own = name === selected;
      graphic.push(
        {
          type: "rect",
          silent: true,
          z: 4,
          shape: {
            x: s === 0 ? x0 : x1 - 6,
            y: tops[s]?.[i] ?? 0,
            width: 6,
            height: Math.max(1, (side.sums[i] ?? 0) * perUnit),
          },
          style: { fill: own ? tokens.ink1 : tokens.ghost },
        },
        {
          type: "text",
          silent: true,
          z: 5,
          x: s === 0 ? x0 - 6 : x1 + 6,
          y: places[i] ?? 0,
          style: {
            text: s === 0 ? `${name}  ${count(side.sums[i] ?? 0)}` : `${count(side.sums[i] ?? 0)}  ${name}`,
            align: s === 0 ? "right" : "left",
            fill: own ? tokens.ink1 : tokens.ink2,
            font: `${own ? 500 : 400} 12px ${tokens.font}`,
            width: label,
            overflow: "truncate",
          },
        },
      );
    });
  });
  return { option: { ...frame(canvas), graphic, series: [] }, points, nearest: "xy", top: 0, bottom: height };
}
