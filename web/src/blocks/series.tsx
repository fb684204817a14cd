import { type ReactNode, useCallback, useMemo, useState } from "react";
import { useMetrics } from "../api/queries";
import type { Filter, Grain, QueryResult } from "../api/types";
import { type Build, Chart } from "../charts/chart";
import { isStacked, type SeriesInput, type SeriesKind, seriesChart } from "../charts/options/series";
import { usePanels } from "../dashboards/panels";
import { byMonth, periodRange, wholeMonths } from "../dashboards/query";
import type { BlockDef } from "../dashboards/types";
import { exportOf, segmentNote, tableOf, useBlock, useFinding } from "../dashboards/use-block";
import { dayRange, daysBetween, periodName } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { change, none, shortValue } from "../lib/format";
import { cell, metricColumn, nameOf, seriesOf } from "../lib/result";
import { Segmented } from "../ui/segmented";
import { Empty, Failed, Loading, useCancel } from "../ui/states";
import { Block, orRoom } from "./block";

/** The most bars or points that a range may have of a grain. */
const most = 400;
const grainDays: Record<string, number> = { day: 1, week: 7, month: 30, quarter: 91, year: 365 };

/** The grains that fit a range, of those that a block offers; the finest where the range is shorter than each. */
export function fitting(grains: Grain[], days: number): Grain[] {
  const short = grains.filter((g) => days / (grainDays[g] ?? 1) <= most);
  const fit = short.filter((g) => days >= (grainDays[g] ?? 1));
  if (fit.length > 0) return fit;
  return short.length > 0 ? short.slice(0, 1) : grains.slice(-1);
}

const grainName: Record<string, string> = {
  day: "Day",
  week: "Week",
  month: "Month",
  quarter: "Quarter",
  year: "Year",
};
const against = { previous: "Period before", year: "Year before", none: "" };

/**
 * What becomes of a result and its totals: the lines, named and ordered, the steadiest at the bottom.
 * Of figures that are kept by whole months, a part of one is compared with nothing.
 */
export function seriesInput(
  def: BlockDef,
  result: QueryResult,
  totals: QueryResult | undefined,
  grain: Grain,
  compare: keyof typeof against,
  currency: string,
  whole = false,
): SeriesInput {
  const kind = def.kind as SeriesKind;
  const metric = def.query?.metrics[0] ?? "";
  const column = metricColumn(result, metric);
  const note = (now: number | null, before: number | null): string => {
    if (now === null) return none;
    const delta = before === null ? "" : `, ${change(now, before, column?.format)}`;
    return shortValue(now, column?.format, currency) + delta;
  };
  const several = (def.query?.metrics.length ?? 0) > 1;
  const first = seriesOf(result, metric);
  let names = several ? (def.query?.metrics ?? []) : [...first.groups.keys()];
  const totalOf = (name: string): [number | null, number | null] => {
    if (!totals) return [null, null];
    const at = totals.columns.findIndex((c) => c.role === "dimension");
    const row = several ? totals.rows[0] : totals.rows.find((r) => at < 0 || nameOf(r[at]) === name);
    const of = several ? name : metric;
    return [cell(totals, row, "metric", of), cell(totals, row, "comparison", of)];
  };
  // The largest stands at the bottom: it is the steadiest.
  if (!several && totals) names = names.sort((a, b) => (totalOf(b)[0] ?? 0) - (totalOf(a)[0] ?? 0));
  const lines = names.map((name) => {
    const points = (several ? seriesOf(result, name).groups.get("") : first.groups.get(name)) ?? [];
    const [now, before] = totalOf(name);
    return {
      name: several
        ? (metricColumn(result, name)?.label ?? name)
        : name || (result.comparison ? "This period" : (column?.label ?? metric)),
      values: points.map((p) => p.value),
      low:
        points.some((p) => p.low !== null) && !isStacked(kind)
          ? points.map((p) => (p.value === null ? null : p.low))
          : undefined,
      high:
        points.some((p) => p.high !== null) && !isStacked(kind)
          ? points.map((p) => (p.value === null ? null : p.high))
          : undefined,
      note: note(now, before),
      points,
    };
  });
  // A stack's sum, or one line alone, can be compared; several lines cannot.
  const comparable = result.comparison && !several && (isStacked(kind) || lines.length === 1);
  const complete = first.times.map((_, i) => lines.every((l) => l.points[i]?.complete !== false));
  const sums = first.times.map((_, i) => {
    if (whole && !complete[i]) return null;
    const known = lines.map((l) => l.points[i]?.before ?? null).filter((v) => v !== null);
    return known.length > 0 ? known.reduce((a, b) => a + b, 0) : null;
  });
  const beforeTotal = names.map((name) => totalOf(name)[1]).filter((v) => v !== null);
  return {
    kind,
    grain,
    times: first.times,
    lines: lines.map(({ points: _, ...line }) => line),
    before: comparable
      ? {
          name: against[compare],
          values: sums,
          note:
            beforeTotal.length > 0
              ? shortValue(
                  beforeTotal.reduce((a, b) => a + b, 0),
                  column?.format,
                  currency,
                )
              : undefined,
        }
      : undefined,
    from: result.period.from,
    complete,
    format: column?.format,
    unit: currency,
    annotations: def.annotations ?? [],
  };
}

/** A figure over periods. */
export function Series({ def }: { def: BlockDef }): ReactNode {
  const { filters, session } = useFilters();
  const metrics = useMetrics();
  const panels = usePanels();
  const grains = fitting(def.grains ?? ["day"], daysBetween(filters.from, filters.to));
  const [chosen, setChosen] = useState<Grain | null>(null);
  const grain = chosen && grains.includes(chosen) ? chosen : (grains[0] ?? "day");
  const whole = byMonth(def.query?.metrics ?? [], metrics.data ?? []);
  const tooShort = whole && wholeMonths(filters) === null;
  const data = useBlock(def, grain, undefined, !tooShort);
  const totals = useBlock(def, "none", undefined, !tooShort);
  const sentence = useFinding(def, totals.result);
  const cancel = useCancel(data.queryKey);
  const height = def.height || 296;
  const metric = def.query?.metrics[0] ?? "";
  const { result } = data;
  const input = useMemo(
    () => (result ? seriesInput(def, result, totals.result, grain, filters.compare, session.currency, whole) : null),
    [def, result, totals.result, grain, filters.compare, session.currency, whole],
  );
  const build = useCallback<Build>((canvas) => seriesChart(input as SeriesInput, canvas), [input]);
  const drill = (index: number): void => {
    const time = input?.times[index];
    if (!time) return;
    const range = periodRange(time, grain, filters);
    const own: Filter[] = data.query?.filters ?? [];
    panels.rows({ metric, title: `${def.title}, ${periodName(time, grain)}`, ...range, filters: own });
  };
  const empty = result !== undefined && result.rows.length === 0;
  return (
    <Block
      title={def.title}
      finding={orRoom(sentence, def)}
      width={def.width}
      currency={session.currency}
      stale={data.stale}
      note={segmentNote(def, metrics.data, filters)}
      kept={{ at: data.keptAt, onRetry: data.retry }}
      tools={
        grains.length > 1 && (
          <Segmented
            label="Period"
            value={grain}
            options={grains.map((g) => ({ value: g, label: grainName[g] ?? g }))}
            onChange={setChosen}
          />
        )
      }
      table={result && (() => tableOf(result, session.currency))}
      exportCsv={data.query ? exportOf(data.query) : undefined}
      picture={input ? { build, width: Math.round(def.width * 97), height } : undefined}
      onDefine={() => panels.explain(metric)}
    >
      {tooShort ? (
        <Empty>This figure is kept by month, and the range holds no whole month.</Empty>
      ) : data.error ? (
        <Failed error={data.error} onRetry={data.retry} />
      ) : data.loading ? (
        <Loading shape="bars" height={height} onCancel={cancel} />
      ) : empty ? (
        <Empty>{`Nothing to show for ${dayRange(filters.from, filters.to)}.`}</Empty>
      ) : (
        <>
          <Chart
            build={build}
            height={height}
            currency={session.currency}
            label={`${def.title}. ${sentence}`}
            onDrill={drill}
            drillHint="Click for the rows"
          />
          <Legend input={input} />
        </>
      )}
    </Block>
  );
}

/** The names of the lines below the plot, where there is no room at their ends. */
function Legend({ input }: { input: SeriesInput | null }): ReactNode {
  if (!input || (input.lines.length < 2 && !input.before)) return null;
  return (
    <p className="legend under">
      {input.lines.map((line, i) => (
        <span key={line.name}>
          <i className={`swatch c-${(i % 8) + 1}`} /> {line.name} {line.note}
        </span>
      ))}
      {input.before && (
        <span>
          <i className="swatch line" /> {input.before.name} {input.before.note}
        </span>
      )}
    </p>
  );
}
