import { type KeyboardEvent, type ReactNode, useMemo, useRef } from "react";
import { gridHeight, gridOption } from "../charts/options/grid";
import { seqStep } from "../charts/scale";
import { groups, labelOf, now } from "../dashboards/groups";
import type { BlockDef } from "../dashboards/types";
import { useBlock, useFinding } from "../dashboards/use-block";
import { useFilters } from "../lib/filters";
import { count, shortMoney, shortValue } from "../lib/format";
import { metricColumn, nameOf } from "../lib/result";
import { GroupBlock } from "./frame";
import { Ramp } from "./ramp";

/** Whether values are all whole numbers, which then stand in their order. */
const numbers = (values: string[]): boolean => values.every((v) => /^-?\d+$/.test(v));

/** Two dimensions as a grid: the first upwards, the second across; a cell opens its customers. */
export function Heatmap({ def }: { def: BlockDef }): ReactNode {
  const { session, setParams } = useFilters();
  const data = useBlock(def, "none", "none");
  const sentence = useFinding(def, data.result);
  const [size = "", worth = ""] = def.query?.metrics ?? [];
  const [up = "", across = ""] = def.query?.dimensions ?? [];
  const { result } = data;
  const grid = useRef<HTMLTableElement>(null);
  const cells = useMemo(() => {
    const list = result ? groups(result) : [];
    const value = (i: number): string[] => [...new Set(list.map((g) => nameOf(g.keys[i])))];
    const [ys, xs] = [value(0), value(1)];
    if (numbers(ys)) ys.sort((a, b) => Number(b) - Number(a));
    if (numbers(xs)) xs.sort((a, b) => Number(a) - Number(b));
    const found = list.map((g) => {
      const n = now(g, size);
      const money = worth ? now(g, worth) : null;
      return {
        y: nameOf(g.keys[0]),
        x: nameOf(g.keys[1]),
        n,
        shade: worth ? (money !== null && n ? money / n : null) : n,
      };
    });
    const shades = found.map((f) => f.shade).filter((s) => s !== null);
    return { ys, xs, found, low: Math.min(...shades), high: Math.max(...shades) };
  }, [result, size, worth]);
  const format = result && metricColumn(result, size)?.format;
  const at = (y: string, x: string) => cells.found.find((f) => f.y === y && f.x === x);
  const labels = [
    result?.columns.find((c) => c.name === up)?.label ?? up,
    result?.columns.find((c) => c.name === across)?.label ?? across,
  ];
  const key = (event: KeyboardEvent<HTMLButtonElement>, row: number, column: number): void => {
    const move = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] }[event.key];
    if (!move) return;
    event.preventDefault();
    grid.current
      ?.querySelector<HTMLButtonElement>(`[data-at="${row + (move[0] ?? 0)},${column + (move[1] ?? 0)}"]`)
      ?.focus();
  };
  const picture = {
    build: (canvas: Parameters<typeof gridOption>[1]) =>
      gridOption(
        {
          rows: cells.ys,
          columns: cells.xs,
          cells: cells.ys.map((y) =>
            cells.xs.map((x) => {
              const cell = at(y, x);
              return cell?.n == null
                ? null
                : {
                    text: shortValue(cell.n, format, session.currency),
                    step: seqStep(cell.shade ?? 0, cells.low, cells.high),
                  };
            }),
          ),
        },
        canvas,
      ),
    height: gridHeight({ rows: cells.ys, columns: [], cells: [] }),
  };
  return (
    <GroupBlock def={def} data={data} finding={sentence} height={def.height || 344} shape="bars" picture={picture}>
      <table className="heat score-grid" ref={grid} aria-label={`${def.title}. ${sentence}`}>
        <tbody>
          {cells.ys.map((y, row) => (
            <tr key={y}>
              <th scope="row">
                {row === 0 && <span className="axis-name">{labels[0]}</span>}
                {y}
              </th>
              {cells.xs.map((x, column) => {
                const cell = at(y, x);
                const step = cell?.shade == null ? 1 : seqStep(cell.shade, cells.low, cells.high);
                return (
                  <td key={x} className={cell?.n == null ? undefined : `seq-${step}`}>
                    {cell?.n != null && (
                      <button
                        type="button"
                        data-at={`${row},${column}`}
                        tabIndex={row === 0 && column === 0 ? 0 : -1}
                        onKeyDown={(event) => key(event, row, column)}
                        onClick={() => setParams({ pick: `${up}:${y},${across}:${x}`, explain: null, rows: null })}
                        title={`${labels[0]} ${y}, ${labels[1]} ${x}: ${count(cell.n)} ${labelOf(result, size).toLowerCase()}${worth && cell.shade !== null ? `, ${shortMoney(cell.shade, session.currency)} each` : ""}`}
                      >
                        {shortValue(cell.n, format, session.currency)}
                      </button>
                    )}
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <td />
            {cells.xs.map((x) => (
              <th key={x} scope="col">
                {x}
              </th>
            ))}
          </tr>
          <tr>
            <td />
            <th colSpan={Math.max(1, cells.xs.length)}>{labels[1]}</th>
          </tr>
        </tfoot>
      </table>
      {worth && Number.isFinite(cells.low) && (
        <Ramp
          low={shortMoney(cells.low, session.currency)}
          high={`${shortMoney(cells.high, session.currency)} per customer`}
        />
      )}
    </GroupBlock>
  );
}
