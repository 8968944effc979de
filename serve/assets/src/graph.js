// The map's data: rows from the server turned into arrays, and the filters.
export class Graph {
  constructor(wire) {
    this.types = wire.types;
    this.classes = wire.classes;
    this.predicates = wire.predicates ?? [];
    this.left = wire.left;
    const n = wire.nodes.length, m = wire.ties.length;
    this.n = n;
    this.m = m;
    this.id = wire.nodes.map((r) => r[0]);
    this.name = wire.nodes.map((r) => r[1]);
    this.type = Uint8Array.from(wire.nodes, (r) => r[2]);
    this.x = Float32Array.from(wire.nodes, (r) => r[4]);
    this.y = Float32Array.from(wire.nodes, (r) => -r[5]);
    this.group = Uint16Array.from(wire.nodes, (r) => r[6]);
    this.index = new Map(this.id.map((id, i) => [id, i]));
    const column = (k, Type) => Type.from(wire.ties, (r) => r[k]);
    this.from = column(0, Uint32Array);
    this.to = column(1, Uint32Array);
    this.predicate = column(2, Uint16Array);
    this.cls = column(3, Uint8Array);
    this.sources = column(4, Uint16Array);
    this.strength = column(5, Uint8Array);
    this.start = Float32Array.from(wire.ties, (r) => r[6] ?? NaN);
    this.end = Float32Array.from(wire.ties, (r) => r[7] ?? NaN);
    this.reviewed = column(8, Uint8Array);
    this.degree = new Uint16Array(n);
    for (let i = 0; i < m; i++) {
      this.degree[this.from[i]]++;
      this.degree[this.to[i]]++;
    }
    this.radius = Float32Array.from(this.degree, (d) => 4 + 2.1 * Math.sqrt(d));
    this.slots();
    this.shown = new Uint8Array(m).fill(1);
    this.alive = new Uint8Array(n).fill(1);
    this.byDegree = Array.from({ length: n }, (_, i) => i).sort((a, b) => this.degree[b] - this.degree[a] || a - b);
  }

  // slots spreads the ties between one pair side by side.
  slots() {
    this.slot = new Float32Array(this.m);
    const pairs = new Map();
    const key = (i) => Math.min(this.from[i], this.to[i]) * this.n + Math.max(this.from[i], this.to[i]);
    for (let i = 0; i < this.m; i++) {
      const k = key(i);
      if (!pairs.has(k)) pairs.set(k, []);
      pairs.get(k).push(i);
    }
    for (const list of pairs.values()) {
      list.forEach((i, k) => { this.slot[i] = (k - (list.length - 1) / 2) * Math.min(5, 24 / list.length) * (this.from[i] < this.to[i] ? 1 : -1); });
    }
  }

  years() {
    let low = Infinity, high = -Infinity;
    for (let i = 0; i < this.m; i++) {
      for (const y of [this.start[i], this.end[i]]) if (y === y) { low = Math.min(low, y); high = Math.max(high, y); }
    }
    return low === Infinity ? null : [Math.floor(low), Math.ceil(high)];
  }

  // filter marks the ties that pass and the nodes that keep one of them.
  filter(f, keep) {
    let ties = 0, undated = 0;
    this.alive.fill(0);
    for (let i = 0; i < this.m; i++) {
      const dated = this.start[i] === this.start[i] || this.end[i] === this.end[i];
      const ok = !f.hide.has(this.predicates[this.predicate[i]].id) && !f.without.has(this.classes[this.cls[i]]) &&
        this.sources[i] >= f.sources && (!f.reviewed || this.reviewed[i]) && !(this.start[i] >= f.to + 1) && !(this.end[i] <= f.from);
      this.shown[i] = ok ? 1 : 0;
      if (!ok) continue;
      ties++;
      if (!dated) undated++;
      this.alive[this.from[i]] = this.alive[this.to[i]] = 1;
    }
    for (const id of keep) if (this.index.has(id)) this.alive[this.index.get(id)] = 1;
    let nodes = 0;
    for (let i = 0; i < this.n; i++) nodes += this.alive[i];
    return { nodes, ties, undated };
  }

  tiesOf(node) {
    const out = [];
    for (let i = 0; i < this.m; i++) if (this.shown[i] && (this.from[i] === node || this.to[i] === node)) out.push(i);
    return out;
  }
}
