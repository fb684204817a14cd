// What all parts share: making elements, and writing figures and times.
"use strict";
window.kith = {};
(function (kith) {
  // h makes an element. Texts become text nodes: nothing of the project is ever
  // read as markup. Attributes named on... are listeners.
  kith.h = function (name, attributes, ...children) {
    return fill(document.createElement(name), attributes, children);
  };

  kith.svg = function (name, attributes, ...children) {
    return fill(document.createElementNS("http://www.w3.org/2000/svg", name), attributes, children);
  };

  function fill(element, attributes, children) {
    for (const [key, value] of Object.entries(attributes || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
      else element.setAttribute(key, value === true ? "" : value);
    }
    for (const child of children.flat(Infinity)) {
      if (child !== null && child !== undefined && child !== false && child !== "") element.append(child);
    }
    return element;
  }

  kith.count = (n, one, many) => n.toLocaleString("en-GB") + " " + (n === 1 ? one : many || one + "s");

  const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
  const two = (n) => String(n).padStart(2, "0");

  // when writes a moment: 28 Sep 2025, 06:12 UTC.
  kith.when = function (text) {
    const t = new Date(text);
    if (!text || Number.isNaN(t.getTime())) return "–";
    return `${t.getUTCDate()} ${months[t.getUTCMonth()]} ${t.getUTCFullYear()}, ${two(t.getUTCHours())}:${two(t.getUTCMinutes())} UTC`;
  };

  kith.seconds = (s) => (s < 0.0995 ? Math.round(s * 1000) + " ms" : s < 60 ? s.toFixed(s < 10 ? 1 : 0) + " s" : Math.round(s / 60) + " min");

  kith.age = (hours) => (hours < 1 ? Math.round(hours * 60) + " min" : hours < 48 ? Math.round(hours) + " h" : Math.round(hours / 24) + " days");

  kith.nodeLink = (node) => "#/node/" + encodeURIComponent(node.id);

  // worst orders statuses, the worst first.
  kith.rank = (status) => {
    const at = ["error", "runtime error", "fail", "warn", "skipped", "partial success", "no-op", "pass", "success"].indexOf(status);
    return at < 0 ? 99 : at;
  };

  // mark shows a status as a glyph and a word.
  kith.mark = function (status) {
    const kind = { error: "bad", "runtime error": "bad", fail: "bad", warn: "warn", pass: "good", success: "good" }[status] || "none";
    const glyph = { bad: "▲", warn: "◆", good: "✓", none: "○" }[kind];
    return kith.h("span", { class: "mark " + kind }, kith.h("span", { "aria-hidden": "true" }, glyph + " "), status || "not run");
  };
})(window.kith);
