// Start: theme, search, keys, pages by address, and following the artifacts.
"use strict";
(function (kith) {
  const main = document.getElementById("main");
  const state = document.getElementById("state");
  const menu = document.getElementById("menu");
  const side = document.getElementById("sidebar");

  kith.show = function (keep) {
    const hash = location.hash || "#/";
    const page = kith.page(hash);
    const top = window.scrollY;
    main.classList.toggle("full", Boolean(page.wide));
    main.replaceChildren(...page.parts.flat(Infinity).filter(Boolean));
    const title = main.querySelector("h1");
    document.title = (title ? title.textContent + " · " : "") + kith.site.project;
    const [first, kind, id] = hash.split("/");
    kith.sidebar(kind === "graph" && id ? `${first}/node/${id}` : [first, kind, id].filter((p) => p !== undefined).join("/"));
    if (!keep) { window.scrollTo(0, 0); openMenu(false); }
    if (page.after) page.after();
    if (keep) window.scrollTo(0, top);
  };

  function openMenu(open) {
    menu.setAttribute("aria-expanded", String(open));
    side.classList.toggle("open", open);
  }

  function setTheme(theme) {
    document.documentElement.setAttribute("data-theme", theme);
    document.getElementById("theme").textContent = theme === "dark" ? "Light" : "Dark";
    document.getElementById("theme").setAttribute("aria-label", theme === "dark" ? "Use the light theme" : "Use the dark theme");
  }

  const remembered = (value) => {
    try {
      if (value) localStorage.setItem("kith-docs-theme", value);
      return localStorage.getItem("kith-docs-theme");
    } catch { return value || null; }
  };

  async function refresh(first) {
    let changed;
    try {
      changed = await kith.load();
    } catch (error) {
      if (kith.site) state.textContent = "The server does not answer: this is what it had";
      else main.replaceChildren(kith.h("h1", null, "There is nothing to show yet"), kith.h("p", { class: "mark bad" }, error.message));
      return;
    }
    if (changed) follow(first);
    else if (!state.textContent.startsWith("Updated")) state.textContent = "";
  }

  // follow shows what has been read.
  function follow(first) {
    document.getElementById("project").textContent = kith.site.project;
    kith.indexSearch();
    kith.show(!first);
    state.textContent = first ? "" : "Updated " + new Date().toLocaleTimeString("en-GB");
    main.setAttribute("data-ready", "true");
  }

  setTheme(remembered() || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light"));
  document.getElementById("theme").addEventListener("click", () => {
    const theme = document.documentElement.getAttribute("data-theme") === "dark" ? "light" : "dark";
    setTheme(theme);
    remembered(theme);
  });
  menu.addEventListener("click", () => openMenu(!side.classList.contains("open")));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") openMenu(false);
    if (event.ctrlKey || event.metaKey ? event.key !== "k" : event.key !== "/") return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)) return;
    event.preventDefault();
    document.getElementById("query").focus();
  });
  kith.setUpSearch();
  window.addEventListener("hashchange", () => { if (kith.site) { kith.show(); main.focus({ preventScroll: true }); } });
  refresh(true);
  if (!kith.isStatic) setInterval(() => { if (!document.hidden) refresh(!kith.site); }, 2500);
})(window.kith);
