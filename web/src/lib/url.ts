import * as z from "zod/mini";
import type { Compare, Filter } from "../api/types";
import { addDays, addMonths, type Day, daysBetween, isDay, startOfMonth, startOfQuarter, startOfYear } from "./dates";

/** The ranges that have a name: what they are called, and where they lie before the last day of the data. */
export const presets = [
  { name: "4w", label: "4 weeks" },
  { name: "13w", label: "13 weeks" },
  { name: "26w", label: "26 weeks" },
  { name: "52w", label: "52 weeks" },
  { name: "month", label: "Month to date" },
  { name: "last_month", label: "Last full month" },
  { name: "quarter", label: "Quarter to date" },
  { name: "year", label: "Year to date" },
  { name: "all", label: "All data" },
] as const;

export type Preset = (typeof presets)[number]["name"];

/** The five ways in which the models group customers. */
export const segmentKinds = [
  "rfm_group",
  "spending_segment",
  "behavioural_group",
  "activity_status",
  "ml_segment",
] as const;
export type SegmentKind = (typeof segmentKinds)[number];

export const segmentKindLabel: Record<SegmentKind, string> = {
  rfm_group: "RFM",
  spending_segment: "Spending",
  behavioural_group: "Behaviour",
  activity_status: "Activity",
  ml_segment: "Clusters",
};

/** What the filters say; all of it stands in the address. */
export interface Filters {
  preset: Preset | null;
  from: Day;
  to: Day;
  /** What the figures are compared with: nothing where the data does not reach back to it. */
  compare: Compare;
  /** What they were to be compared with. */
  asked: Compare;
  segment: { kind: SegmentKind; name: string } | null;
}

const day = z.string().check(z.refine(isDay));
const preset = z.enum(presets.map((p) => p.name));
const compare = z.enum(["none", "previous", "year"]);
const segment = z.pipe(
  z.pipe(
    z.string(),
    z.transform((text: string) => {
      const at = text.indexOf(":");
      return { kind: text.slice(0, at), name: text.slice(at + 1) };
    }),
  ),
  z.object({ kind: z.enum(segmentKinds), name: z.string().check(z.minLength(1)) }),
);

export function presetRange(name: Preset, first: Day, last: Day): { from: Day; to: Day } {
  switch (name) {
    case "4w":
    case "13w":
    case "26w":
    case "52w":
      return { from: addDays(last, 1 - 7 * Number.parseInt(name, 10)), to: last };
    case "month":
      return { from: startOfMonth(last), to: last };
    case "last_month": {
      const whole = addDays(last, 1).endsWith("-01");
      const start = whole ? startOfMonth(last) : addMonths(startOfMonth(last), -1);
      return { from: start, to: addDays(addMonths(start, 1), -1) };
    }
    case "quarter":
      return { from: startOfQuarter(last), to: last };
    case "year":
      return { from: startOfYear(last), to: last };
    case "all":
      return { from: first, to: last };
  }
}

/** The first day of what a range is compared with. */
function earlier(range: { from: Day; to: Day }, compare: "previous" | "year"): Day {
  return compare === "year" ? addMonths(range.from, -12) : addDays(range.from, -daysBetween(range.from, range.to));
}

/** Whether the data that begins on the first day reaches back to what a range is compared with. */
const covered = (range: { from: Day; to: Day }, compare: Compare, first: Day): boolean =>
  compare === "none" || earlier(range, compare) >= first;

/** The range to begin with: the longest that the data can compare with the same weeks a year or a period before. */
export function defaultRange(first: Day, last: Day): { preset: Preset; compare: Compare } {
  const wanted = [
    { preset: "52w", compare: "year" },
    { preset: "26w", compare: "previous" },
    { preset: "13w", compare: "previous" },
    { preset: "4w", compare: "previous" },
  ] as const;
  const fit = wanted.find((w) => covered(presetRange(w.preset, first, last), w.compare, first));
  return fit ?? { preset: "all", compare: "none" };
}

/** Reads the filters of an address; what it does not say, or says wrongly, is as it is to begin with. */
export function readFilters(params: URLSearchParams, first: Day, last: Day): Filters {
  const initial = defaultRange(first, last);
  const chosen = preset.safeParse(params.get("range"));
  const from = day.safeParse(params.get("from"));
  const to = day.safeParse(params.get("to"));
  const own = from.success && to.success && from.data <= to.data;
  const name = chosen.success ? chosen.data : own ? null : initial.preset;
  const range = name === null ? { from: from.data ?? first, to: to.data ?? last } : presetRange(name, first, last);
  const vs = compare.safeParse(params.get("vs"));
  const asked = vs.success ? vs.data : initial.compare;
  const only = segment.safeParse(params.get("segment") ?? "");
  return {
    preset: name,
    ...range,
    compare: covered(range, asked, first) ? asked : "none",
    asked,
    segment: only.success ? only.data : null,
  };
}

/** The filters that a segment asks metrics for. */
export const segmentFilters = (filters: Filters): Filter[] =>
  filters.segment ? [{ dimension: filters.segment.kind, op: "eq", values: [filters.segment.name] }] : [];

/** The names of the parameters that follow the reader from page to page. */
const kept = ["range", "from", "to", "vs", "segment"];

/** The part of an address that the next page takes over. */
export function keptSearch(params: URLSearchParams): string {
  const next = new URLSearchParams();
  for (const name of kept) {
    const value = params.get(name);
    if (value) next.set(name, value);
  }
  const text = next.toString();
  return text ? `?${text}` : "";
}

/** The page of a table, or of another part of the data, with what the reader has chosen. */
export function dataPage(search: string, part: { tab: string; model?: string }): string {
  const params = new URLSearchParams(keptSearch(new URLSearchParams(search)));
  params.set("tab", part.tab);
  if (part.model) params.set("model", part.model);
  return `/data?${params}`;
}
