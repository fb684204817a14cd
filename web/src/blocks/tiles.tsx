import type { ReactNode } from "react";
import { keptAt, useFigures, useMetrics } from "../api/queries";
import type { MetricInfo } from "../api/types";
import { Sparkline } from "../charts/sparkline";
import { usePanels } from "../dashboards/panels";
import { pageQuery, sparkGrain, takesSegment } from "../dashboards/query";
import type { BlockDef } from "../dashboards/types";
import { daysBetween, longDay, moment } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { change, interval, none, shortValue } from "../lib/format";
import { cell, seriesOf } from "../lib/result";
import { Failed } from "../ui/states";

type TileDef = NonNullable<BlockDef["tiles"]>[number];

/** The page's figures, side by side: value, change and course. */
export function Tiles({ def }: { def: BlockDef }): ReactNode {
  const metrics = useMetrics();
  if (metrics.error && !metrics.data) return <Failed error={metrics.error} onRetry={() => void metrics.refetch()} />;
  const tiles = def.tiles ?? [];
  return (
    <ul className={`kpis of-${tiles.length}`}>
      {tiles.map((tile) => (
        <Tile
          key={tile.metric}
          tile={tile}
          info={metrics.data?.find((m) => m.name === tile.metric)}
          known={metrics.data ?? []}
        />
      ))}
    </ul>
  );
}

/** Whether a change is good, bad, or neither because its intervals hold each other's value. */
export function verdict(
  info: MetricInfo,
  now: number,
  before: number,
  low: number | null,
  high: number | null,
): "good" | "bad" | "" {
  if (now === before || info.direction === "none") return "";
  if (low !== null && high !== null && before >= low && before <= high) return "";
  return now > before === (info.direction === "up") ? "good" : "bad";
}

function Tile({ tile, info, known }: { tile: TileDef; info: MetricInfo | undefined; known: MetricInfo[] }): ReactNode {
  const { filters, session } = useFilters();
  const panels = usePanels();
  const asked = { metrics: [tile.metric] };
  const total = useFigures(info ? pageQuery(asked, filters, known, "none", filters.compare) : null);
  const grain = sparkGrain(daysBetween(filters.from, filters.to));
  const overTime = info?.grains.includes(grain) ?? false;
  const course = useFigures(
    info && overTime ? pageQuery(asked, filters, known, grain, tile.lead ? filters.compare : "none") : null,
  );
  const label = tile.label ?? info?.label ?? tile.metric;
  const className = tile.lead ? "kpi lead" : "kpi";
  if (total.error && !total.data) {
    return (
      <li className={className}>
        <div>
          <p className="name">{label}</p>
          <p className="figure">
            <span className="value">{none}</span>
            <button
              type="button"
              className="link small"
              title={total.error.message}
              onClick={() => void total.refetch()}
            >
              Not read. Retry
            </button>
          </p>
        </div>
      </li>
    );
  }
  const result = total.data;
  const row = result?.rows[0];
  const now = result ? cell(result, row, "metric", tile.metric) : null;
  const before = result?.comparison ? cell(result, row, "comparison", tile.metric) : null;
  const low = result ? cell(result, row, "low", tile.metric) : null;
  const high = result ? cell(result, row, "high", tile.metric) : null;
  const n = result ? cell(result, row, "n", tile.metric) : null;
  const show = (v: number | null): string => shortValue(v, info?.format, session.currency);
  const points = course.data ? ([...seriesOf(course.data, tile.metric).groups.values()][0] ?? []) : [];
  const sure =
    low !== null && high !== null
      ? `95%: ${interval(low, high, show)}${n === null ? "" : `, n ${n.toLocaleString("en-GB")}`}`
      : "";
  const ofAll = info !== undefined && !takesSegment([tile.metric], filters, known);
  const kept = keptAt(total);
  const title = [
    info?.description,
    result ? `${result.period.label}, as of ${result.as_of}` : "",
    sure,
    ofAll ? "All customers: not kept by segment" : "",
  ]
    .filter(Boolean)
    .join(". ");
  return (
    <li className={`${className}${total.isPlaceholderData ? " stale" : ""}`}>
      <div>
        <p className="name">
          <button type="button" className="define" title={title} onClick={() => panels.explain(tile.metric)}>
            {label}
          </button>
        </p>
        <p className="figure">
          <span className="value" data-metric={tile.metric} title={now === null ? "No rows in this range" : undefined}>
            {result ? show(now) : <span className="wait" />}
            {low !== null && high !== null && info?.format === "score" && (
              <small>
                {" "}
                ±{Math.round((high - low) / 2)}
                {n === null ? "" : `, n ${n.toLocaleString("en-GB")}`}
              </small>
            )}
          </span>
          <span className="delta">
            {kept !== null ? (
              <button type="button" className="link" title={total.error?.message} onClick={() => void total.refetch()}>
                Read {moment(new Date(kept).toISOString()).split(", ")[1]}. Retry
              </button>
            ) : now !== null && before !== null && info ? (
              <>
                <b className={verdict(info, now, before, low, high)}>{change(now, before, info.format)}</b>{" "}
                {tile.lead ? `from ${show(before)}` : show(before)}
              </>
            ) : info && !overTime && result ? (
              `as of ${longDay(result.as_of)}`
            ) : (
              "\u00a0"
            )}
            {ofAll && <span className="all"> all customers</span>}
          </span>
        </p>
      </div>
      <Sparkline
        values={points.filter((p) => p.complete).map((p) => p.value)}
        before={
          tile.lead && course.data?.comparison ? points.filter((p) => p.complete).map((p) => p.before) : undefined
        }
        height={tile.lead ? 60 : 28}
      />
    </li>
  );
}
