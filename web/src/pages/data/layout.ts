import type { Lineage } from "../../api/resources";

/** What the layout needs of a node. */
export type LineageNode = Lineage["nodes"][number];

export interface Placed extends LineageNode {
  column: number;
  row: number;
}

/** Puts the nodes into columns: each right of all that it is made from, neighbours near each other. */
export function layered(graph: Lineage): Placed[] {
  const parents = new Map<string, string[]>(graph.nodes.map((n) => [n.unique_id, []]));
  const children = new Map<string, string[]>(graph.nodes.map((n) => [n.unique_id, []]));
  for (const { from, to } of graph.edges) {
    if (!parents.has(from) || !parents.has(to)) continue;
    parents.get(to)?.push(from);
    children.get(from)?.push(to);
  }
  const depth = new Map<string, number>();
  const visiting = new Set<string>();
  const depthOf = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    if (visiting.has(id)) return 0;
    visiting.add(id);
    const own = Math.max(-1, ...(parents.get(id) ?? []).map(depthOf)) + 1;
    visiting.delete(id);
    depth.set(id, own);
    return own;
  };
  const columns: LineageNode[][] = [];
  for (const node of graph.nodes) {
    const column = depthOf(node.unique_id);
    columns[column] ??= [];
    columns[column]?.push(node);
  }
  const place = new Map<string, number>();
  for (const column of columns) {
    // Barycentre: a node stands where its parents stand on average.
    const weight = (n: LineageNode): number => {
      const known = (parents.get(n.unique_id) ?? []).map((p) => place.get(p)).filter((p) => p !== undefined);
      return known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : Number.POSITIVE_INFINITY;
    };
    column?.sort((a, b) => weight(a) - weight(b) || a.name.localeCompare(b.name));
    column?.forEach((n, i) => {
      place.set(n.unique_id, i);
    });
  }
  return columns.flatMap((column, c) => (column ?? []).map((node, r) => ({ ...node, column: c, row: r })));
}

/** All nodes that lead to a node, or that it leads to; itself included. */
export function related(graph: Lineage, id: string): Set<string> {
  const found = new Set([id]);
  for (const [near, far] of [
    ["to", "from"],
    ["from", "to"],
  ] as const) {
    const queue = [id];
    const seen = new Set(queue);
    for (let at = queue.shift(); at !== undefined; at = queue.shift()) {
      for (const edge of graph.edges) {
        if (edge[near] === at && !seen.has(edge[far])) {
          seen.add(edge[far]);
          found.add(edge[far]);
          queue.push(edge[far]);
        }
      }
    }
  }
  return found;
}
