// SQL with templates, coloured by what the words are.
"use strict";
(function (kith) {
  const { h } = kith;
  const words = new Set(("select from where group by order having limit offset union all except intersect with recursive as on using join left right " +
    "full inner outer cross semi anti asof lateral and or not in is null like ilike between exists case when then else end distinct over partition " +
    "rows range preceding following unbounded current row filter qualify window values cast try_cast true false asc desc nulls first last " +
    "create table view insert into update delete set interval date timestamp exclude replace pivot unpivot sample materialized").split(" "));
  const token = /(\{#[\s\S]*?#\}|--[^\n]*|\/\*[\s\S]*?\*\/)|(\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\})|('(?:[^']|'')*')|("(?:[^"]|"")*")|(\b\d+(?:\.\d+)?\b)|([A-Za-z_][A-Za-z_0-9]*)/g;

  // code gives a block with line numbers. Very long code is not coloured.
  kith.code = function (text) {
    const code = h("code");
    if (text.length > 200000) {
      code.append(text);
    } else {
      let at = 0;
      for (const m of text.matchAll(token)) {
        const kind = m[1] ? "c" : m[2] ? "t" : m[3] ? "s" : m[4] ? null : m[5] ? "n" : words.has(m[6].toLowerCase()) ? "k" : null;
        if (!kind) continue;
        code.append(text.slice(at, m.index), h("span", { class: "hl-" + kind }, m[0]));
        at = m.index + m[0].length;
      }
      code.append(text.slice(at));
    }
    const lines = text.split("\n").length;
    const numbers = Array.from({ length: lines }, (_, i) => i + 1).join("\n");
    return h("div", { class: "code", tabindex: "0", role: "region", "aria-label": "Code" },
      h("pre", { class: "numbers", "aria-hidden": "true" }, numbers), h("pre", null, code));
  };
})(window.kith);
