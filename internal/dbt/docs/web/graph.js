// The lineage graph: boxes for nodes, lines for what reads what; with a column
// chosen, the boxes show the columns on its way and the lines join those.
"use strict";
(function (kith) {
  const { h, svg } = kith;
  const head = 40, row = 20, pad = 12;

  // graph draws nodes. given: {nodes: Set of places, focus, path, column, tests,
  // select(place), open(place), pick(place, column)}. It gives {element, fit, zoom}.
  kith.graph = function (given) {
    const site = kith.site;
    const boxes = [...given.nodes].sort((a, b) => a - b).map((at) => {
      const node = site.nodes[at];
      const columns = given.path && given.path.columns.has(at) ? node.columns.filter((c) => given.path.columns.get(at).has(c.name)).map((c) => c.name) : [];
      if (given.path && given.path.columns.has(at)) for (const c of given.path.columns.get(at)) if (!columns.includes(c)) columns.push(c);
      const longest = Math.max(node.name.length, subtitle(node, given.tests).length * 0.86, ...columns.map((c) => c.length * 0.95));
      return { id: at, node, columns, width: Math.min(280, Math.max(120, Math.round(longest * 6.9) + 2 * pad)), height: head + (columns.length ? columns.length * row + 6 : 0) };
    });
    const edges = [];
    for (const box of boxes) for (const p of box.node.parents) if (given.nodes.has(p)) edges.push([p, box.id]);
    const drawn = kith.layout(boxes, edges, { x: 56, y: 14 });
    const byId = new Map(boxes.map((b) => [b.id, b]));
    const routes = new Map(drawn.routes.map((r) => [r.edge.join(">"), r.points]));

    const lines = svg("g", { class: "edges" });
    for (const r of drawn.routes) {
      const a = byId.get(r.edge[0]), b = byId.get(r.edge[1]);
      lines.append(svg("path", { d: curve([a.x + a.width, a.y + head / 2], r.points, [b.x, b.y + head / 2]), class: given.path ? "edge faint" : "edge", "data-a": a.id, "data-b": b.id }));
    }
    for (const e of given.path ? given.path.edges : []) {
      const a = byId.get(e.from), b = byId.get(e.to);
      if (!a || !b) continue;
      lines.append(svg("path", { d: curve([a.x + a.width, level(a, e.column)], routes.get(e.from + ">" + e.to) || [], [b.x, level(b, e.target)]), class: "edge on " + e.kind },
        svg("title", null, `${a.node.name}.${e.column} → ${b.node.name}.${e.target}: ${e.kind}`)));
    }
    const places = svg("g", { class: "boxes" });
    for (const box of boxes) places.append(draw(box, given));
    const scene = svg("g", null, lines, places);
    const picture = svg("svg", { class: "graph", role: "group", "aria-label": `Lineage of ${kith.count(boxes.length, "node")}. Arrow keys move along it, Enter opens.` }, scene);
    const view = kith.view(picture, scene, drawn);
    keys(picture, byId, given, view);
    hover(picture, lines);
    return { element: picture, view, boxes: byId, size: drawn };
  };

  function subtitle(node, tests) {
    const parts = [node.kind && node.type === "model" ? node.kind : node.type];
    if (node.schema) parts.push(node.schema);
    if (tests && node.tests.length) {
      const bad = node.tests.filter((t) => { const r = kith.site.tests[t].result; return r && kith.rank(r.status) <= 3; }).length;
      parts.push(bad ? `▲ ${bad} of ${kith.count(node.tests.length, "test")}` : kith.count(node.tests.length, "test"));
    }
    return parts.join(" · ");
  }

  const level = (box, column) => {
    const i = box.columns.findIndex((c) => c.toLowerCase() === column.toLowerCase());
    return i < 0 ? box.y + head / 2 : box.y + head + i * row + row / 2;
  };

  // curve goes from one point to another through the points between.
  function curve(from, points, to) {
    const all = [from, ...points, to];
    let d = `M${from[0]},${from[1].toFixed(1)}`;
    for (let i = 1; i < all.length; i++) {
      const [x0, y0] = all[i - 1], [x1, y1] = all[i];
      const bend = (x1 - x0) / 2;
      d += Math.abs(y1 - y0) < 0.5 ? `H${x1}` : `C${x0 + bend},${y0.toFixed(1)} ${x1 - bend},${y1.toFixed(1)} ${x1},${y1.toFixed(1)}`;
    }
    return d;
  }

  const cut = (text, width, size) => {
    const most = Math.floor(width / size);
    return text.length > most ? text.slice(0, most - 1) + "…" : text;
  };

  function draw(box, given) {
    const node = box.node;
    const dim = given.path && !given.path.columns.has(box.id);
    const worst = given.tests ? kith.worst(node.tests) : "";
    const g = svg("g", {
      class: `box ${node.type}${box.id === given.focus ? " focus" : ""}${dim ? " dim" : ""}${worst && kith.rank(worst) <= 2 ? " failing" : ""}`,
      transform: `translate(${box.x},${box.y.toFixed(1)})`, tabindex: box.id === given.focus ? "0" : "-1", role: "link", "data-at": box.id,
      "aria-label": `${node.name}, ${subtitle(node, given.tests)}`,
    },
    svg("title", null, node.name),
    svg("rect", { class: "frame", width: box.width, height: box.height, rx: 2 }),
    svg("rect", { class: "type", width: 3, height: box.height }),
    svg("text", { class: "name", x: pad, y: 17 }, cut(node.name, box.width - 2 * pad, 6.4)),
    svg("text", { class: "sub", x: pad, y: 32 }, cut(subtitle(node, given.tests), box.width - 2 * pad, 5.6)));
    box.columns.forEach((name, i) => {
      const chosen = box.id === given.focus && given.column && name.toLowerCase() === given.column.toLowerCase();
      const c = svg("g", { class: "column" + (chosen ? " chosen" : ""), transform: `translate(0,${head + i * row})` },
        svg("rect", { x: 3, width: box.width - 3.5, height: row }), svg("text", { x: pad, y: 14 }, cut(name, box.width - 2 * pad, 6.2)));
      c.addEventListener("click", (event) => { event.stopPropagation(); given.pick(box.id, name); });
      g.append(c);
    });
    g.addEventListener("click", () => given.select(box.id));
    g.addEventListener("dblclick", () => given.open(box.id));
    return g;
  }

  // hover shows which lines belong to a box.
  function hover(picture, lines) {
    const set = (at) => {
      for (const line of lines.children) {
        if (!line.hasAttribute("data-a")) continue;
        line.classList.toggle("near", at !== null && (line.getAttribute("data-a") === at || line.getAttribute("data-b") === at));
      }
    };
    const of = (event) => { const g = event.target.closest && event.target.closest(".box"); return g ? g.getAttribute("data-at") : null; };
    picture.addEventListener("pointerover", (event) => set(of(event)));
    picture.addEventListener("pointerleave", () => set(null));
    picture.addEventListener("focusin", (event) => set(of(event)));
  }

  // keys moves the focus along the graph.
  function keys(picture, boxes, given, view) {
    const centre = (b) => b.y + b.height / 2;
    const nearest = (list, from) => list.sort((a, b) => Math.abs(centre(a) - centre(from)) - Math.abs(centre(b) - centre(from)))[0];
    picture.addEventListener("keydown", (event) => {
      const g = event.target.closest(".box");
      const box = g && boxes.get(Number(g.getAttribute("data-at")));
      let to = null;
      if (event.key === "+" || event.key === "=") view.zoom(1.25);
      else if (event.key === "-") view.zoom(0.8);
      else if (event.key === "0") view.fit();
      else if (!box) return;
      else if (event.key === "Enter") given.open(box.id);
      else if (event.key === " ") given.select(box.id);
      else if (event.key === "ArrowLeft") to = nearest(box.node.parents.map((p) => boxes.get(p)).filter(Boolean), box);
      else if (event.key === "ArrowRight") to = nearest(box.node.children.map((p) => boxes.get(p)).filter(Boolean), box);
      else if (event.key === "ArrowUp") to = nearest([...boxes.values()].filter((b) => b.rank === box.rank && b.y < box.y), box);
      else if (event.key === "ArrowDown") to = nearest([...boxes.values()].filter((b) => b.rank === box.rank && b.y > box.y), box);
      else return;
      event.preventDefault();
      if (!to) return;
      const next = picture.querySelector(`.box[data-at="${to.id}"]`);
      g.setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus({ preventScroll: true });
      view.show(to);
    });
  }

  // view lets a picture be moved and zoomed: drag, two fingers, Ctrl and wheel.
  kith.view = function (picture, scene, size) {
    let scale = 1, x = 0, y = 0;
    const margin = 16;
    const apply = () => {
      scene.setAttribute("transform", `translate(${x.toFixed(1)},${y.toFixed(1)}) scale(${scale.toFixed(4)})`);
      picture.classList.toggle("far", scale < 0.45);
    };
    const room = () => picture.getBoundingClientRect();
    const zoomAt = (factor, px, py) => {
      const next = Math.min(2.5, Math.max(0.02, scale * factor));
      x = px - (px - x) * (next / scale);
      y = py - (py - y) * (next / scale);
      scale = next;
      apply();
    };
    const view = {
      fit() {
        const r = room();
        scale = Math.min(1, (r.width - 2 * margin) / Math.max(1, size.width), (r.height - 2 * margin) / Math.max(1, size.height));
        scale = Math.max(0.02, scale);
        x = (r.width - size.width * scale) / 2;
        y = (r.height - size.height * scale) / 2;
        apply();
      },
      // start fits the whole where it stays readable, else it shows one box.
      start(box) {
        view.fit();
        if (scale >= 0.6 || !box) return;
        const r = room();
        scale = r.width < 600 ? 0.8 : 0.9;
        // The box stands in the middle, unless that would show room beside the graph.
        const hold = (at, length, whole) => (whole * scale < length - 2 * margin ? (length - whole * scale) / 2 : Math.min(margin, Math.max(length - margin - whole * scale, length / 2 - at * scale)));
        x = hold(box.x + box.width / 2, r.width, size.width);
        y = hold(box.y + Math.min(box.height, 200) / 2, r.height, size.height);
        apply();
      },
      zoom(factor) { const r = room(); zoomAt(factor, r.width / 2, r.height / 2); },
      // show brings a box into sight.
      show(box) {
        const r = room();
        const left = box.x * scale + x, top = box.y * scale + y;
        if (left < margin) x += margin - left;
        if (left + box.width * scale > r.width - margin) x -= left + box.width * scale - r.width + margin;
        if (top < margin) y += margin - top;
        if (top + box.height * scale > r.height - margin) y -= top + box.height * scale - r.height + margin;
        apply();
      },
    };
    picture.addEventListener("wheel", (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const r = room();
      zoomAt(Math.exp(-event.deltaY / 300), event.clientX - r.left, event.clientY - r.top);
    }, { passive: false });
    const held = new Map();
    let moved = false;
    picture.addEventListener("pointerdown", (event) => { held.set(event.pointerId, [event.clientX, event.clientY]); moved = false; });
    const move = (event) => {
      if (!held.has(event.pointerId)) return;
      const before = held.get(event.pointerId);
      const now = [event.clientX, event.clientY];
      if (held.size === 1) {
        if (!moved && Math.hypot(now[0] - before[0], now[1] - before[1]) < 4) return;
        moved = true;
        x += now[0] - before[0];
        y += now[1] - before[1];
        apply();
      } else {
        const other = [...held.entries()].find(([id]) => id !== event.pointerId)[1];
        const apart = (p) => Math.hypot(p[0] - other[0], p[1] - other[1]);
        const r = room();
        moved = true;
        zoomAt(apart(now) / Math.max(1, apart(before)), (now[0] + other[0]) / 2 - r.left, (now[1] + other[1]) / 2 - r.top);
      }
      held.set(event.pointerId, now);
    };
    const release = (event) => held.delete(event.pointerId);
    picture.addEventListener("pointermove", (event) => { if (!event.buttons) held.clear(); move(event); if (moved && held.size) picture.setPointerCapture(event.pointerId); });
    picture.addEventListener("pointerup", release);
    picture.addEventListener("pointercancel", release);
    picture.addEventListener("click", (event) => { if (moved) { event.stopPropagation(); moved = false; } }, true);
    return view;
  };
})(window.kith);
