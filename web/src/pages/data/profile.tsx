import type { ReactNode } from "react";
import { ApiError, getCsv } from "../../api/client";
import { useResource } from "../../api/queries";
import type { SourceColumn, SourceProfile } from "../../api/resources";
import { Block } from "../../blocks/block";
import { useFilters, useParam } from "../../lib/filters";
import { count, none } from "../../lib/format";
import { Empty, Failed, Loading, useCancel } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { Histogram } from "./histogram";
import { ColumnProfile } from "./profile-column";
import { distinct, finding, keyWords, lookedAt, part, span, unusual, written } from "./profile-words";

const pathOf = (source: string): string => `/sources/${encodeURIComponent(source)}/profile`;

/** What is in a source, column by column, and what is unusual in it. */
export function SourceProfileBlock({ source }: { source: string }): ReactNode {
  const { session, setParams } = useFilters();
  const [name, setName] = useParam("column");
  const path = pathOf(source);
  const found = useResource<SourceProfile>(path);
  const cancel = useCancel(["resource", path]);
  const profile = found.data;
  const missing = found.error instanceof ApiError && found.error.code === "not_found" ? found.error : null;
  const shown = profile?.columns.find((c) => c.name === name);
  const state = missing ? (
    <Empty command={`kith load ${source} FILE`}>{`${missing.message}.`}</Empty>
  ) : found.error && !profile ? (
    <Failed error={found.error} onRetry={() => void found.refetch()} />
  ) : found.isFetching && !profile ? (
    <Loading shape="rows" height={400} onCancel={cancel} />
  ) : !profile ? (
    <Empty>The source was not looked at to the end.</Empty>
  ) : profile.row_count === 0 ? (
    <Empty command={profile.fill_command}>The source has no rows.</Empty>
  ) : null;
  return (
    <>
      <Block
        title={source.replaceAll("_", " ")}
        width={shown ? 8 : 12}
        currency={session.currency}
        finding={profile && !state ? finding(profile) : ""}
        exportCsv={profile && !state ? () => getCsv(path) : undefined}
        note={profile && !state ? "Of personal columns counts alone are told." : undefined}
        tools={
          <button type="button" className="btn quiet" onClick={() => setParams({ source: null, column: null })}>
            All sources
          </button>
        }
      >
        {state ?? (profile && <Columns profile={profile} name={name} onOpen={setName} narrow={Boolean(shown)} />)}
      </Block>
      {profile && shown && (
        <ColumnProfile
          column={shown}
          rows={lookedAt(profile)}
          onClose={() => setName(null)}
          currency={session.currency}
        />
      )}
      {profile && !state && <Unusual profile={profile} onOpen={setName} currency={session.currency} />}
    </>
  );
}

function Columns({
  profile,
  name,
  onOpen,
  narrow,
}: {
  profile: SourceProfile;
  name: string | null;
  onOpen: (name: string) => void;
  narrow: boolean;
}): ReactNode {
  const rows = lookedAt(profile);
  return (
    <>
      {profile.description && <p className="lead-in">{profile.description}</p>}
      {profile.keys.map((key) => (
        <p key={key.columns.join()} className="above">
          Key <code>{key.columns.join(", ")}</code>: {keyWords(key)}.
        </p>
      ))}
      <DataTable
        label="Columns"
        noun="columns"
        rows={profile.columns}
        rowId={(c) => c.name}
        selected={(c) => c.name === name}
        onOpen={(c) => onOpen(c.name)}
        columns={[
          {
            id: "name",
            header: "Column",
            accessorFn: (c) => c.name,
            cell: ({ row }) => (
              <button type="button" className="drill" onClick={() => onOpen(row.original.name)}>
                {row.original.name}
              </button>
            ),
            meta: { strong: true },
          },
          {
            id: "kind",
            header: "Reads as",
            accessorFn: (c) => c.kind,
            cell: ({ row }) => (
              <span title={`stored as ${row.original.type}`}>
                {row.original.kind} {row.original.personal && <span className="badge warn">personal</span>}
              </span>
            ),
          },
          {
            id: "empty",
            header: "Empty",
            accessorFn: (c) => c.null_count + c.blank_count,
            sortDescFirst: true,
            cell: ({ row }) => <Gap column={row.original} rows={rows} />,
            meta: { numeric: true },
          },
          {
            id: "distinct",
            header: "Different",
            accessorFn: (c) => c.distinct.count,
            sortDescFirst: true,
            cell: ({ row }) => distinct(row.original.distinct),
            meta: { numeric: true, wide: true },
          },
          ...(narrow
            ? []
            : [
                {
                  id: "range",
                  header: "Range",
                  accessorFn: (c: SourceColumn) => c.min ?? "",
                  cell: ({ row }: { row: { original: SourceColumn } }) => (
                    <span className="values">{span(row.original)}</span>
                  ),
                  meta: { wide: true },
                },
                {
                  id: "values",
                  header: "Values",
                  enableSorting: false,
                  accessorFn: (c: SourceColumn) => c.name,
                  cell: ({ row }: { row: { original: SourceColumn } }) => <Values column={row.original} rows={rows} />,
                  meta: { wide: true },
                },
              ]),
          {
            id: "unusual",
            header: "Unusual",
            accessorFn: (c) => unusual([c]).length,
            sortDescFirst: true,
            cell: ({ row }) => unusual([row.original]).length || none,
            meta: { numeric: true },
          },
        ]}
      />
    </>
  );
}

/** How much of a column is empty, as a bar and in per cent. */
function Gap({ column, rows }: { column: SourceColumn; rows: number }): ReactNode {
  const empty = column.null_count + column.blank_count;
  return (
    <span className="gap" title={`${count(column.null_count)} null, ${count(column.blank_count)} blank`}>
      <i aria-hidden="true">
        <b style={{ width: rows > 0 ? `${(100 * empty) / rows}%` : 0 }} />
      </i>
      {part(empty, rows)}
    </span>
  );
}

/** How numbers and days lie; of texts the most frequent. */
function Values({ column, rows }: { column: SourceColumn; rows: number }): ReactNode {
  if (column.histogram) return <Histogram of={column.histogram} />;
  // Of very many values none is frequent.
  const frequent = column.frequent.filter((f) => f.count > rows / 1000);
  if (frequent.length === 0) return none;
  return (
    <span className="values">
      {frequent
        .slice(0, 3)
        .map((f) => `${written(f.value, column.kind)} ${part(f.count, rows)}`)
        .join(", ")}
    </span>
  );
}

function Unusual({
  profile,
  onOpen,
  currency,
}: {
  profile: SourceProfile;
  onOpen: (name: string) => void;
  currency: string;
}): ReactNode {
  const found = unusual(profile.columns);
  if (found.length === 0) return null;
  return (
    <Block
      title="What is unusual"
      width={12}
      currency={currency}
      finding="Not all of it is wrong: it is what deserves a look."
      note="IQR is the range of the middle half of the values: beyond 1.5 and 3 of it lie Tukey's inner and outer fences. docs/profiling.md has every rule, and whose it is."
      table={() => ({
        head: [{ label: "Column" }, { label: "Rows", numeric: true }, { label: "What" }, { label: "For example" }],
        rows: found.map((u) => [u.column, u.rows, u.what, u.example]),
      })}
    >
      <DataTable
        label="What is unusual"
        noun="findings"
        dense
        rows={found}
        rowId={(u) => `${u.column} ${u.what}`}
        columns={[
          {
            id: "column",
            header: "Column",
            accessorFn: (u) => u.column,
            cell: ({ row }) => (
              <button type="button" className="drill" onClick={() => onOpen(row.original.column)}>
                {row.original.column}
              </button>
            ),
            meta: { strong: true },
          },
          {
            id: "rows",
            header: "Rows",
            accessorFn: (u) => u.rows,
            sortDescFirst: true,
            cell: ({ row }) => count(row.original.rows),
            meta: { numeric: true },
          },
          { id: "what", header: "What", accessorFn: (u) => u.what },
          {
            id: "example",
            header: "For example",
            accessorFn: (u) => u.example,
            cell: ({ row }) => (row.original.example ? <code className="spaced">{row.original.example}</code> : none),
            meta: { wide: true },
          },
        ]}
      />
    </Block>
  );
}
