// The project as it was fetched, and what can be asked of it.
"use strict";
(function (kith) {
  const embedded = document.getElementById("data");
  let tag = null;

  // load fetches the project. It gives false when nothing has changed.
  kith.load = async function () {
    if (embedded) {
      if (kith.site) return false;
      const all = JSON.parse(embedded.textContent);
      embedded.remove();
      kith.codes = all.code;
      index(all.site);
      return true;
    }
    const answer = await fetch("/api/project.json", { headers: tag ? { "If-None-Match": tag } : {}, cache: "no-store" });
    if (answer.status === 304) return false;
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error || "the server answers " + answer.status);
    if (tag && tag === answer.headers.get("ETag")) return false;
    tag = answer.headers.get("ETag");
    index(body);
    return true;
  };

  kith.isStatic = Boolean(embedded);

  // codeOf fetches the code of one node.
  kith.codeOf = async function (id) {
    if (kith.codes) return kith.codes[id] || { raw: "" };
    const answer = await fetch("/api/code.json?id=" + encodeURIComponent(id));
    const body = await answer.json();
    if (!answer.ok) throw new Error(body.error);
    return body;
  };

  // index adds to nodes what is asked often: children, columns by name, and by
  // which columns a column is used.
  function index(site) {
    kith.site = site;
    kith.byId = new Map();
    site.nodes.forEach((node, i) => {
      Object.assign(node, { at: i, children: [], columns: node.columns || [], parents: node.parents || [], tests: node.tests || [], usedBy: new Map() });
      node.byName = new Map(node.columns.map((c) => [c.name.toLowerCase(), c]));
      kith.byId.set(node.id, node);
    });
    for (const node of site.nodes) {
      for (const parent of node.parents) site.nodes[parent].children.push(node.at);
      for (const column of node.columns) {
        for (const origin of column.from || []) {
          if (origin.node < 0) continue;
          const used = site.nodes[origin.node].usedBy;
          const key = origin.column.toLowerCase();
          if (!used.has(key)) used.set(key, []);
          used.get(key).push({ node: node.at, column: column.name, kind: origin.kind });
        }
      }
    }
    kith.testById = new Map(site.tests.map((t) => [t.id, t]));
    kith.macroById = new Map(site.macros.map((m) => [m.id, m]));
  }

  // worst gives the worst status of a node's tests, "" without results.
  kith.worst = function (tests) {
    let worst = "";
    for (const t of tests) {
      const status = kith.site.tests[t].result ? kith.site.tests[t].result.status : "";
      if (status && (!worst || kith.rank(status) < kith.rank(worst))) worst = status;
    }
    return worst;
  };

  // reach gives the places of nodes within some steps up and down.
  kith.reach = function (start, up, down) {
    const found = new Set([start]);
    const walk = (next, steps) => {
      let edge = [start];
      for (let i = 0; i < steps && edge.length; i++) {
        const further = [];
        for (const at of edge) {
          for (const n of next(kith.site.nodes[at])) {
            if (!found.has(n)) { found.add(n); further.push(n); }
          }
        }
        edge = further;
      }
    };
    walk((n) => n.parents, up);
    walk((n) => n.children, down);
    return found;
  };

  // columnPath gives every column above and below one, and the steps between
  // them: {columns: Map place -> Set of names, edges: [{from, column, to, target, kind}]}.
  kith.columnPath = function (start, column) {
    const columns = new Map();
    const edges = new Map();
    const seen = (set, node, name) => {
      const key = node + "\n" + name.toLowerCase();
      if (set.has(key)) return true;
      set.add(key);
      if (!columns.has(node)) columns.set(node, new Set());
      const known = kith.site.nodes[node].byName.get(name.toLowerCase());
      columns.get(node).add(known ? known.name : name);
      return false;
    };
    const edge = (from, name, to, target, kind) => edges.set([from, name.toLowerCase(), to, target.toLowerCase()].join("\n"), { from, column: name, to, target, kind });
    const ups = new Set();
    const up = [[start, column]];
    while (up.length) {
      const [at, name] = up.pop();
      if (seen(ups, at, name)) continue;
      const c = kith.site.nodes[at].byName.get(name.toLowerCase());
      for (const o of (c && c.from) || []) {
        if (o.node < 0) continue;
        edge(o.node, o.column, at, name, o.kind);
        up.push([o.node, o.column]);
      }
    }
    const downs = new Set();
    const down = [[start, column]];
    while (down.length) {
      const [at, name] = down.pop();
      if (seen(downs, at, name)) continue;
      for (const u of kith.site.nodes[at].usedBy.get(name.toLowerCase()) || []) {
        edge(at, name, u.node, u.column, u.kind);
        down.push([u.node, u.column]);
      }
    }
    return { columns, edges: [...edges.values()], above: ups.size - 1, below: downs.size - 1 };
  };
})(window.kith);
