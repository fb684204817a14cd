import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from "react";
import { Link, useLocation } from "react-router";
import { getCsv } from "../api/client";
import { keptAt, useResource } from "../api/queries";
import type { CohortCell, Cohorts } from "../api/resources";
import { gridHeight, gridOption } from "../charts/options/grid";
import { seqStep } from "../charts/scale";
import type { BlockDef } from "../dashboards/types";
import { withNote } from "../dashboards/use-block";
import { finding } from "../finding/finding";
import { longMonth, shortMonth } from "../lib/dates";
import { useFilters } from "../lib/filters";
import { count, currencySymbol, interval, none, share, shortMoney } from "../lib/format";
import { keptSearch } from "../lib/url";
import { Segmented } from "../ui/segmented";
import { Empty, Failed, Loading, useCancel } from "../ui/states";
import { Block, orRoom } from "./block";
import { Ramp } from "./ramp";
import { roomOf } from "./room";

export type Measure = "retention" | "customers" | "revenue" | "margin";

/** The measures to choose from; without a currency, revenue is a word. */
export const measures = (currency: string): { value: Measure; label: string }[] => [
  { value: "retention", label: "%" },
  { value: "customers", label: "Count" },
  { value: "revenue", label: currencySymbol(currency).trim() || "Revenue" },
];

/** A cell's value in as few characters as the measure allows. */
export function cellText(value: number | null, measure: Measure, currency: string): string {
  if (value === null) return none;
  if (measure === "retention") return (value * 100).toFixed(0);
  return measure === "customers" ? count(value) : shortMoney(value, currency);
}

export const cellFull = (value: number, measure: Measure, currency: string): string =>
  measure === "retention" ? share(value) : measure === "customers" ? count(value) : shortMoney(value, currency);

/** The values that shade the cells: whole months after the first, as a share or per customer so that large cohorts do not outshine. */
export function shadeOf(cell: CohortCell, size: number, measure: Measure): number | null {
  if (cell.value === null || cell.month === 0) return null;
  return measure === "retention" || size === 0 ? cell.value : cell.value / size;
}

/** What the least and the greatest shade stand for, in words. */
export function shadeWords(
  low: number,
  high: number,
  measure: Measure,
  currency: string,
): { low: string; high: string } {
  return measure === "retention" || measure === "customers"
    ? { low: share(low), high: `${share(high)} of the cohort` }
    : { low: shortMoney(low, currency), high: `${shortMoney(high, currency)} per customer of the cohort` };
}

/** What findings can name of cohorts: the first and last month's averages, and the best and worst cohort in month 1, as they are shaded. What is not known is "". */
export function cohortNames(data: Cohorts, measure: Measure, currency: string): Record<string, string | number | null> {
  const firsts = data.cohorts
    .map((c) => {
      const cell = c.cells.find((x) => x.month === 1 && x.is_complete);
      return { name: longMonth(c.cohort), shade: cell ? shadeOf(cell, c.size, measure) : null };
    })
    .filter((c) => c.shade !== null)
    .sort((a, b) => (b.shade ?? 0) - (a.shade ?? 0));
  const average = data.average.filter((a) => a.month > 0 && a.value !== null);
  const last = average[average.length - 1];
  const say = (v: number | null | undefined): string => (v == null ? "" : cellFull(v, measure, currency));
  return {
    rows: data.cohorts.length,
    measure,
    best: firsts[0]?.name ?? "",
    worst: firsts[firsts.length - 1]?.name ?? "",
    first: say(average[0]?.value),
    last: last ? `${say(last.value)} in month ${last.month}` : "",
  };
}

/** Customers by the month of their first order and the months since. */
export function Cohort({ def, teaser }: { def: BlockDef; teaser?: boolean }): ReactNode {
  const { search } = useLocation();
  const { session, filters, setParams } = useFilters();
  const small = teaser ?? def.width < 7;
  const [measure, setMeasure] = useState<Measure>((def.measure as Measure) ?? "retention");
  const params = { measure, months: def.months || undefined };
  const found = useResource<Cohorts>("/cohorts", params);
  const cancel = useCancel(["resource", "/cohorts", params]);
  const table = useRef<HTMLTableElement>(null);
  const { currency } = session;
  const data = useMemo(() => {
    if (!found.data || !small) return found.data;
    return { ...found.data, cohorts: found.data.cohorts.slice(-11) };
  }, [found.data, small]);
  const months = useMemo(() => {
    const most = Math.max(0, ...(data?.cohorts.flatMap((c) => c.cells.map((x) => x.month)) ?? []));
    return Array.from({ length: Math.min(most, small ? 11 : 12) + 1 }, (_, i) => i).filter((m) => !small || m > 0);
  }, [data, small]);
  const [low, high] = useMemo(() => {
    const shades = (data?.cohorts ?? [])
      .flatMap((c) => c.cells.filter((x) => x.is_complete).map((x) => shadeOf(x, c.size, measure)))
      .filter((v) => v !== null);
    return [Math.min(...shades), Math.max(...shades)];
  }, [data, measure]);
  const sentence =
    data && def.finding ? finding(def.finding, null, currency, cohortNames(data, measure, currency)) : "";
  const name = (cohort: string): string => (small ? shortMonth(cohort) : longMonth(cohort));
  const move = (event: KeyboardEvent<HTMLTableElement>): void => {
    const by = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    const at = (event.target as HTMLElement).dataset.at?.split(",").map(Number);
    if (!by || !at) return;
    event.preventDefault();
    table.current
      ?.querySelector<HTMLButtonElement>(`[data-at="${(at[0] ?? 0) + (by[0] ?? 0)},${(at[1] ?? 0) + (by[1] ?? 0)}"]`)
      ?.focus();
  };
  const cellsOf = () =>
    (data?.cohorts ?? []).map((c) =>
      months.map((m) => {
        const cell = c.cells.find((x) => x.month === m);
        if (!cell || cell.value === null) return null;
        return {
          text: cellText(cell.value, measure, currency),
          step: seqStep(shadeOf(cell, c.size, measure) ?? low, low, high),
          part: !cell.is_complete,
        };
      }),
    );
  return (
    <Block
      title={def.title}
      finding={orRoom(sentence, def)}
      width={def.width}
      currency={currency}
      stale={found.isPlaceholderData}
      note={withNote(def, filters.segment !== null)}
      kept={{ at: keptAt(found), onRetry: () => void found.refetch() }}
      tools={!small && <Segmented label="Measure" value={measure} options={measures(currency)} onChange={setMeasure} />}
      table={
        data &&
        (() => ({
          head: [
            { label: "First order" },
            { label: "Customers", numeric: true },
            ...months.map((m) => ({ label: `Month ${m}`, numeric: true })),
          ],
          rows: data.cohorts.map((c) => [
            c.cohort,
            c.size,
            ...months.map((m) => c.cells.find((x) => x.month === m)?.value ?? null),
          ]),
        }))
      }
      exportCsv={() => getCsv("/cohorts", params)}
      picture={
        data && {
          build: (canvas) =>
            gridOption(
              {
                rows: data.cohorts.map((c) => `${name(c.cohort)}  ${count(c.size)}`),
                columns: months.map(String),
                cells: cellsOf(),
              },
              canvas,
            ),
          width: Math.round(def.width * 97),
          height: gridHeight({ rows: data.cohorts.map((c) => c.cohort), columns: [], cells: [] }),
        }
      }
    >
      {found.error && !data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !data ? (
        <Loading shape="rows" height={roomOf(def, session)} onCancel={cancel} />
      ) : data.cohorts.length === 0 ? (
        <Empty command="kith build">No cohort has a first order yet.</Empty>
      ) : (
        <>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <section className="scroll-x" tabIndex={0} aria-label={def.title}>
            <table className={small ? "heat teaser" : "heat"} ref={table} onKeyDown={move}>
              <thead>
                <tr>
                  <th className="cohort" scope="col">
                    {small ? "Cohort" : "First order"}
                  </th>
                  <th className="size" scope="col">
                    {small ? "Size" : "Customers"}
                  </th>
                  {months.map((m) => (
                    <th key={m} scope="col">
                      {m}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {data.cohorts.map((c, row) => (
                  <tr key={c.cohort}>
                    <th scope="row" className="cohort">
                      {name(c.cohort)}
                    </th>
                    <td className="size">{count(c.size)}</td>
                    {months.map((m, column) => {
                      const cell = c.cells.find((x) => x.month === m);
                      if (!cell || cell.value === null) return <td key={m} />;
                      const shade = shadeOf(cell, c.size, measure);
                      const about = `First order ${longMonth(c.cohort)}, month ${m}: ${cellFull(cell.value, measure, currency)}${
                        cell.low !== null && cell.high !== null
                          ? `, 95%: ${interval(cell.low, cell.high, (v) => cellFull(v, measure, currency))}`
                          : ""
                      }${cell.n !== null ? `, ${count(cell.n)} of ${count(c.size)}` : ""}${cell.is_complete ? "" : ", month not over"}`;
                      return (
                        <td
                          key={m}
                          className={`${shade === null ? "zero" : `seq-${seqStep(shade, low, high)}`}${cell.is_complete ? "" : " part"}`}
                        >
                          <button
                            type="button"
                            data-at={`${row},${column}`}
                            tabIndex={row === 0 && column === 0 ? 0 : -1}
                            title={about}
                            aria-label={about}
                            onClick={() => setParams({ pick: `cohort:${c.cohort}.${m}`, explain: null, rows: null })}
                          >
                            <span>{cellText(cell.value, measure, currency)}</span>
                          </button>
                        </td>
                      );
                    })}
                  </tr>
                ))}
              </tbody>
              {!small && (
                <tfoot>
                  <tr>
                    <th scope="row" className="cohort">
                      {measure === "retention" ? "All, weighted" : "Average cohort"}
                    </th>
                    <td className="size">
                      {count(
                        data.cohorts.reduce((sum, c) => sum + c.size, 0) /
                          (measure === "retention" ? 1 : data.cohorts.length),
                      )}
                    </td>
                    {months.map((m) => {
                      const average = data.average.find((a) => a.month === m);
                      return (
                        <td key={m}>{average?.value == null ? "" : cellText(average.value, measure, currency)}</td>
                      );
                    })}
                  </tr>
                </tfoot>
              )}
            </table>
          </section>
          <p className="legend under-table">
            <span>
              <i className="swatch-hatch" />
              Month not over{small ? "" : ": its value so far, left out of averages"}
            </span>
            {small && def.link && (
              <Link to={{ pathname: def.link.to, search: keptSearch(new URLSearchParams(search)) }}>
                {def.link.label}
              </Link>
            )}
          </p>
          {!small && Number.isFinite(low) && <Ramp {...shadeWords(low, high, measure, currency)} />}
        </>
      )}
    </Block>
  );
}
