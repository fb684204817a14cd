import type { ReactNode } from "react";
import type { SourceColumn } from "../../api/resources";
import { Block } from "../../blocks/block";
import { count, plural } from "../../lib/format";
import { Histogram } from "./histogram";
import { distinct, figure, part, unusual, written } from "./profile-words";

/** The figures of a column, one below the other. */
function facts(column: SourceColumn, rows: number): [string, string][] {
  const out: [string, string][] = [
    ["Stored as", column.type],
    ["Null", `${count(column.null_count)} (${part(column.null_count, rows)})`],
    ["Blank", count(column.blank_count)],
    ["Different values", distinct(column.distinct)],
  ];
  if (column.min !== null && column.max !== null) {
    out.push(["Least", written(column.min, column.kind)], ["Greatest", written(column.max, column.kind)]);
  }
  if (column.shortest_length !== null && column.longest_length !== null) {
    out.push([
      "Length",
      `${count(column.shortest_length)} to ${plural(column.longest_length, "character", "characters")}`,
    ]);
  }
  const n = column.numbers;
  if (n) {
    const about = n.quartiles_are_approximate ? "about " : "";
    out.push(
      ["Mean", figure(n.mean)],
      ["Standard deviation", n.standard_deviation === null ? "–" : figure(n.standard_deviation)],
      ["Median", about + figure(n.median)],
      ["Quartiles", `${about}${figure(n.lower_quartile)} and ${figure(n.upper_quartile)}`],
    );
  }
  return out;
}

/** All that is known of a column. */
export function ColumnProfile({
  column,
  rows,
  onClose,
  currency,
}: {
  column: SourceColumn;
  rows: number;
  onClose: () => void;
  currency: string;
}): ReactNode {
  const found = unusual([column]);
  return (
    <Block
      title={column.name}
      width={4}
      currency={currency}
      finding={
        column.personal
          ? `Reads as ${column.kind}. It holds personal data, and its values are not shown.`
          : `Reads as ${column.kind}.`
      }
      tools={
        <button type="button" className="btn quiet" onClick={onClose}>
          Close
        </button>
      }
    >
      {column.histogram && (
        <figure className="spread">
          <Histogram of={column.histogram} width={320} height={64} />
          <figcaption>
            <span>{written(column.histogram.from, column.kind === "timestamp" ? "date" : column.kind)}</span>
            <span>{written(column.histogram.to, column.kind === "timestamp" ? "date" : column.kind)}</span>
          </figcaption>
        </figure>
      )}
      <dl className="facts">
        {facts(column, rows).map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {column.frequent.length > 0 && (
        <>
          <h3>Most frequent</h3>
          <dl className="facts">
            {column.frequent.map((f) => (
              <div key={f.value}>
                <dt className="spaced">{written(f.value, column.kind)}</dt>
                <dd>
                  {count(f.count)} ({part(f.count, rows)})
                </dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {found.length > 0 && (
        <>
          <h3>Unusual</h3>
          <ul className="plain-list">
            {found.map((u) => (
              <li key={u.what}>
                {count(u.rows)} {u.what}
                {u.example && (
                  <>
                    , such as <code className="spaced">{u.example}</code>
                  </>
                )}
              </li>
            ))}
          </ul>
        </>
      )}
    </Block>
  );
}
