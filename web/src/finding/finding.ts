import type { Format, Period, QueryResult } from "../api/types";
import { addDays } from "../lib/dates";
import { change, count, fullValue, none, share, shortValue, signedPoints, signedShare } from "../lib/format";
import { cell, columnAt, metricColumn, nameOf } from "../lib/result";
import { type Call, evaluate, type Row, type Scope, truth, type Value } from "./evaluate";
import { parseExpression, parseSentence } from "./parse";

/** One way to put a finding; the first whose condition holds is taken. */
export interface FindingCase {
  when?: string;
  text: string;
}

/** Values that pages add to what the result itself gives. */
export type Extra = Record<string, number | string | boolean | null>;

/**
 * The sentence for a result, or "" when no case holds. `result` has one row a group
 * (or one row alone), never a row a period: shares and changes are those of the
 * whole range. A sentence that would name what is not known is passed over for the next.
 * A template that can't be read gives "", so that the data still shows.
 */
export function finding(cases: FindingCase[], result: QueryResult | null, currency: string, extra: Extra = {}): string {
  try {
    const scope = scopeOf(result, currency, extra);
    for (const one of cases) {
      if (one.when !== undefined && !truth(evaluate(parseExpression(one.when), scope))) continue;
      const text = sentence(one.text, scope);
      if (text !== null) return text;
    }
    return "";
  } catch {
    return "";
  }
}

/** A sentence with its values; null when one of them is not known. */
function sentence(text: string, scope: Scope): string | null {
  const out: string[] = [];
  for (const piece of parseSentence(text)) {
    const value = typeof piece === "string" ? piece : evaluate(piece, scope);
    const said = value !== null && typeof value === "object" ? String(value.name ?? "") : String(value ?? none);
    if (typeof piece !== "string" && said === none) return null;
    out.push(said);
  }
  return capital(out.join("").replaceAll(/\s+/g, " ").trim());
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const numeric = (value: Value | undefined): number | null => (typeof value === "number" ? value : null);

/** What a period is compared with: what ends where it begins is the period before. */
const earlier = (period: Period, comparison: Period): string =>
  addDays(comparison.to, 1) === period.from ? "the period before" : "the year before";

/** The rows as findings see them, for one metric. */
function rowsOf(result: QueryResult, metric: string): Row[] {
  const group = columnAt(result, "dimension");
  const values = result.rows.map((row) => cell(result, row, "metric", metric));
  const befores = result.rows.map((row) => cell(result, row, "comparison", metric));
  const total = values.reduce<number>((sum, v) => sum + (v ?? 0), 0);
  const totalBefore = befores.reduce<number>((sum, v) => sum + (v ?? 0), 0);
  return result.rows.map((row, i) => {
    const value = values[i] ?? null;
    const before = befores[i] ?? null;
    return {
      name: group < 0 ? "" : nameOf(row[group]),
      value,
      before,
      change: value !== null && before !== null && before !== 0 ? (value - before) / Math.abs(before) : null,
      difference: value !== null && before !== null ? value - before : null,
      share: value !== null && total !== 0 ? value / total : null,
      share_before: before !== null && totalBefore !== 0 ? before / totalBefore : null,
      low: cell(result, row, "low", metric),
      high: cell(result, row, "high", metric),
      n: cell(result, row, "n", metric),
    };
  });
}

const extreme = (rows: Row[], field: string, most: boolean): Value => {
  let best: Row | null = null;
  for (const row of rows) {
    const value = numeric(row[field]);
    const old = numeric(best?.[field]);
    if (value !== null && (old === null || (most ? value > old : value < old))) best = row;
  }
  return best;
};

/** The names of the functions that take a metric, and of those that put values into words. */
export function scopeOf(result: QueryResult | null, currency: string, extra: Extra): Scope {
  const names = new Map<string, Value>(Object.entries(extra));
  const own: Record<string, Value> = {
    rows: result ? result.rows.length : 0,
    period: result?.period.label ?? "",
    comparison: result?.comparison?.label ?? "",
    compared: Boolean(result?.comparison),
    earlier: result?.comparison ? earlier(result.period, result.comparison) : "",
  };
  // What a page adds stands before what the result gives: a page without a result counts its own rows.
  for (const [name, value] of Object.entries(own)) if (!names.has(name)) names.set(name, value);
  const metrics = result ? result.columns.filter((c) => c.role === "metric").map((c) => c.metric ?? c.name) : [];
  const first = metrics[0] ?? "";
  const cache = new Map<string, Row[]>();
  const rows = (arg: Value | undefined): Row[] => {
    const metric = typeof arg === "string" && arg !== "" ? arg : first;
    let found = cache.get(metric);
    if (!found) {
      found = result && metric !== "" ? rowsOf(result, metric) : [];
      cache.set(metric, found);
    }
    return found;
  };
  const formatOf = (arg: Value | undefined): Format | undefined =>
    result ? metricColumn(result, typeof arg === "string" && arg !== "" ? arg : first)?.format : undefined;
  const sum = (arg: Value | undefined, field: string): number | null => {
    const values = rows(arg)
      .map((row) => numeric(row[field]))
      .filter((v) => v !== null);
    return values.length > 0 ? values.reduce((a, b) => a + b, 0) : null;
  };

  const calls = new Map<string, Call>();
  calls.set("value", ([m]) => sum(m, "value"));
  calls.set("before", ([m]) => sum(m, "before"));
  calls.set("difference", ([m]) => {
    const now = sum(m, "value");
    const then = sum(m, "before");
    return now === null || then === null ? null : now - then;
  });
  calls.set("change", ([m]) => {
    const now = sum(m, "value");
    const then = sum(m, "before");
    return now === null || then === null || then === 0 ? null : (now - then) / Math.abs(then);
  });
  calls.set("largest", ([m]) => extreme(rows(m), "value", true));
  calls.set("smallest", ([m]) => extreme(rows(m), "value", false));
  calls.set("most_grown", ([m]) => extreme(rows(m), "difference", true));
  calls.set("most_fallen", ([m]) => extreme(rows(m), "difference", false));
  calls.set("group", ([name, m]) => rows(m).find((row) => row.name === name) ?? null);
  calls.set("abs", ([v]) => (typeof v === "number" ? Math.abs(v) : null));
  calls.set("round", ([v]) => (typeof v === "number" ? Math.round(v) : null));
  calls.set("money", ([v]) => shortValue(numeric(v), "money", currency));
  calls.set("count", ([v]) => (typeof v === "number" ? count(v) : none));
  calls.set("pct", ([v, d]) => (typeof v === "number" ? share(v, numeric(d) ?? 0) : none));
  calls.set("pct_change", ([v]) => (typeof v === "number" ? signedShare(v) : none));
  calls.set("points", ([v]) => (typeof v === "number" ? signedPoints(v) : none));
  calls.set("show", ([v, m]) => shortValue(numeric(v), formatOf(m), currency));
  calls.set("full", ([v, m]) => fullValue(numeric(v), formatOf(m), currency));
  calls.set("changed", ([m]) => change(sum(m, "value"), sum(m, "before"), formatOf(m)));
  calls.set("lower", ([v]) => {
    const name = typeof v === "object" && v !== null ? v.name : v;
    return typeof name === "string" ? name.slice(0, 1).toLowerCase() + name.slice(1) : (name ?? null);
  });
  calls.set("choose", ([test, yes, no]) => (truth(test ?? null) ? (yes ?? null) : (no ?? null)));
  return { names, calls };
}
