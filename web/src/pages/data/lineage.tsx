import { type ReactNode, useMemo, useState } from "react";
import { Link } from "react-router";
import { useResource } from "../../api/queries";
import type { Lineage } from "../../api/resources";
import { Block } from "../../blocks/block";
import { useFilters, useParam } from "../../lib/filters";
import { plural } from "../../lib/format";
import { dataPage } from "../../lib/url";
import { Failed, Loading } from "../../ui/states";
import { layered, related } from "./layout";

const size = { w: 196, h: 22, dx: 232, dy: 27 };

/** How many nodes one that was picked is joined to, in a sentence. */
export const pickedWords = (name: string, others: number): string =>
  `${name} stands on and leads to ${plural(others, "other", "others")}.`;

/** How many nodes there are, in a sentence. */
export const graphWords = (nodes: number): string =>
  `${plural(nodes, "node", "nodes")}, from what was loaded on the left to what people read on the right.`;

/** Where every table comes from and what it leads to: a node picked shows its own line alone. */
export default function LineageGraph(): ReactNode {
  const { session } = useFilters();
  const found = useResource<Lineage>("/lineage");
  const [node, setNode] = useParam("node");
  const [text, setText] = useState("");
  const graph = found.data;
  const picked = useMemo(
    () => graph?.nodes.find((n) => n.name === node || n.unique_id === node) ?? null,
    [graph, node],
  );
  const shown = useMemo(() => {
    if (!graph) return null;
    const keep = picked ? related(graph, picked.unique_id) : null;
    const nodes = graph.nodes.filter((n) => !keep || keep.has(n.unique_id));
    const ids = new Set(nodes.map((n) => n.unique_id));
    const edges = graph.edges.filter((e) => ids.has(e.from) && ids.has(e.to));
    return { nodes: layered({ nodes, edges }), edges };
  }, [graph, picked]);
  const places = useMemo(() => new Map(shown?.nodes.map((n) => [n.unique_id, n])), [shown]);
  const hits =
    text.length > 1 ? (graph?.nodes ?? []).filter((n) => n.name.includes(text.toLowerCase())).slice(0, 8) : [];
  const width = Math.max(0, ...(shown?.nodes.map((n) => n.column) ?? [])) * size.dx + size.w + 8;
  const height = Math.max(0, ...(shown?.nodes.map((n) => n.row) ?? [])) * size.dy + size.h + 8;
  return (
    <Block
      title="Lineage"
      width={12}
      currency={session.currency}
      finding={
        !graph || !shown
          ? ""
          : picked
            ? pickedWords(picked.name, shown.nodes.length - 1)
            : graphWords(graph.nodes.length)
      }
      tools={
        picked && (
          <>
            <Link className="btn" to={dataPage(window.location.search, { tab: "models", model: picked.name })}>
              Open the table
            </Link>
            <button type="button" className="btn" onClick={() => setNode(null)}>
              Show all
            </button>
          </>
        )
      }
      table={
        graph &&
        (() => ({
          head: [{ label: "Node" }, { label: "Kind" }, { label: "Made from" }],
          rows: graph.nodes.map((n) => [
            n.name,
            n.kind,
            graph.edges
              .filter((e) => e.to === n.unique_id)
              .map((e) => graph.nodes.find((o) => o.unique_id === e.from)?.name ?? e.from)
              .join(", "),
          ]),
        }))
      }
    >
      {found.error && !graph ? (
        <Failed error={found.error} onRetry={() => void found.refetch()} />
      ) : !shown ? (
        <Loading shape="bars" height={480} />
      ) : (
        <>
          <div className="above">
            <label className="field">
              <span className="sr">Find a node</span>
              <input
                className="input"
                placeholder="Find a node"
                value={text}
                onChange={(event) => setText(event.target.value)}
              />
            </label>
            {hits.length > 0 && (
              <div className="chips">
                {hits.map((hit) => (
                  <button
                    key={hit.unique_id}
                    type="button"
                    className="chip"
                    onClick={() => {
                      setNode(hit.name);
                      setText("");
                    }}
                  >
                    {hit.name}
                  </button>
                ))}
              </div>
            )}
          </div>
          <section
            className={picked ? "graph one" : "graph"}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
            tabIndex={0}
            aria-label="Lineage graph; the same as a table is in the menu"
          >
            <div style={{ width, height }}>
              <svg width={width} height={height} aria-hidden="true">
                {shown.edges.map((edge) => {
                  const [a, b] = [places.get(edge.from), places.get(edge.to)];
                  if (!a || !b) return null;
                  const [x0, y0] = [a.column * size.dx + size.w, a.row * size.dy + size.h / 2];
                  const [x1, y1] = [b.column * size.dx, b.row * size.dy + size.h / 2];
                  const bend = Math.max(24, (x1 - x0) / 2);
                  return (
                    <path
                      key={`${edge.from} ${edge.to}`}
                      d={`M${x0} ${y0}C${x0 + bend} ${y0} ${x1 - bend} ${y1} ${x1} ${y1}`}
                    />
                  );
                })}
              </svg>
              {shown.nodes.map((n) => (
                <button
                  key={n.unique_id}
                  type="button"
                  className={`node ${n.kind}${n.unique_id === picked?.unique_id ? " picked" : ""}${/error|fail/.test(n.status) ? " failed" : ""}`}
                  style={{ left: n.column * size.dx, top: n.row * size.dy, width: size.w, height: size.h }}
                  title={`${n.kind} ${n.name}${n.schema ? ` in ${n.schema}` : ""}`}
                  onClick={() => setNode(n.name)}
                >
                  {n.name}
                </button>
              ))}
            </div>
          </section>
          <p className="legend under-table">
            <span>
              <i className="swatch node-key source" /> source
            </span>
            <span>
              <i className="swatch node-key seed" /> seed
            </span>
            <span>
              <i className="swatch node-key model" /> table
            </span>
            <span>
              <i className="swatch node-key exposure" /> what people read
            </span>
          </p>
        </>
      )}
    </Block>
  );
}
