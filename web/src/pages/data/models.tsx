import { type ReactNode, useMemo, useState } from "react";
import { Link } from "react-router";
import { useResource } from "../../api/queries";
import type { ModelDetail, ModelSummary, Page } from "../../api/resources";
import { Block } from "../../blocks/block";
import { moment } from "../../lib/dates";
import { useFilters, useParam } from "../../lib/filters";
import { plural } from "../../lib/format";
import { dataPage } from "../../lib/url";
import { Sql } from "../../ui/sql";
import { Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { Status } from "./status";

/** The name of a node, the last part of its unique id. */
const nameOfNode = (id: string): string => id.split(".").pop() ?? id;

/** The tables in their own words: what a row is, what each column means, the SQL, the tests. */
export function Models(): ReactNode {
  const { session } = useFilters();
  const found = useResource<Page<ModelSummary>>("/models");
  const [name, setName] = useParam("model");
  const [text, setText] = useState("");
  const rows = useMemo(
    () =>
      (found.data?.items ?? [])
        .filter((m) => m.kind !== "source" && m.kind !== "exposure")
        .filter((m) => `${m.name} ${m.description}`.toLowerCase().includes(text.toLowerCase())),
    [found.data, text],
  );
  return (
    <>
      <Block
        title="Tables"
        width={name ? 5 : 12}
        currency={session.currency}
        finding={
          found.data ? `${plural(rows.length, "table", "tables")}, each with its words, its SQL and its tests.` : ""
        }
      >
        <label className="field above">
          <span className="sr">Find a table</span>
          <input
            className="input"
            placeholder="Find by name or description"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
        {found.error && !found.data ? (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        ) : !found.data ? (
          <Loading shape="rows" height={400} />
        ) : (
          <DataTable
            label="Tables"
            noun="tables"
            dense
            rows={rows}
            rowId={(m) => m.unique_id}
            selected={(m) => m.name === name}
            onOpen={(m) => setName(m.name)}
            columns={[
              {
                id: "name",
                header: "Table",
                accessorFn: (m) => m.name,
                cell: ({ row }) => (
                  <button type="button" className="drill" onClick={() => setName(row.original.name)}>
                    {row.original.name}
                  </button>
                ),
                meta: { strong: true },
              },
              { id: "schema", header: "Schema", accessorFn: (m) => m.schema ?? "" },
              {
                id: "description",
                header: "What it holds",
                accessorFn: (m) => m.description,
                cell: ({ row }) => <span className="clip">{row.original.description}</span>,
                meta: { wide: true },
              },
            ]}
          />
        )}
      </Block>
      {name && <Detail name={name} onClose={() => setName(null)} />}
    </>
  );
}

function Detail({ name, onClose }: { name: string; onClose: () => void }): ReactNode {
  const { session } = useFilters();
  const found = useResource<ModelDetail>(`/models/${encodeURIComponent(name)}`);
  const model = found.data;
  const links = (ids: string[]): ReactNode =>
    ids.map(nameOfNode).map((n, i) => (
      <span key={n}>
        {i > 0 ? ", " : ""}
        <Link to={dataPage(window.location.search, { tab: "models", model: n })}>{n}</Link>
      </span>
    ));
  return (
    <Block
      title={name}
      width={7}
      currency={session.currency}
      finding={
        model ? (model.built_at ? `Built ${moment(model.built_at)}.` : "Not built through this server yet.") : ""
      }
      stale={found.isPlaceholderData}
      tools={
        <button type="button" className="btn quiet" onClick={onClose}>
          Close
        </button>
      }
    >
      {found.error && !model ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !model ? (
        <Loading shape="rows" height={400} />
      ) : (
        <>
          <p className="lead-in">{model.description}</p>
          <h3>Columns</h3>
          <DataTable
            label={`Columns of ${name}`}
            noun="columns"
            dense
            rows={model.columns}
            rowId={(c) => c.name}
            columns={[
              {
                id: "name",
                header: "Column",
                accessorFn: (c) => c.name,
                cell: ({ row }) => <code>{row.original.name}</code>,
                meta: { strong: true },
              },
              { id: "type", header: "Type", accessorFn: (c) => c.type, meta: { wide: true } },
              {
                id: "description",
                header: "Meaning",
                accessorFn: (c) => c.description,
                cell: ({ row }) => (
                  <>
                    {row.original.description} {row.original.personal && <span className="badge warn">personal</span>}
                  </>
                ),
              },
            ]}
          />
          {model.tests.length > 0 && (
            <>
              <h3>Tests</h3>
              <ul className="plain-list">
                {model.tests.map((t) => (
                  <li key={t.name}>
                    <Status value={t.status} /> <span className="small">{t.name}</span>
                  </li>
                ))}
              </ul>
            </>
          )}
          <h3>Made from</h3>
          <p>{model.parents.length > 0 ? links(model.parents) : "What was loaded."}</p>
          <h3>Used by</h3>
          <p>{model.children.length > 0 ? links(model.children) : "No other table."}</p>
          <Sql text={model.sql || model.raw_sql} />
        </>
      )}
    </Block>
  );
}
