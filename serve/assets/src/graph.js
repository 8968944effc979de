// The map's data: rows from the server turned into arrays, and the filters.
export class Graph {
  constructor(wire) {
    this.types = wire.types;
    this.classes = wire.classes;
    this.predicates = wire.predicates ?? [];
    this.left = wire.left;
    const list = (column) => column ?? [], ties = wire.ties, hundredths = (column) => Float32Array.from(list(column), (v) => v / 100);
    const year = (column) => Float32Array.from(list(column), (v) => (v ? v / 100 : NaN));
    this.id = list(wire.ids);
    this.name = list(wire.names);
    const n = this.id.length, m = list(ties.from).length;
    this.n = n;
    this.m = m;
    this.type = Uint8Array.from(list(wire.kinds));
    this.x = hundredths(wire.x);
    this.y = hundredths(wire.y).map((v) => -v);
    this.group = Uint16Array.from(list(wire.groups));
    this.index = new Map(this.id.map((id, i) => [id, i]));
    this.from = Uint32Array.from(list(ties.from));
    this.to = Uint32Array.from(list(ties.to));
    this.predicate = Uint16Array.from(list(ties.predicate));
    this.cls = Uint8Array.from(list(ties.class));
    this.sources = Uint16Array.from(list(ties.sources));
    this.strength = Uint8Array.from(list(ties.strength));
    this.start = year(ties.start);
    this.end = year(ties.end);
    this.reviewed = Uint8Array.from(list(ties.reviewed));
    this.degree = new Uint16Array(n);
    for (let i = 0; i < m; i++) {
      this.degree[this.from[i]]++;
      this.degree[this.to[i]]++;
    }
    this.radius = Float32Array.from(this.degree, (d) => 4 + 2.1 * Math.sqrt(d));
    this.shown = new Uint8Array(m).fill(1);
    this.drawn = new Uint8Array(m);
    this.slot = new Float32Array(m);
    this.line = new Uint32Array(m);
    this.pairs();
    this.bundle();
    this.alive = new Uint8Array(n).fill(1);
    this.byDegree = Array.from({ length: n }, (_, i) => i).sort((a, b) => this.degree[b] - this.degree[a] || a - b);
  }

  // pairs numbers the pairs that ties are between.
  pairs() {
    this.pair = new Uint32Array(this.m);
    const numbers = new Map();
    for (let i = 0; i < this.m; i++) {
      const key = Math.min(this.from[i], this.to[i]) * this.n + Math.max(this.from[i], this.to[i]);
      if (!numbers.has(key)) numbers.set(key, numbers.size);
      this.pair[i] = numbers.get(key);
    }
    this.pairCount = numbers.size;
  }

  // bundle says which of the shown ties are drawn, and how far aside. Up to six
  // between one pair stand side by side; of more, those that look alike are one
  // line, and the bundle is numbered. line is the tie that stands for a tie.
  bundle() {
    const count = new Uint16Array(this.pairCount), lines = new Uint16Array(this.pairCount), next = new Uint16Array(this.pairCount);
    const alike = new Map();
    for (let i = 0; i < this.m; i++) count[this.pair[i]] += this.shown[i];
    for (let i = 0; i < this.m; i++) {
      this.line[i] = i;
      if (!this.shown[i]) continue;
      const p = this.pair[i], look = (p * 8 + this.cls[i]) * 2 + (this.from[i] < this.to[i] ? 1 : 0);
      if (count[p] > 6) {
        this.line[i] = alike.get(look) ?? i;
        alike.set(look, this.line[i]);
      }
      if (this.line[i] === i) lines[p]++;
    }
    this.bundles = [];
    for (let i = 0; i < this.m; i++) {
      this.drawn[i] = this.shown[i] && this.line[i] === i ? 1 : 0;
      if (!this.drawn[i]) continue;
      const p = this.pair[i], k = next[p]++;
      if (k === 0 && count[p] > lines[p]) this.bundles.push([i, count[p]]);
      this.slot[i] = (k - (lines[p] - 1) / 2) * 5 * (this.from[i] < this.to[i] ? 1 : -1);
    }
    this.bundled = count;
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
    this.bundle();
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
