// Markdown as people write it in descriptions: headings, paragraphs, lists, quotes,
// tables, code, emphasis, links. Markup in the text stays text.
"use strict";
(function (kith) {
  const { h } = kith;

  // markdown gives an element with a text's blocks.
  kith.markdown = function (text) {
    const box = h("div", { class: "prose" });
    blocks(String(text || "").replace(/\r\n?/g, "\n").split("\n"), box);
    return box;
  };

  // plain gives the first sentence or so without marks, for lists.
  kith.plain = (text) => String(text || "").replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`#>]+/g, "").replace(/\s+/g, " ").trim();

  function blocks(lines, box) {
    for (let i = 0; i < lines.length; ) {
      const line = lines[i];
      const fence = line.match(/^\s*(```+|~~~+)/);
      if (fence) {
        const end = lines.findIndex((l, j) => j > i && l.trim().startsWith(fence[1]));
        const stop = end < 0 ? lines.length : end;
        box.append(h("pre", null, h("code", null, lines.slice(i + 1, stop).join("\n"))));
        i = stop + 1;
      } else if (!line.trim()) {
        i++;
      } else if (/^#{1,6}\s/.test(line)) {
        // The page has its own first three levels.
        const level = Math.min(6, line.match(/^#+/)[0].length + 3);
        box.append(h("h" + level, null, inline(line.replace(/^#+\s+/, "").replace(/\s#+$/, ""))));
        i++;
      } else if (/^\s*([-*_])(\s*\1){2,}\s*$/.test(line)) {
        box.append(h("hr"));
        i++;
      } else if (/^\s*>/.test(line)) {
        const stop = run(lines, i, (l) => /^\s*>/.test(l));
        const quote = h("blockquote");
        blocks(lines.slice(i, stop).map((l) => l.replace(/^\s*>\s?/, "")), quote);
        box.append(quote);
        i = stop;
      } else if (/^\s*([-*+]|\d+[.)])\s+/.test(line)) {
        i = list(lines, i, box);
      } else if (line.includes("|") && /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/.test(lines[i + 1] || "")) {
        i = table(lines, i, box);
      } else {
        const stop = run(lines, i, (l, j) => l.trim() && (j === i || !/^\s*([-*+]\s|\d+[.)]\s|#{1,6}\s|>|```|~~~)/.test(l)));
        box.append(h("p", null, inline(lines.slice(i, stop).join("\n"))));
        i = stop;
      }
    }
  }

  function run(lines, from, while_) {
    let i = from;
    while (i < lines.length && while_(lines[i], i)) i++;
    return Math.max(i, from + 1);
  }

  function list(lines, from, box) {
    const ordered = /^\s*\d/.test(lines[from]);
    const items = h(ordered ? "ol" : "ul");
    let i = from;
    while (i < lines.length && /^\s*([-*+]|\d+[.)])\s+/.test(lines[i])) {
      const stop = run(lines, i, (l, j) => j === i || (/^\s{2,}\S/.test(l) && !/^\s*([-*+]|\d+[.)])\s+/.test(l)));
      const text = lines.slice(i, stop).map((l, j) => (j ? l.trim() : l.replace(/^\s*([-*+]|\d+[.)])\s+/, ""))).join("\n");
      items.append(h("li", null, inline(text)));
      i = stop;
    }
    box.append(items);
    return i;
  }

  function table(lines, from, box) {
    const cells = (l) => l.trim().replace(/^\||\|$/g, "").split("|").map((c) => c.trim());
    const stop = run(lines, from + 2, (l) => l.includes("|") && l.trim());
    const rows = lines.slice(from + 2, Math.max(stop, from + 2)).filter((l) => l.includes("|"));
    box.append(h("div", { class: "scroll-x" }, h("table", { class: "data" },
      h("thead", null, h("tr", null, cells(lines[from]).map((c) => h("th", { scope: "col" }, inline(c))))),
      h("tbody", null, rows.map((r) => h("tr", null, cells(r).map((c) => h("td", null, inline(c)))))))));
    return from + 2 + rows.length;
  }

  const patterns = [
    [/^`+([^`]+)`+/, (m) => h("code", null, m[1])],
    [/^\*\*(?=\S)([^*]+)\*\*/, (m) => h("strong", null, inline(m[1]))],
    [/^__(?=\S)([^_]+)__(?!\w)/, (m) => h("strong", null, inline(m[1]))],
    [/^\*(?=[^\s*])([^*]+)\*/, (m) => h("em", null, inline(m[1]))],
    [/^_(?=[^\s_])([^_]+)_(?!\w)/, (m) => h("em", null, inline(m[1]))],
    [/^!?\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (m) => link(m[2], m[1] || m[2])],
    [/^<(https?:\/\/[^>\s]+)>/, (m) => link(m[1], m[1])],
    [/^https?:\/\/[^\s<>()]+[^\s<>().,;:!?]/, (m) => link(m[0], m[0])],
    [/^\\([\\`*_{}[\]()#+.!|>-])/, (m) => m[1]],
  ];

  // inline gives the parts of a line.
  function inline(text) {
    const out = [];
    let plain = "";
    let before = " ";
    while (text) {
      const found = /[`*_[!<h\\]/.test(text[0]) && !(text[0] === "_" && /\w/.test(before)) && !(text[0] === "h" && /\w/.test(before)) && match(text);
      if (!found) {
        plain += text[0];
        before = text[0];
        text = text.slice(1);
        continue;
      }
      if (plain) out.push(plain);
      plain = "";
      out.push(found.part);
      before = found.length ? text[found.length - 1] : before;
      text = text.slice(found.length);
    }
    if (plain) out.push(plain);
    return out;
  }

  function match(text) {
    for (const [pattern, make] of patterns) {
      const m = text.match(pattern);
      if (m) return { part: make(m), length: m[0].length };
    }
    return null;
  }

  // link follows only addresses of the web and of mail; others stay text.
  function link(address, text) {
    if (!/^(https?:|mailto:|#)/i.test(address)) return text;
    return h("a", { href: address, rel: "noopener noreferrer", target: address.startsWith("#") ? null : "_blank" }, text);
  }
})(window.kith);
