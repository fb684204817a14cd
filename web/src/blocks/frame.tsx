import type { ReactNode } from "react";
import { Link, useLocation } from "react-router";
import { useMetrics } from "../api/queries";
import type { Canvas, ChartOption, Chart as Drawn } from "../charts/option";
import { usePanels } from "../dashboards/panels";
import { overTime } from "../dashboards/query";
import type { BlockDef } from "../dashboards/types";
import { type BlockData, exportOf, segmentNote, tableOf } from "../dashboards/use-block";
import { dayRange } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { keptSearch } from "../lib/url";
import { Empty, Failed, Loading, useCancel } from "../ui/states";
import { Block, orRoom } from "./block";

interface Props {
  def: BlockDef;
  data: BlockData;
  finding: string;
  height: number;
  tools?: ReactNode;
  picture?: { build: (canvas: Canvas) => Drawn | ChartOption; height: number };
  shape?: "bars" | "rows";
  children: ReactNode;
}

/** What blocks over groups have in common: states, menu, note, link. */
export function GroupBlock({ def, data, finding, height, tools, picture, shape = "rows", children }: Props): ReactNode {
  const { search } = useLocation();
  const { session, filters } = useFilters();
  const metrics = useMetrics();
  const panels = usePanels();
  const cancel = useCancel(data.queryKey);
  const { result } = data;
  const ranged = overTime(def.query?.metrics ?? [], metrics.data ?? []);
  const metric = def.query?.metrics[0];
  return (
    <Block
      title={def.title}
      finding={orRoom(finding, def)}
      width={def.width}
      currency={session.currency}
      stale={data.stale}
      tools={tools}
      note={segmentNote(def, metrics.data, filters)}
      kept={{ at: data.keptAt, onRetry: data.retry }}
      table={result && (() => tableOf(result, session.currency))}
      exportCsv={data.query ? exportOf(data.query) : undefined}
      picture={picture && result ? { ...picture, width: Math.round(def.width * 97) } : undefined}
      onDefine={metric ? () => panels.explain(metric) : undefined}
    >
      {data.error ? (
        <Failed error={data.error} onRetry={data.retry} />
      ) : data.loading ? (
        <Loading shape={shape} height={height} onCancel={cancel} />
      ) : result && result.rows.length === 0 ? (
        <Empty>
          {ranged
            ? `Nothing to show for ${dayRange(filters.from, filters.to)}.`
            : "Nothing to show as of the last build."}
        </Empty>
      ) : (
        children
      )}
      {def.link && (
        <Link className="more" to={{ pathname: def.link.to, search: keptSearch(new URLSearchParams(search)) }}>
          {def.link.label}
        </Link>
      )}
    </Block>
  );
}
