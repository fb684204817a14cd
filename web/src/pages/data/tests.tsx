import { type ReactNode, useState } from "react";
import { useResource } from "../../api/queries";
import type { Page, TestResult } from "../../api/resources";
import { Block } from "../../blocks/block";
import { useFilters } from "../../lib/filters";
import { count, none, plural } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { Status } from "./status";

type Shown = "all" | "problems";

/** How it stands with the tests, in one sentence; those that have not run are not counted as failing. */
export function testWords(all: Pick<TestResult, "status">[]): string {
  const run = all.filter((t) => t.status !== "unknown");
  const bad = run.filter((t) => t.status !== "pass").length;
  if (run.length === 0) return all.length === 0 ? "" : `None of ${plural(all.length, "test", "tests")} has run yet.`;
  const left = all.length - run.length;
  const unrun = left > 0 ? ` ${count(left)} ${left === 1 ? "has" : "have"} not run yet.` : "";
  if (bad === 0)
    return `${run.length === 1 ? "The one test passes." : `All of ${count(run.length)} tests pass.`}${unrun}`;
  return `${count(bad)} of ${plural(run.length, "test", "tests")} ${bad === 1 ? "does" : "do"} not pass.${unrun}`;
}

export function Tests(): ReactNode {
  const { session } = useFilters();
  const found = useResource<Page<TestResult>>("/tests");
  const [shown, setShown] = useState<Shown>("all");
  const all = found.data?.items ?? [];
  const problems = all.filter((t) => t.status !== "pass" && t.status !== "unknown");
  const rows = shown === "problems" ? problems : all;
  return (
    <Block
      title="Tests"
      width={12}
      currency={session.currency}
      finding={found.data ? testWords(all) : ""}
      table={() => ({
        head: [{ label: "Test" }, { label: "Tables" }, { label: "Column" }, { label: "Status" }, { label: "Message" }],
        rows: all.map((t) => [t.name, t.models.join(", "), t.column, t.status, t.message]),
      })}
    >
      <div className="chips above">
        <button type="button" className="chip" aria-pressed={shown === "all"} onClick={() => setShown("all")}>
          All <b>{count(all.length)}</b>
        </button>
        <button type="button" className="chip" aria-pressed={shown === "problems"} onClick={() => setShown("problems")}>
          Not passing <b>{count(problems.length)}</b>
        </button>
      </div>
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={400} />
      ) : all.every((t) => t.status === "unknown") ? (
        <Empty command="kith build">No test has run yet.</Empty>
      ) : (
        <DataTable
          label="Tests"
          noun="tests"
          dense
          rows={rows}
          rowId={(t) => t.unique_id}
          columns={[
            {
              id: "name",
              header: "Test",
              accessorFn: (t) => t.name,
              cell: ({ row }) => (
                <span className="long-name" title={row.original.message || undefined}>
                  {row.original.name}
                </span>
              ),
              meta: { strong: true },
            },
            {
              id: "model",
              header: "Table",
              accessorFn: (t) => t.models.join(", "),
              cell: ({ row }) => row.original.models.join(", ") || none,
              meta: { wide: true },
            },
            {
              id: "column",
              header: "Column",
              accessorFn: (t) => t.column,
              cell: ({ row }) => row.original.column || none,
              meta: { wide: true },
            },
            {
              id: "status",
              header: "Status",
              accessorFn: (t) => t.status,
              cell: ({ row }) => <Status value={row.original.status} />,
            },
            {
              id: "message",
              header: "What it found",
              accessorFn: (t) => t.message,
              cell: ({ row }) => <span className="clip">{row.original.message || none}</span>,
              meta: { wide: true },
            },
          ]}
        />
      )}
    </Block>
  );
}
