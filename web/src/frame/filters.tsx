import { type ReactNode, useState } from "react";
import { useLocation } from "react-router";
import { useResource } from "../api/queries";
import type { Page, Segment } from "../api/resources";
import type { Compare } from "../api/types";
import { useRanged } from "../dashboards/ranged";
import { longDay } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { count } from "../lib/format";
import { type SegmentKind, segmentKindLabel, segmentKinds } from "../lib/url";
import { Menu } from "../ui/menu";
import { Popover } from "../ui/popover";
import { Failed } from "../ui/states";
import { RangePicker } from "./range";

const against: Record<Compare, string> = { none: "nothing", previous: "period before", year: "year before" };

/** What the figures of a page are for: range, comparison, segment. All of it stands in the address. */
export function FilterBar(): ReactNode {
  const { pathname } = useLocation();
  const { session } = useFilters();
  const ranged = useRanged();
  const ofOne = /^\/customers\/./.test(pathname);
  return (
    <div className="filters">
      {ranged ? (
        <Range />
      ) : (
        <span className="as-of" title="These figures are those of the last build, whatever the range.">
          {session.as_of ? `As of ${longDay(session.as_of)}` : "As of the last build"}
        </span>
      )}
      {!ofOne && <SegmentPicker />}
    </div>
  );
}

/** The range and what it is compared with. */
function Range(): ReactNode {
  const { filters, setParams } = useFilters();
  return (
    <>
      <RangePicker />
      <Menu
        className="btn drop"
        items={(["previous", "year", "none"] as const).map((name) => ({
          label: against[name].slice(0, 1).toUpperCase() + against[name].slice(1),
          checked: filters.asked === name,
          onSelect: () => setParams({ vs: name }),
        }))}
      >
        <span className="k">Against</span> {against[filters.asked]}
        {filters.asked !== filters.compare && ": no data"}
      </Menu>
    </>
  );
}

function SegmentPicker(): ReactNode {
  const { filters } = useFilters();
  const face = (
    <>
      <span className="k">Segment</span> {filters.segment?.name ?? "All customers"}
    </>
  );
  return (
    <Popover face={face} title="Segment" className="segments">
      {(close) => <SegmentChoices close={close} />}
    </Popover>
  );
}

function SegmentChoices({ close }: { close: () => void }): ReactNode {
  const { filters, setParams } = useFilters();
  const [kind, setKind] = useState<SegmentKind>(filters.segment?.kind ?? "rfm_group");
  const found = useResource<Page<Segment>>("/segments", { kind });
  const choose = (name: string | null): void => {
    setParams({ segment: name === null ? null : `${kind}:${name}` });
    close();
  };
  return (
    <>
      <div className="chips">
        {segmentKinds.map((name) => (
          <button key={name} type="button" className="chip" aria-pressed={kind === name} onClick={() => setKind(name)}>
            {segmentKindLabel[name]}
          </button>
        ))}
      </div>
      <button
        type="button"
        className="menu-item"
        data-checked={filters.segment === null || undefined}
        onClick={() => choose(null)}
      >
        <span>All customers</span>
      </button>
      {found.error ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : (
        found.data?.items
          .flatMap((segment) => (segment.name === null ? [] : [segment as Segment & { name: string }]))
          .map((segment) => (
            <button
              key={segment.name}
              type="button"
              className="menu-item"
              data-checked={(filters.segment?.kind === kind && filters.segment.name === segment.name) || undefined}
              onClick={() => choose(segment.name)}
            >
              <span>{segment.name}</span>
              <small>{count(segment.customers)}</small>
            </button>
          ))
      )}
      <p className="note">Known customers, those without an order too.</p>
    </>
  );
}
