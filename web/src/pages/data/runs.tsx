import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useEffect, useState } from "react";
import { postJson } from "../../api/client";
import type { RunEvent } from "../../api/events";
import { useResource } from "../../api/queries";
import type { Page, Run, RunDetail } from "../../api/resources";
import { Block } from "../../blocks/block";
import { ago } from "../../lib/dates";
import { useFilters } from "../../lib/filters";
import { count, none, plural } from "../../lib/format";
import { Empty, Failed, Loading } from "../../ui/states";
import { DataTable } from "../../ui/table";
import { Status } from "./status";

const took = (seconds: number): string =>
  seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;

const unfinished = (run: Run): boolean => run.status === "running";

/** Builds: the one that runs with its progress, those before, and a new one. */
export function Runs(): ReactNode {
  const { session } = useFilters();
  const client = useQueryClient();
  // A build that was asked for here and is not listed yet: the project is being read.
  const [asked, setAsked] = useState<string | null>(null);
  const found = useResource<Page<Run>>("/runs");
  const progress = useQuery<RunEvent | null>({
    queryKey: ["run-progress"],
    queryFn: () => null,
    enabled: false,
    initialData: null,
  }).data;
  const [open, setOpen] = useState<string | null>(null);
  const [select, setSelect] = useState("");
  const refresh = (): void => void client.invalidateQueries({ queryKey: ["resource", "/runs"] });
  const start = useMutation({
    mutationFn: () =>
      postJson<{ id: string }>("/runs", { command: "build", ...(select.trim() ? { select: select.trim() } : {}) }),
    onSuccess: ({ id }) => setAsked(id),
    onSettled: refresh,
  });
  const cancel = useMutation({
    mutationFn: (id: string) => postJson(`/runs/${encodeURIComponent(id)}/cancel`, {}),
    onSettled: () => {
      setAsked(null);
      refresh();
    },
  });
  const runs = found.data?.items ?? [];
  const listed = asked !== null && runs.some((run) => run.id === asked);
  const waiting = asked !== null && !listed;
  useEffect(() => {
    if (listed) setAsked(null);
    if (!waiting) return;
    const timer = setInterval(() => void client.invalidateQueries({ queryKey: ["resource", "/runs"] }), 1000);
    return () => clearInterval(timer);
  }, [listed, waiting, client]);
  const running = runs.find(unfinished);
  const current = running ?? (waiting ? { id: asked, command: "build", done: 0, total: 0 } : undefined);
  const done = progress?.done ?? current?.done ?? 0;
  const total = progress?.total ?? current?.total ?? 0;
  return (
    <>
      <Block
        title="Runs"
        finding={
          current
            ? "A build is under way; the pages keep the figures of the last one until it is done."
            : "Newest first."
        }
        width={open ? 7 : 12}
        currency={session.currency}
        tools={
          <form
            className="run-form"
            onSubmit={(event) => {
              event.preventDefault();
              start.mutate();
            }}
          >
            <label>
              <span className="sr">What to build, empty for everything</span>
              <input
                className="input"
                placeholder="everything, or +model"
                value={select}
                onChange={(event) => setSelect(event.target.value)}
              />
            </label>
            <button type="submit" className="btn primary" disabled={Boolean(current) || start.isPending}>
              Build
            </button>
          </form>
        }
      >
        {start.error && <Failed error={start.error} />}
        {cancel.error && <Failed error={cancel.error} />}
        {current && (
          <div className="run-now" role="status">
            <p>
              <strong>{current.command}</strong> {total > 0 ? `${count(done)} of ${count(total)}` : "starting"}{" "}
              {progress?.node ? <code>{progress.node}</code> : null}
            </p>
            <progress
              value={total > 0 ? done : undefined}
              max={total > 0 ? total : undefined}
              aria-label="Progress of the build"
            />
            <button type="button" className="btn" disabled={cancel.isPending} onClick={() => cancel.mutate(current.id)}>
              Cancel
            </button>
          </div>
        )}
        {found.error && !found.data ? (
          <Failed error={found.error} onRetry={() => void found.refetch()} />
        ) : !found.data ? (
          <Loading shape="rows" height={240} />
        ) : runs.length === 0 ? (
          <Empty command="kith build">Nothing has been built through this server yet.</Empty>
        ) : (
          <DataTable
            label="Runs"
            noun="runs"
            rows={runs}
            rowId={(run) => run.id}
            selected={(run) => run.id === open}
            onOpen={(run) => setOpen(run.id === open ? null : run.id)}
            columns={[
              {
                id: "started",
                header: "Started",
                accessorFn: (run) => run.started_at,
                cell: ({ row }) => (
                  <button type="button" className="drill" onClick={() => setOpen(row.original.id)}>
                    {ago(row.original.started_at, new Date())}
                  </button>
                ),
                meta: { strong: true },
              },
              { id: "command", header: "Command", accessorFn: (run) => run.command },
              {
                id: "status",
                header: "Status",
                accessorFn: (run) => run.status,
                cell: ({ row }) => <Status value={row.original.status} />,
              },
              {
                id: "nodes",
                header: "Nodes",
                accessorFn: (run) => run.total,
                cell: ({ row }) => (row.original.total > 0 ? count(row.original.total) : none),
                meta: { numeric: true, wide: true },
              },
              {
                id: "time",
                header: "Took",
                accessorFn: (run) => run.seconds,
                cell: ({ row }) => took(row.original.seconds),
                meta: { numeric: true },
              },
            ]}
          />
        )}
      </Block>
      {open && <Detail id={open} onClose={() => setOpen(null)} />}
    </>
  );
}

const ended: Partial<Record<Run["status"], string>> = {
  failed: "The run failed.",
  cancelled: "The run was cancelled.",
  interrupted: "The run was interrupted.",
};

const isBad = (status: string): boolean => /error|fail/.test(status);

/** What became of a run, in one sentence. */
export function runWords(run: Pick<RunDetail, "status" | "done" | "total" | "nodes">): string {
  const { nodes } = run;
  const bad = nodes.filter((n) => isBad(n.status));
  const first = bad[0];
  if (first) return `${count(bad.length)} of ${plural(nodes.length, "node", "nodes")} failed, the first ${first.name}.`;
  if (run.status === "running") return `${count(run.done)} of ${plural(run.total, "node", "nodes")} so far.`;
  const how = ended[run.status];
  if (how) return nodes.length > 0 ? `${how} ${plural(nodes.length, "node", "nodes")} had run until then.` : how;
  if (nodes.length === 0) return "There was nothing to do.";
  return nodes.length === 1 ? "The one node went well." : `All of ${count(nodes.length)} nodes went well.`;
}

function Detail({ id, onClose }: { id: string; onClose: () => void }): ReactNode {
  const { session } = useFilters();
  const found = useResource<RunDetail>(`/runs/${encodeURIComponent(id)}`);
  const nodes = found.data?.nodes ?? [];
  return (
    <Block
      title="What it did"
      width={5}
      currency={session.currency}
      finding={found.data ? runWords(found.data) : ""}
      tools={
        <button type="button" className="btn quiet" onClick={onClose}>
          Close
        </button>
      }
    >
      {found.error && !found.data ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !found.data ? (
        <Loading shape="rows" height={240} />
      ) : (
        <>
          <p className="above">
            <code>{[found.data.command, found.data.arguments].filter(Boolean).join(" ")}</code>
          </p>
          {found.data.message && <p className="above bad">{found.data.message}</p>}
          {nodes.length > 0 && <Nodes nodes={nodes} />}
        </>
      )}
    </Block>
  );
}

function Nodes({ nodes }: { nodes: RunDetail["nodes"] }): ReactNode {
  return (
    <DataTable
      label="Nodes of the run"
      dense
      noun="nodes"
      rows={nodes}
      rowId={(n) => n.unique_id}
      columns={[
        {
          id: "name",
          header: "Node",
          accessorFn: (n) => n.name,
          cell: ({ row }) => (
            <span title={row.original.message || undefined}>
              {row.original.name}
              {isBad(row.original.status) && <small className="bad said">{row.original.message}</small>}
            </span>
          ),
          meta: { strong: true },
        },
        {
          id: "status",
          header: "Status",
          accessorFn: (n) => n.status,
          cell: ({ row }) => <Status value={row.original.status} />,
        },
        {
          id: "seconds",
          header: "Seconds",
          accessorFn: (n) => n.seconds,
          cell: ({ row }) => row.original.seconds.toFixed(2),
          meta: { numeric: true },
        },
      ]}
    />
  );
}
