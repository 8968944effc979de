// Where the map is looked at from: world units to pixels and back.
export class Camera {
  constructor() { this.x = 0; this.y = 0; this.scale = 30; this.width = 1; this.height = 1; }
  px(x) { return (x - this.x) * this.scale + this.width / 2; }
  py(y) { return this.height / 2 - (y - this.y) * this.scale; }
  wx(px) { return (px - this.width / 2) / this.scale + this.x; }
  wy(py) { return (this.height / 2 - py) / this.scale + this.y; }
  // size is how much nodes grow and shrink with the zoom, in pixels a unit.
  size() { return Math.max(.35, Math.min(2.2, Math.sqrt(this.scale / 26))); }
  zoom(k, px, py) {
    const x = this.wx(px), y = this.wy(py);
    this.scale = Math.max(.5, Math.min(400, this.scale * k));
    this.x = x - (px - this.width / 2) / this.scale;
    this.y = y - (this.height / 2 - py) / this.scale;
  }
  // fit shows all nodes, or those of a set.
  fit(graph, only) {
    let l = Infinity, r = -Infinity, b = Infinity, t = -Infinity;
    for (let i = 0; i < graph.n; i++) {
      if (!graph.alive[i] || (only && !only.has(i))) continue;
      l = Math.min(l, graph.x[i]); r = Math.max(r, graph.x[i]);
      b = Math.min(b, graph.y[i]); t = Math.max(t, graph.y[i]);
    }
    if (l === Infinity) return;
    const wide = this.width - Math.min(130, this.width / 4), high = this.height - 120; // room for names, and for the line at the bottom
    this.scale = Math.max(.5, Math.min(90, wide / (r - l || 1), high / (t - b || 1)));
    this.x = (l + r) / 2;
    this.y = (b + t) / 2 - 20 / this.scale;
  }
}
