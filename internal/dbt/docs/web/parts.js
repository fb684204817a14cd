// Parts of pages: blocks, tables of columns and tests, code, the sidebar.
"use strict";
(function (kith) {
  const { h } = kith;

  // block is a rule, a title, one sentence, then the data.
  kith.block = (title, sentence, ...data) => h("section", { class: "block" }, h("h2", null, title), sentence ? h("p", { class: "sentence" }, sentence) : null, data);

  kith.nodeRef = (node, extra) => h("a", { href: kith.nodeLink(node), class: "ref" }, node.name, extra ? h("span", { class: "ink-3" }, " " + extra) : null);

  const kinds = { identity: "as it is", transformed: "computed", windowed: "over a window", aggregated: "aggregated" };

  // originList writes where a column comes from.
  kith.originList = function (origins, withKind) {
    return origins.map((o, i) => [i ? ", " : "", o.node < 0
      ? h("span", null, o.relation + "." + o.column)
      : h("a", { href: kith.nodeLink(kith.site.nodes[o.node]) + "/" + encodeURIComponent(o.column) }, kith.site.nodes[o.node].name + "." + o.column),
    withKind && o.kind !== "identity" ? h("span", { class: "ink-3" }, " " + (kinds[o.kind] || o.kind)) : null]);
  };

  kith.testLine = function (t) {
    const bad = t.result && t.result.failures > 0 ? `, ${kith.count(t.result.failures, "row")}` : "";
    return h("a", { href: "#/test/" + encodeURIComponent(t.id), class: "test", title: t.name },
      t.result ? kith.mark(t.result.status) : h("span", { class: "mark none" }, "○"), " ", t.kind, bad);
  };

  kith.columnTable = function (node, chosen) {
    const site = kith.site;
    const trace = node.type === "model" || node.type === "snapshot";
    const rows = node.columns.map((c) => {
      const used = node.usedBy.get(c.name.toLowerCase()) || [];
      const link = "#/graph/" + encodeURIComponent(node.id) + "/" + encodeURIComponent(c.name);
      return h("tr", { id: "column-" + c.name, "aria-selected": chosen && chosen.toLowerCase() === c.name.toLowerCase() ? "true" : null },
        h("th", { scope: "row" }, h("a", { href: link, title: "Show the lineage of this column" }, c.name), c.type ? h("span", { class: "coltype" }, c.type) : null,
          c.missing ? h("span", { class: "mark warn" }, "◆ not in the warehouse") : null),
        h("td", { class: "about" }, c.description ? kith.markdown(c.description) : null, (c.tags || []).length ? h("p", { class: "ink-3" }, c.tags.join(", ")) : null),
        h("td", { class: "tests" }, (c.tests || []).map((t) => kith.testLine(site.tests[t]))),
        h("td", { class: "origin" }, (c.from || []).length ? h("p", null, kith.originList(c.from, true)) : null,
          (c.outside || []).length ? h("p", { class: "ink-3" }, "from " + c.outside.join(", ")) : null,
          trace && site.traced && !node.unknown && !(c.from || []).length && !(c.outside || []).length ? h("p", { class: "ink-3" }, "no parent column") : null,
          used.length ? h("p", { class: "ink-3" }, h("a", { href: link }, "used by " + kith.count(used.length, "column"))) : null));
    });
    return h("div", { class: "scroll-x" }, h("table", { class: "data columns" },
      h("thead", null, h("tr", null, ["Column", "Description", "Tests", "Comes from"].map((t) => h("th", { scope: "col" }, t)))), h("tbody", null, rows)));
  };

  kith.testTable = function (tests, withNode) {
    return h("div", { class: "scroll-x" }, h("table", { class: "data" },
      h("thead", null, h("tr", null, ["Result", "Test", withNode ? "On" : "Column", "Arguments", "Time"].map((t, i) => h("th", { scope: "col", class: i === 4 ? "num" : null }, t)))),
      h("tbody", null, tests.map((t) => h("tr", null,
        h("td", { class: "nowrap" }, kith.mark(t.result ? t.result.status : ""), t.result && t.result.failures > 0 ? ` ${kith.count(t.result.failures, "row")}` : ""),
        h("td", null, h("a", { href: "#/test/" + encodeURIComponent(t.id), title: t.name }, t.kind === "singular" || t.kind === "unit" ? t.name : t.kind)),
        h("td", null, withNode && t.nodes && t.nodes.length ? kith.nodeRef(kith.site.nodes[t.nodes[0]]) : null, withNode && t.column ? "." + t.column : null, withNode ? null : t.column || ""),
        h("td", { class: "ink-3 args" }, t.arguments || ""),
        h("td", { class: "num" }, t.result ? kith.seconds(t.result.seconds) : "–"))))));
  };

  // codeBlock shows code as written and as compiled.
  kith.codeBlock = function (id) {
    const body = h("div", null, h("p", { class: "loading" }, "Reading the code"));
    const bar = h("div", { class: "seg", role: "group", "aria-label": "Which code" });
    kith.codeOf(id).then((code) => {
      const show = (name) => {
        body.replaceChildren(kith.code(code[name]));
        for (const b of bar.querySelectorAll("[data-name]")) b.setAttribute("aria-pressed", String(b.getAttribute("data-name") === name));
      };
      const names = [["raw", "As written"], ["compiled", "Compiled"]].filter(([n]) => code[n]);
      for (const [n, label] of names) bar.append(h("button", { type: "button", "data-name": n, onclick: () => show(n) }, label));
      if (navigator.clipboard) {
        const copy = h("button", { type: "button", onclick: async () => {
          const pressed = bar.querySelector("[aria-pressed=true]");
          await navigator.clipboard.writeText(code[pressed ? pressed.getAttribute("data-name") : "raw"]);
          copy.textContent = "Copied";
          setTimeout(() => { copy.textContent = "Copy"; }, 1500);
        } }, "Copy");
        bar.append(copy);
      }
      if (names.length) show(names[0][0]);
      else body.replaceChildren(h("p", { class: "ink-3" }, "There is no code."));
    }, (error) => body.replaceChildren(h("p", { class: "mark bad" }, error.message)));
    return [bar, body];
  };

  // sidebar writes the tree of the project. Folders are filled when they open.
  kith.sidebar = function (current) {
    const site = kith.site;
    const side = document.getElementById("sidebar");
    const top = side.scrollTop;
    const item = (href, text, title) => h("a", { href, title, "aria-current": current === href ? "page" : null }, text);
    const node = (n) => item(kith.nodeLink(n), n.name.split(".").pop() && n.type === "source" ? n.name.slice(n.name.indexOf(".") + 1) : n.name, n.name);
    const folder = (name, all, inside, render) => {
      const here = all.some((n) => kith.nodeLink(n) === current);
      const d = h("details", { open: here || all.length <= inside }, h("summary", null, name, h("span", { class: "n" }, all.length.toLocaleString("en-GB"))));
      const fill = () => { if (d.open && d.children.length === 1) d.append(h("div", { class: "inside" }, render())); };
      d.addEventListener("toggle", fill);
      fill();
      return d;
    };
    const tree = (nodes, depth) => {
      const groups = new Map();
      for (const n of nodes) {
        const dirs = n.path.split("/").slice(1, -1);
        const key = dirs[depth] || "";
        if (!groups.has(key)) groups.set(key, []);
        groups.get(key).push(n);
      }
      return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, list]) => (key ? folder(key, list, 12, () => tree(list, depth + 1)) : list.map(node)));
    };
    const of = (type) => site.nodes.filter((n) => n.type === type);
    const parts = [h("div", { class: "nav" }, item("#/", "Overview"), item("#/graph", "Lineage"), item("#/tests", "Tests"))];
    const group = (type, title, render) => {
      const all = of(type);
      if (all.length) parts.push(h("div", { class: "nav" }, h("h2", null, h("a", { href: "#/list/" + type }, title)), render(all)));
    };
    group("model", "Models", (all) => {
      const packages = [...new Set(all.map((n) => n.package))].sort((a, b) => (a === site.project ? -1 : b === site.project ? 1 : a < b ? -1 : 1));
      return packages.map((p) => (packages.length === 1 ? tree(all, 0) : folder(p, all.filter((n) => n.package === p), 12, () => tree(all.filter((n) => n.package === p), 0))));
    });
    group("source", "Sources", (all) => [...new Set(all.map((n) => n.name.split(".")[0]))].map((s) => folder(s, all.filter((n) => n.name.startsWith(s + ".")), 12, () => all.filter((n) => n.name.startsWith(s + ".")).map(node))));
    group("seed", "Seeds", (all) => (all.length > 30 ? folder("All", all, 0, () => all.map(node)) : all.map(node)));
    group("snapshot", "Snapshots", (all) => all.map(node));
    group("exposure", "Exposures", (all) => all.map(node));
    group("analysis", "Analyses", (all) => all.map(node));
    if (site.macros.length) parts.push(h("div", { class: "nav" }, h("h2", null, h("a", { href: "#/macros" }, "Macros")),
      folder("All", site.macros.map((m) => ({ id: m.id })), 0, () => site.macros.map((m) => item("#/macro/" + encodeURIComponent(m.id), m.name)))));
    side.replaceChildren(...parts);
    side.scrollTop = top;
    const here = side.querySelector("[aria-current]");
    if (here && (here.offsetTop < side.scrollTop || here.offsetTop > side.scrollTop + side.clientHeight)) here.scrollIntoView({ block: "center" });
  };
})(window.kith);
