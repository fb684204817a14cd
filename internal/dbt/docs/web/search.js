// Search: everything with a name, in one list that is scanned as one types.
"use strict";
(function (kith) {
  const { h } = kith;
  let entries = [];

  kith.indexSearch = function () {
    entries = [];
    const add = (name, type, where, link, text, weight) =>
      entries.push({ name, low: name.toLowerCase(), type, where, link, text: (text || "").toLowerCase(), weight });
    for (const node of kith.site.nodes) {
      const link = kith.nodeLink(node);
      add(node.name, node.type, node.relation || node.path, link, [node.description, node.path, (node.tags || []).join(" "), node.relation].join(" "), 40);
      for (const c of node.columns) add(c.name, "column", node.name, link + "/" + encodeURIComponent(c.name), c.description, 10);
    }
    for (const t of kith.site.tests) add(t.name, "test", t.path, "#/test/" + encodeURIComponent(t.id), t.description, 4);
    for (const m of kith.site.macros) add(m.name, "macro", m.path, "#/macro/" + encodeURIComponent(m.id), m.description, 6);
  };

  // find gives the best entries for a text: every word must be found.
  kith.find = function (text, limit) {
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    if (!words.length) return { hits: [], all: 0 };
    const hits = [];
    for (const e of entries) {
      let score = e.weight;
      for (const w of words) {
        const at = e.low.indexOf(w);
        if (at === 0) score += e.low.length === w.length ? 300 : 120;
        else if (at > 0) score += /[_.\s]/.test(e.low[at - 1]) ? 80 : 50;
        else if (e.text.includes(w) || e.type === w) score += 12;
        else { score = -1; break; }
      }
      if (score >= 0) hits.push({ e, score: score - e.low.length / 50 });
    }
    hits.sort((a, b) => b.score - a.score || (a.e.low < b.e.low ? -1 : 1));
    return { hits: hits.slice(0, limit).map((x) => x.e), all: hits.length };
  };

  // setUpSearch makes the field a combobox.
  kith.setUpSearch = function () {
    const field = document.getElementById("query");
    const box = document.getElementById("hits");
    let chosen = -1;
    const close = () => {
      box.hidden = true;
      chosen = -1;
      field.setAttribute("aria-expanded", "false");
      field.removeAttribute("aria-activedescendant");
    };
    const choose = (i) => {
      const options = box.querySelectorAll("[role=option]");
      if (!options.length) return;
      chosen = (i + options.length) % options.length;
      options.forEach((o, j) => o.setAttribute("aria-selected", String(j === chosen)));
      field.setAttribute("aria-activedescendant", options[chosen].id);
      options[chosen].scrollIntoView({ block: "nearest" });
    };
    const show = () => {
      const { hits, all } = kith.find(field.value, 40);
      box.replaceChildren();
      if (!field.value.trim()) return close();
      hits.forEach((e, i) => box.append(h("a", { role: "option", id: "hit-" + i, href: e.link, tabindex: "-1", "aria-selected": "false", onclick: close },
        h("span", { class: "name" }, e.name), h("span", { class: "type" }, e.type), h("span", { class: "where" }, e.where))));
      box.append(h("p", { class: "hint" }, all === 0 ? "Nothing has that name or text." : all > hits.length ? `${hits.length} of ${all.toLocaleString("en-GB")} shown: type more to narrow` : kith.count(all, "result")));
      box.hidden = false;
      field.setAttribute("aria-expanded", "true");
      chosen = -1;
      if (hits.length) choose(0);
    };
    field.addEventListener("input", show);
    field.addEventListener("focus", () => field.value.trim() && show());
    field.addEventListener("keydown", (event) => {
      if (event.key === "ArrowDown") choose(chosen + 1);
      else if (event.key === "ArrowUp") choose(chosen - 1);
      else if (event.key === "Enter") {
        const option = box.querySelector("#hit-" + chosen);
        if (option) { location.hash = option.getAttribute("href"); close(); field.blur(); }
      } else if (event.key === "Escape") { if (box.hidden) field.value = ""; close(); }
      else return;
      event.preventDefault();
    });
    document.addEventListener("pointerdown", (event) => { if (!event.target.closest(".search")) close(); });
    field.closest(".search").addEventListener("focusout", (event) => {
      if (!event.relatedTarget || !event.relatedTarget.closest(".search")) setTimeout(close, 0);
    });
  };
})(window.kith);
