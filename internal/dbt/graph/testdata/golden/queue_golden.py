"""Write the order in which dbt gives out nodes with one thread, for run and build."""
import json
import random
import sys

import networkx as nx
from dbt.cli.main import dbtRunner
from dbt.compilation import Linker
from dbt.graph import Graph, GraphQueue
m = dbtRunner().invoke(["parse", "--quiet"]).result
m.build_parent_and_child_maps()
out = []
def order(tests, ids):
    l = Linker(); l.link_graph(m)
    if tests:
        l.add_test_edges_1(m)
    q = GraphQueue(Graph(l.graph).get_subset_graph(set(ids)).graph, m, set(ids))
    got = []
    while not q.empty():
        n = q.get(block=False); got.append(n.unique_id); q.mark_done(n.unique_id)
    return got
runnable = sorted(k for k, n in m.nodes.items() if n.resource_type in ("model", "seed", "snapshot", "test"))
random.seed(7)
for k in range(12):
    some = runnable if k == 0 else sorted(random.sample(runnable, len(runnable) * (12 - k) // 12))
    out.append({"ids": sorted(some), "build": order(True, some), "run": order(False, some)})
l = Linker(); l.link_graph(m); l.add_test_edges_1(m)
red = nx.transitive_closure_dag(l.graph)
out.append({"closure": sorted([a, b] for a, b in red.edges() if a.startswith("test."))})
json.dump(out, open(sys.argv[1], "w"), separators=(",", ":"))
