// The pages, by address.
"use strict";
(function (kith) {
  const { h } = kith;
  const steps = { up: 0, down: 0, tests: true }; // 0: as much as stays readable

  const head = (kind, title, line, actions) => h("header", { class: "page-head" }, h("div", null, h("p", { class: "kicker" }, kind), h("h1", null, title), line ? h("p", { class: "line" }, line) : null), actions ? h("div", { class: "actions" }, actions) : null);
  const facts = (list) => h("dl", { class: "facts" }, list.filter(Boolean).map(([name, value]) => [h("dt", null, name), h("dd", null, value)]));
  const typeNames = { model: "Model", source: "Source", seed: "Seed", snapshot: "Snapshot", exposure: "Exposure", analysis: "Analysis" };
  const plural = { model: "Models", source: "Sources", seed: "Seeds", snapshot: "Snapshots", exposure: "Exposures", analysis: "Analyses" };
  const missing = (what) => [head("Not found", what), h("p", null, "It may have been renamed or left out. Search finds what there is.")];

  function overview() {
    const site = kith.site;
    const count = (type) => site.nodes.filter((n) => n.type === type).length;
    const ran = site.tests.filter((t) => t.result);
    const bad = ran.filter((t) => kith.rank(t.result.status) <= 3);
    const failed = site.nodes.filter((n) => n.result && kith.rank(n.result.status) <= 3);
    const columns = site.nodes.filter((n) => n.type === "model").flatMap((n) => n.columns);
    const described = columns.filter((c) => c.description).length;
    const known = site.nodes.filter((n) => n.type === "model" && !n.unknown).flatMap((n) => n.columns).length;
    const percent = (a, b) => (b ? (Math.floor((a / b) * 1000) / 10).toFixed(a === b ? 0 : 1) + "%" : "–");
    return [
      head("Project", site.project, `Compiled ${kith.when(site.generated)}`),
      h("div", { class: "figures" }, Object.keys(plural).filter(count).map((type) => h("a", { href: "#/list/" + type }, h("span", null, plural[type]), h("b", null, count(type).toLocaleString("en-GB")))),
        h("a", { href: "#/tests" }, h("span", null, "Tests"), h("b", null, site.tests.length.toLocaleString("en-GB")))),
      kith.block("Tests", !ran.length ? "There are no results yet: kith build makes some." : bad.length
        ? `${kith.count(bad.length, "test")} of ${ran.length.toLocaleString("en-GB")} did not pass in the last ${site.command || "run"}, ${kith.when(site.ran)}.`
        : `All ${ran.length.toLocaleString("en-GB")} tests passed in the last ${site.command || "run"}, ${kith.when(site.ran)}.`,
      bad.length ? kith.testTable(bad.slice(0, 50), true) : null),
      failed.length ? kith.block("Not built", `${kith.count(failed.length, "node")} failed.`, h("ul", { class: "plain" }, failed.map((n) => h("li", null, kith.mark(n.result.status), " ", kith.nodeRef(n), " ", h("span", { class: "ink-3" }, n.result.message))))) : null,
      kith.block("Documentation", columns.length ? `${described.toLocaleString("en-GB")} of ${columns.length.toLocaleString("en-GB")} model columns have a description (${percent(described, columns.length)})${site.traced ? `; the origin of ${percent(known, columns.length)} is known` : ""}.` : "No columns are known: kith docs generate reads them from the warehouse.",
        h("p", null, h("a", { href: "#/graph" }, "Show the lineage of the whole project"))),
      site.overview ? h("section", { class: "block" }, kith.markdown(site.overview)) : null,
    ];
  }

  function list(type) {
    const all = kith.site.nodes.filter((n) => n.type === type);
    if (!all.length) return missing(type);
    return [head("Project", plural[type], kith.count(all.length, type, plural[type].toLowerCase())),
      h("div", { class: "scroll-x" }, h("table", { class: "data" },
        h("thead", null, h("tr", null, ["Name", "Kind", "Schema", "Columns", "Tests", "Description"].map((t, i) => h("th", { scope: "col", class: i === 3 ? "num" : null }, t)))),
        h("tbody", null, all.map((n) => h("tr", null, h("td", null, kith.nodeRef(n)), h("td", null, n.kind || ""), h("td", null, n.schema || ""), h("td", { class: "num" }, n.columns.length || "–"),
          h("td", { class: "nowrap" }, n.tests.length ? [kith.mark(kith.worst(n.tests)), ` ${n.tests.length}`] : "–"), h("td", { class: "clip" }, kith.plain(n.description)))))))];
  }

  function node(id, column) {
    const n = kith.byId.get(id);
    if (!n) return missing(id);
    const site = kith.site;
    const graphLink = "#/graph/" + encodeURIComponent(n.id);
    const looseTests = n.tests.map((t) => site.tests[t]).filter((t) => !t.column || !n.byName.has(t.column.toLowerCase()));
    const relatives = (list) => (list.length ? h("ul", { class: "plain" }, list.map((i) => h("li", null, kith.nodeRef(site.nodes[i], site.nodes[i].type)))) : h("p", { class: "ink-3" }, "Nothing."));
    const fresh = n.fresh && [kith.mark(n.fresh.status), n.fresh.message ? " " + n.fresh.message : ` ${kith.age(n.fresh.hours)} old when checked, ${kith.when(n.fresh.checked)}${n.fresh.limits ? "; " + n.fresh.limits : ""}`];
    const built = n.built === "VIEW" ? "view" : n.built ? "table" : "";
    const graph = h("div", { class: "graph-box small" });
    const parts = [
      head([typeNames[n.type], n.kind ? " · " + n.kind : "", n.package !== site.project ? " · " + n.package : ""].join(""), n.name, [h("code", null, n.relation || n.path)], h("a", { class: "btn", href: graphLink }, "Lineage")),
      n.description ? h("section", null, kith.markdown(n.description)) : h("p", { class: "ink-3" }, "There is no description."),
      n.note ? h("section", { class: "note" }, kith.markdown(n.note)) : null,
      facts([
        n.result && ["Last run", [kith.mark(n.result.status), ` ${kith.seconds(n.result.seconds)}`, n.result.message && n.result.message !== "OK" ? ", " + n.result.message : "", `, ${kith.when(site.ran)}`]],
        fresh && ["Freshness", fresh],
        built && ["In the warehouse", `${built}, as of ${kith.when(site.catalog)}`],
        n.relation && ["File", h("code", null, n.path)],
        n.tags && ["Tags", n.tags.join(", ")],
        ...(n.facts || []).map((f) => [f.name, f.link ? h("a", { href: f.link, rel: "noopener noreferrer", target: "_blank" }, f.value) : f.value]),
      ]),
    ];
    if (n.parents.length + n.children.length) {
      parts.push(h("div", { class: "pair" },
        kith.block("Depends on", kith.count(n.parents.length, "node"), relatives(n.parents)), kith.block("Used by", kith.count(n.children.length, "node"), relatives(n.children))));
      parts.push(h("section", { class: "block wide" }, h("h2", null, "Lineage"), h("p", { class: "sentence" }, "What it is made from and what reads it, one step each way. ", h("a", { href: graphLink }, "All of it, with columns")), graph));
    }
    if (n.columns.length) {
      const tested = n.columns.filter((c) => (c.tests || []).length).length;
      parts.push(h("section", { class: "block wide" }, h("h2", null, "Columns"), h("p", { class: "sentence" }, `${kith.count(n.columns.length, "column")}, ${tested} tested.`,
        n.unknown ? h("span", { class: "mark warn" }, ` ◆ Where they come from is not known: ${n.unknown}`) : ""), kith.columnTable(n, column),
      (n.rows || []).length ? h("p", { class: "rows" }, "Which rows there are depends on ", rowOrigins(n.rows), ".") : null));
    } else if (n.type !== "exposure" && n.type !== "analysis") {
      parts.push(kith.block("Columns", "None are known: it is not built, or kith docs generate has not been run since."));
    }
    if (looseTests.length) parts.push(h("section", { class: "block wide" }, h("h2", null, "Tests"), h("p", { class: "sentence" }, "Tests of the whole, not of one column."), kith.testTable(looseTests)));
    if (n.code) parts.push(h("section", { class: "block wide" }, h("h2", null, "Code"), kith.codeBlock(n.id)));
    return { parts, after() {
      if (graph.isConnected && n.parents.length + n.children.length) draw(graph, { nodes: kith.reach(n.at, 1, 1), focus: n.at, tests: true });
      const row = column && document.getElementById("column-" + column);
      if (row) row.scrollIntoView({ block: "center" });
    } };
  }

  function rowOrigins(rows) {
    const words = { filter: "filters on", join: "joins on", group: "groups by", distinct: "distinct values of", sort: "the order by" };
    return Object.keys(words).filter((k) => rows.some((r) => r.kind === k)).map((k, i) => [i ? "; " : "", words[k] + " ", kith.originList(rows.filter((r) => r.kind === k), false)]);
  }

  // draw puts a graph into a box of the page.
  function draw(box, given) {
    const drawn = kith.graph({
      select: (at) => { location.hash = kith.nodeLink(kith.site.nodes[at]); }, open: (at) => { location.hash = kith.nodeLink(kith.site.nodes[at]); },
      pick: (at, column) => { location.hash = "#/graph/" + encodeURIComponent(kith.site.nodes[at].id) + "/" + encodeURIComponent(column); }, ...given,
    });
    box.replaceChildren(drawn.element);
    drawn.view.start(drawn.boxes.get(given.focus));
    return drawn;
  }

  function graph(id, column) {
    const site = kith.site;
    const n = id ? kith.byId.get(id) : null;
    if (id && !n) return missing(id);
    if (column && !n.byName.has(column.toLowerCase()) && !n.usedBy.has(column.toLowerCase())) return missing(`${n.name}.${column}`);
    const box = h("div", { class: "graph-box" });
    const panel = h("aside", { class: "panel", "aria-label": "Chosen node" });
    const bar = h("div", { class: "bar", role: "toolbar", "aria-label": "Graph" });
    const path = n && column ? kith.columnPath(n.at, column) : null;
    let drawn = null;
    const folder = (m) => (m.type === "model" ? m.path.split("/").slice(0, -1).join("/") : m.type === "source" ? m.name.split(".")[0] + " (source)" : "");
    let chosen = "";
    // all gives the nodes of the whole project, or of a folder with their nearest.
    const all = () => {
      const set = new Set(site.nodes.filter((m) => m.type !== "analysis" && (!chosen || folder(m).startsWith(chosen))).map((m) => m.at));
      if (chosen) for (const at of [...set]) for (const p of site.nodes[at].parents) set.add(p);
      return set;
    };
    const nodes = () => {
      if (path) return new Set(path.columns.keys());
      if (!n) return all();
      const whole = kith.reach(n.at, 99, 99);
      if (!steps.up && !steps.down) return whole.size <= 40 ? whole : kith.reach(n.at, 2, 2);
      return kith.reach(n.at, steps.up || 2, steps.down || 2);
    };
    const show = () => {
      const set = nodes();
      drawn = draw(box, { nodes: set, focus: n ? n.at : undefined, path, column, tests: steps.tests,
        select: (at) => { location.hash = "#/graph/" + encodeURIComponent(site.nodes[at].id); } });
      if (!n) { const first = box.querySelector(".box"); if (first) first.setAttribute("tabindex", "0"); }
    };
    const stepper = (key, label) => {
      const auto = kith.reach(n.at, 99, 99).size <= 40 ? 99 : 2;
      const value = h("output", null, (steps[key] || auto) > 20 ? "all" : String(steps[key] || auto));
      const change = (by) => { steps[key] = Math.min(9, Math.max(1, (steps[key] > 20 ? 9 : steps[key] || 2) + by)); value.textContent = String(steps[key]); show(); };
      return h("span", { class: "stepper" }, label, h("button", { type: "button", class: "btn", "aria-label": `Fewer steps ${label.toLowerCase()}`, onclick: () => change(-1) }, "−"), value,
        h("button", { type: "button", class: "btn", "aria-label": `More steps ${label.toLowerCase()}`, onclick: () => change(1) }, "+"));
    };
    if (n && !path) bar.append(stepper("up", "Up"), stepper("down", "Down"), h("button", { type: "button", class: "btn", onclick: () => { steps.up = steps.down = 99; kith.show(); } }, "All"));
    if (path) bar.append(h("a", { class: "btn", href: "#/graph/" + encodeURIComponent(n.id) }, "All nodes"), h("span", { class: "legend" },
      ["identity", "transformed", "windowed", "aggregated"].map((k) => h("span", null, kith.svg("svg", { width: 26, height: 8, "aria-hidden": "true" }, kith.svg("path", { d: "M0,4H26", class: "edge on " + k })), k))));
    if (!n) {
      const folders = [...new Set(site.nodes.map(folder).filter(Boolean).flatMap((f) => f.split("/").map((_, i, parts) => parts.slice(0, i + 1).join("/"))))].sort();
      bar.append(h("label", { class: "check" }, "Show ", h("select", { class: "btn", onchange: (event) => { chosen = event.target.value; show(); } },
        h("option", { value: "" }, "the whole project"), folders.map((f) => h("option", { value: f }, f)))));
    }
    bar.append(h("label", { class: "check" }, h("input", { type: "checkbox", checked: steps.tests, onchange: (event) => { steps.tests = event.target.checked; show(); } }), "Tests"),
      h("span", { class: "right" }, h("button", { type: "button", class: "btn", "aria-label": "Zoom out", onclick: () => drawn.view.zoom(0.8) }, "−"),
        h("button", { type: "button", class: "btn", "aria-label": "Zoom in", onclick: () => drawn.view.zoom(1.25) }, "+"), h("button", { type: "button", class: "btn", onclick: () => drawn.view.fit() }, "Fit")));
    panel.append(...(n ? about(n, column, path) : [h("h2", null, "Lineage"), h("p", null, `${kith.count(all().size, "node")}. Choose one to see what it is made from, down to its columns.`), h("p", { class: "ink-3" }, "Drag to move, Ctrl and wheel to zoom. By keyboard: arrows, Enter, + and −, 0 for all.")]));
    return { parts: [h("h1", { class: "sr" }, n ? `Lineage of ${n.name}${column ? "." + column : ""}` : "Lineage of the project"), bar, h("div", { class: "graph-page" }, box, panel)], wide: true, after: show };
  }

  function about(n, column, path) {
    const chosen = column && n.byName.get(column.toLowerCase());
    return [h("p", { class: "kicker" }, typeNames[n.type] + (n.kind ? " · " + n.kind : "")), h("h2", null, h("a", { href: kith.nodeLink(n) }, n.name)),
      column ? h("div", { class: "chosen" }, h("h3", null, column), chosen && chosen.type ? h("p", { class: "coltype" }, chosen.type) : null, chosen && chosen.description ? kith.markdown(chosen.description) : null,
        h("p", null, `${kith.count(path.above, "column")} upstream, ${path.below.toLocaleString("en-GB")} downstream.`),
        chosen && (chosen.from || []).length ? h("p", null, "From ", kith.originList(chosen.from, true)) : null,
        n.unknown ? h("p", { class: "mark warn" }, "◆ Its origin is not known: " + n.unknown) : null) : n.description ? h("p", null, kith.plain(n.description).slice(0, 280)) : null,
      n.columns.length ? [h("h3", null, "Columns"), h("p", { class: "ink-3" }, "Choose one to follow it through the project."),
        h("ul", { class: "picks" }, n.columns.map((c) => h("li", null, h("a", { href: "#/graph/" + encodeURIComponent(n.id) + "/" + encodeURIComponent(c.name), "aria-current": column && column.toLowerCase() === c.name.toLowerCase() ? "true" : null }, c.name, h("span", { class: "coltype" }, c.type || "")))))] : null].flat().filter(Boolean);
  }

  function tests() {
    const site = kith.site;
    const sorted = [...site.tests].sort((a, b) => kith.rank(a.result ? a.result.status : "") - kith.rank(b.result ? b.result.status : ""));
    const ran = sorted.filter((t) => t.result);
    const sum = [...new Set(ran.map((t) => t.result.status))].map((s) => `${ran.filter((t) => t.result.status === s).length.toLocaleString("en-GB")} ${s}`).join(", ");
    const box = h("div");
    const page = 200;
    const show = (to) => box.replaceChildren(kith.testTable(sorted.slice(0, to), true), sorted.length > to ? h("button", { type: "button", class: "btn", onclick: () => show(to + 1000) }, `Show more (${(sorted.length - to).toLocaleString("en-GB")} left)`) : "");
    show(page);
    return [head("Project", "Tests", sorted.length ? `${kith.count(sorted.length, "test")}${ran.length ? `: ${sum}; ${kith.when(site.ran)}` : "; none has run yet"}` : "The project has no tests."), sorted.length ? box : null];
  }

  function test(id) {
    const t = kith.testById.get(id);
    if (!t) return missing(id);
    return [head("Test · " + t.kind, t.name, h("code", null, t.path)), t.description ? kith.markdown(t.description) : null,
      facts([["Last result", t.result ? [kith.mark(t.result.status), t.result.failures >= 0 ? ` ${kith.count(t.result.failures, "failing row")}` : "", `, ${kith.seconds(t.result.seconds)}, ${kith.when(kith.site.ran)}`] : "none yet"],
        t.result && t.result.message && ["Message", t.result.message], t.column && ["Column", t.column], t.severity && ["Severity", t.severity], t.arguments && ["Arguments", t.arguments],
        (t.nodes || []).length && ["On", t.nodes.map((i, j) => [j ? ", " : "", kith.nodeRef(kith.site.nodes[i])])]]),
      t.kind === "unit" ? null : h("section", { class: "block wide" }, h("h2", null, "Code"), kith.codeBlock(t.id))];
  }

  function macros() {
    return [head("Project", "Macros", kith.count(kith.site.macros.length, "macro")), h("div", { class: "scroll-x" }, h("table", { class: "data" },
      h("thead", null, h("tr", null, ["Name", "Package", "File", "Description"].map((t) => h("th", { scope: "col" }, t)))),
      h("tbody", null, kith.site.macros.map((m) => h("tr", null, h("td", null, h("a", { href: "#/macro/" + encodeURIComponent(m.id) }, m.name)), h("td", null, m.package), h("td", null, h("code", null, m.path)), h("td", { class: "clip" }, kith.plain(m.description)))))))];
  }

  function macro(id) {
    const m = kith.macroById.get(id);
    if (!m) return missing(id);
    return [head("Macro · " + m.package, m.name, h("code", null, m.path)), m.description ? kith.markdown(m.description) : null,
      (m.arguments || []).length ? kith.block("Arguments", null, h("table", { class: "data" }, h("tbody", null, m.arguments.map((a) => h("tr", null, h("th", { scope: "row" }, a.name), h("td", null, a.type || ""), h("td", null, kith.markdown(a.description))))))) : null,
      h("section", { class: "block wide" }, h("h2", null, "Code"), kith.codeBlock(m.id))];
  }

  // page gives the page of an address: {parts, after, wide, title}.
  kith.page = function (hash) {
    const [name, ...rest] = hash.replace(/^#\/?/, "").split("/").map((p) => { try { return decodeURIComponent(p); } catch { return p; } });
    const make = { "": overview, list, node, graph, tests, test, macros, macro }[name];
    const made = make ? make(...rest) : missing(name);
    return Array.isArray(made) ? { parts: made } : made;
  };
})(window.kith);
