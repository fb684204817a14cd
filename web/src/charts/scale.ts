import type { Format } from "../api/types";
import { currencySymbol } from "../lib/format";

/** An axis: its ends, and the ticks between, all round numbers. */
export interface Scale {
  min: number;
  max: number;
  step: number;
  ticks: number[];
}

/** The round scale that holds the values; it holds 0 as well unless told otherwise. */
export function niceScale(low: number, high: number, wanted = 4, fromZero = true): Scale {
  let min = fromZero ? Math.min(0, low) : low;
  let max = fromZero ? Math.max(0, high) : high;
  if (!Number.isFinite(min) || !Number.isFinite(max)) {
    min = 0;
    max = 1;
  }
  if (min === max) max = min + (min === 0 ? 1 : Math.abs(min) / 2);
  const raw = (max - min) / wanted;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = ([1, 2, 2.5, 5, 10].find((m) => m * power >= raw * 0.999) ?? 10) * power;
  const first = Math.floor(min / step + 1e-9) * step;
  const last = Math.ceil(max / step - 1e-9) * step;
  const ticks = Array.from({ length: Math.round((last - first) / step) + 1 }, (_, i) =>
    Number((first + i * step).toPrecision(12)),
  );
  return { min: first, max: last, step, ticks };
}

const units: [number, string][] = [
  [1e9, "bn"],
  [1e6, "m"],
  [1e3, "k"],
];

/** The ticks' labels: the unit stands on the top one only. */
export function tickLabels(scale: Scale, format: Format | undefined, unit: string): string[] {
  if (format === "share" || format === "pp") {
    const digits = scale.step * 100 < 1 ? 1 : 0;
    return scale.ticks.map((t, i) => {
      const text = (t * 100).toFixed(digits).replace("-", "−");
      return i === scale.ticks.length - 1 ? `${text}${format === "pp" ? " pp" : "%"}` : text;
    });
  }
  const size = Math.max(Math.abs(scale.min), Math.abs(scale.max));
  const [by, letter] = size >= 10_000 ? (units.find(([u]) => size >= u) ?? [1, ""]) : [1, ""];
  const digits = Math.max(0, Math.min(2, -Math.floor(Math.log10(scale.step / by) + 1e-9)));
  const fractional = scale.ticks.some((t) => !Number.isInteger(Number((t / by).toFixed(4))));
  return scale.ticks.map((t, i) => {
    const shown = Math.abs(t / by).toLocaleString("en-GB", {
      minimumFractionDigits: 0,
      maximumFractionDigits: fractional ? Math.max(1, digits) : 0,
    });
    const sign = t < 0 ? "−" : "";
    if (i < scale.ticks.length - 1) return sign + shown;
    const before = format === "money" ? currencySymbol(unit) : "";
    const after = format === "days" ? " d" : format === "hours" ? " h" : "";
    return `${sign}${before}${shown}${letter}${after}`;
  });
}

/** Puts labels that would overlap apart, keeping their order and staying between the ends. */
export function spread(wanted: number[], height: number, from: number, to: number): number[] {
  const order = wanted.map((at, i) => ({ at, i })).sort((a, b) => a.at - b.at);
  let floor = from;
  for (const one of order) {
    one.at = Math.max(one.at, floor);
    floor = one.at + height;
  }
  let roof = to;
  for (const one of [...order].reverse()) {
    one.at = Math.min(one.at, roof);
    roof = one.at - height;
  }
  const out = [...wanted];
  for (const one of order) out[one.i] = one.at;
  return out;
}

/** Which of the steps 1 to 9 of a sequential scale a value has. */
export function seqStep(value: number, low: number, high: number): number {
  if (!(high > low)) return 5;
  return Math.max(1, Math.min(9, 1 + Math.floor((9 * (value - low)) / (high - low))));
}
