// Layered layout of a directed graph without cycles, from left to right: ranks by
// longest path, dummies where edges span ranks, order by barycentres, and places
// that pull nodes towards their neighbours.
"use strict";
(function (kith) {
  // layout places boxes. boxes: [{id, width, height}], edges: [[from, to]] of ids.
  // It sets x, y and rank on each box and gives {width, height, routes}: for each
  // edge the points that it passes through between its ends.
  kith.layout = function (boxes, edges, gaps) {
    const nodes = new Map(boxes.map((b) => [b.id, { box: b, height: b.height, next: [], prev: [] }]));
    const kept = edges.filter(([a, b]) => a !== b && nodes.has(a) && nodes.has(b));
    for (const [a, b] of kept) { nodes.get(a).next.push(nodes.get(b)); nodes.get(b).prev.push(nodes.get(a)); }
    rank([...nodes.values()]);
    const ranks = [];
    const put = (n) => { (ranks[n.rank] = ranks[n.rank] || []).push(n); };
    for (const n of nodes.values()) { n.box.rank = n.rank; n.up = []; n.down = []; put(n); }
    const chains = kept.map(([a, b]) => {
      const chain = [];
      let last = nodes.get(a);
      const end = nodes.get(b);
      for (let r = last.rank + 1; r < end.rank; r++) {
        const dummy = { height: 2, rank: r, up: [last], down: [], dummy: true };
        last.down.push(dummy);
        put(dummy);
        chain.push(dummy);
        last = dummy;
      }
      last.down.push(end);
      end.up.push(last);
      return chain;
    });
    for (let r = 0; r < ranks.length; r++) ranks[r] = ranks[r] || [];
    order(ranks);
    const height = place(ranks, gaps.y);
    let x = 0;
    for (const layer of ranks) {
      const width = layer.reduce((w, n) => Math.max(w, n.dummy ? 0 : n.box.width), 0);
      for (const n of layer) {
        n.x = x;
        n.wide = width;
        if (!n.dummy) { n.box.x = x; n.box.y = n.y; }
      }
      x += width + gaps.x;
    }
    const routes = kept.map((edge, i) => ({ edge, points: chains[i].map((d) => [[d.x, d.y + 1], [d.x + d.wide, d.y + 1]]).flat() }));
    return { width: Math.max(0, x - gaps.x), height, routes };
  };

  // rank gives each node its layer, as far left as its parents allow; what has no
  // parents moves right, next to its nearest child.
  function rank(nodes) {
    const left = new Map(nodes.map((n) => [n, n.prev.length]));
    const queue = nodes.filter((n) => !n.prev.length);
    for (const n of nodes) n.rank = 0;
    for (let i = 0; i < queue.length; i++) {
      for (const m of queue[i].next) {
        m.rank = Math.max(m.rank, queue[i].rank + 1);
        left.set(m, left.get(m) - 1);
        if (left.get(m) === 0) queue.push(m);
      }
    }
    for (const n of nodes) {
      if (!n.prev.length && n.next.length) n.rank = Math.min(...n.next.map((m) => m.rank)) - 1;
    }
  }

  // order sorts the layers so that few edges cross.
  function order(ranks) {
    const total = ranks.reduce((n, layer) => n + layer.length, 0);
    const number = (layer) => layer.forEach((n, i) => { n.at = i; });
    ranks.forEach(number);
    const sweep = (layer, side) => {
      for (const n of layer) {
        const near = n[side];
        n.centre = near.length ? near.reduce((s, m) => s + m.at, 0) / near.length : n.at;
      }
      layer.sort((a, b) => a.centre - b.centre || a.at - b.at);
      number(layer);
    };
    for (let i = 0; i < (total > 4000 ? 4 : 12); i++) {
      if (i % 2) for (let r = ranks.length - 2; r >= 0; r--) sweep(ranks[r], "down");
      else for (let r = 1; r < ranks.length; r++) sweep(ranks[r], "up");
    }
  }

  // place gives each node its height on the page and returns the whole height.
  function place(ranks, gap) {
    const space = (n) => n.height + (n.dummy ? gap / 2 : gap);
    for (const layer of ranks) {
      let y = 0;
      for (const n of layer) { n.y = y; y += space(n); }
    }
    const middle = (n) => n.y + n.height / 2;
    for (let i = 0; i < 16; i++) {
      const layers = i % 2 ? [...ranks].reverse() : ranks;
      for (const layer of layers) {
        const wish = layer.map((n) => {
          const near = i % 2 ? n.down : n.up;
          const all = near.length ? near : i % 2 ? n.up : n.down;
          return all.length ? all.reduce((s, m) => s + middle(m), 0) / all.length - n.height / 2 : n.y;
        });
        settle(layer, wish, space);
      }
    }
    let top = Infinity, bottom = 0;
    for (const n of ranks.flat()) { top = Math.min(top, n.y); bottom = Math.max(bottom, n.y + n.height); }
    for (const n of ranks.flat()) n.y -= top;
    return ranks.length ? bottom - top : 0;
  }

  // settle brings nodes as near to their wishes as their order and room allow:
  // neighbours that want the same room form blocks at the mean of their wishes.
  function settle(layer, wish, space) {
    const blocks = [];
    layer.forEach((n, i) => {
      let block = { from: i, to: i, sum: wish[i], size: space(n), n: 1 };
      block.y = block.sum;
      while (blocks.length && blocks[blocks.length - 1].y + blocks[blocks.length - 1].size > block.y) {
        const before = blocks.pop();
        block = { from: before.from, to: block.to, sum: before.sum + block.sum - block.n * before.size, size: before.size + block.size, n: before.n + block.n };
        block.y = block.sum / block.n;
      }
      blocks.push(block);
    });
    for (const block of blocks) {
      let y = block.y;
      for (let i = block.from; i <= block.to; i++) { layer[i].y = y; y += space(layer[i]); }
    }
  }
})(window.kith);
