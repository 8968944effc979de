// The stage: canvases, camera, what is under the pointer, labels. It draws
// only when something has changed.
import { Camera } from "./camera.js";
import { WebGL } from "./gl.js";
import { Plain } from "./plain.js";

const palette = ["#3b7ea1", "#c4820e", "#5b8c4a", "#a1548f", "#b5533c", "#5f6bb0", "#7d7461", "#2f8f86", "#94568f", "#8a8a2e"];
const rgb = (css) => {
  const c = document.createElement("canvas").getContext("2d");
  c.fillStyle = css;
  const v = parseInt(c.fillStyle.slice(1), 16);
  return [(v >> 16) / 255, ((v >> 8) & 255) / 255, (v & 255) / 255];
};

export class Stage {
  constructor(root) {
    this.root = root;
    this.canvas = root.querySelector("[data-gl]");
    this.labels = root.querySelector("[data-text]");
    this.camera = new Camera();
    this.begin();
    this.canvas.addEventListener("webglcontextlost", (event) => { event.preventDefault(); this.lost = setTimeout(() => this.fall(), 800); });
    this.canvas.addEventListener("webglcontextrestored", () => { clearTimeout(this.lost); this.begin(); this.refresh(); this.told?.(); });
    this.pins = new Map();
    this.focus = null; // set of nodes, or null for all
    this.path = new Set(); // ties of a found path
    this.selected = -1;
    this.tie = -1;
    this.hover = -1;
    this.colours();
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => { this.colours(); this.refresh(); });
    new ResizeObserver(() => this.resize()).observe(root);
  }

  begin() {
    try {
      this.renderer = new WebGL(this.canvas);
      this.plain = false;
    } catch {
      this.renderer = new Plain(this.labels);
      this.plain = true;
    }
  }

  // fall draws without WebGL from now on. told is called then, so that the page
  // can say so.
  fall() {
    if (this.plain) return;
    this.renderer = new Plain(this.labels);
    this.plain = true;
    this.canvas.width = this.canvas.width; // where the context still lives, it is cleared
    this.refresh();
    this.told?.();
  }

  colours() {
    const css = getComputedStyle(document.documentElement), get = (name) => css.getPropertyValue(name).trim();
    this.kind = ["person", "organization", "place", "event", "group"].map((k) => rgb(get("--" + k)));
    this.ink = rgb(get("--quiet"));
    this.accent = rgb(get("--accent"));
    this.paper = rgb(get("--card"));
    this.text = get("--ink");
    this.halo = get("--card");
    this.groupColours = palette.map(rgb);
  }

  resize() {
    const ratio = Math.min(2, devicePixelRatio || 1), { width, height } = this.root.getBoundingClientRect();
    if (!width) return;
    for (const c of [this.canvas, this.labels]) { c.width = Math.round(width * ratio); c.height = Math.round(height * ratio); }
    this.ratio = ratio;
    const first = this.camera.width === 1;
    this.camera.width = width;
    this.camera.height = height;
    if (first && this.graph) this.camera.fit(this.graph);
    this.dirty();
  }

  show(graph) {
    this.graph = graph;
    this.selected = this.tie = this.hover = -1;
    this.refresh();
  }

  // refresh fills the buffers from the graph's arrays.
  refresh() {
    const g = this.graph;
    if (!g) return;
    const lit = (i) => !this.focus || this.focus.has(i);
    let m = 0;
    for (let i = 0; i < g.m; i++) m += g.drawn[i];
    const marked = new Set([...this.path, ...(this.tie < 0 ? [] : [this.tie])].map((t) => g.line[t]));
    const ties = new Float32Array(m * 12), nodes = new Float32Array(g.n * 9);
    let k = 0;
    const busy = m > 1200 ? Math.max(.1, .28 * Math.sqrt(1200 / m)) : .7;
    for (let i = 0; i < g.m; i++) {
      if (!g.drawn[i]) continue;
      const a = g.from[i], b = g.to[i], on = lit(a) && lit(b), hot = marked.has(i);
      const c = hot || g.cls[i] > 2 ? this.accent : this.ink;
      ties[k] = g.x[a]; ties[k + 1] = g.y[a]; ties[k + 2] = g.x[b]; ties[k + 3] = g.y[b];
      ties[k + 4] = g.cls[i]; ties[k + 5] = g.slot[i]; ties[k + 6] = g.radius[b]; ties[k + 7] = 1;
      ties[k + 8] = c[0]; ties[k + 9] = c[1]; ties[k + 10] = c[2]; ties[k + 11] = hot ? 1 : on ? busy : .06;
      k += 12;
    }
    k = 0;
    for (let i = 0; i < g.n; i++) {
      if (!g.alive[i]) continue;
      const c = this.grouped ? this.groupColours[g.group[i] % palette.length] : this.kind[g.type[i]] ?? this.ink;
      nodes.set([g.x[i], g.y[i], g.radius[i], g.type[i], c[0], c[1], c[2], lit(i) ? 1 : .15, i === this.selected || i === this.hover || this.pins.has(g.id[i]) ? 1 : 0], k);
      k += 9;
    }
    this.renderer.load(ties, nodes.subarray(0, k));
    this.fine = m <= 1200;
    this.dirty();
  }

  // moved shows the same picture from where the camera now looks. Where a
  // drawing costs more than a frame, the last one is moved and the new one is
  // made once the movement rests.
  moved() {
    if (!(this.cost > 20) || !this.drawn) return this.dirty();
    clearTimeout(this.resting);
    this.resting = setTimeout(() => this.dirty(), 160);
    if (this.sliding) return;
    this.sliding = requestAnimationFrame(() => {
      this.sliding = 0;
      const cam = this.camera, d = this.drawn, k = cam.scale / d.scale;
      const x = (d.x - cam.x) * cam.scale + (cam.width / 2) * (1 - k), y = (cam.y - d.y) * cam.scale + (cam.height / 2) * (1 - k);
      for (const c of [this.canvas, this.labels]) c.style.transform = `translate(${x}px, ${y}px) scale(${k})`;
      this.frames++;
    });
  }

  dirty() {
    if (this.waiting) return;
    this.waiting = true;
    requestAnimationFrame(() => { this.waiting = false; this.draw(); });
  }

  draw() {
    if (!this.graph || !this.ratio) return;
    const began = performance.now(), { x, y, scale } = this.camera;
    try { this.renderer.draw(this.camera, this.ratio, this.paper); } catch { return this.fall(); } // its shaders do not compile
    this.write();
    if (this.measured !== this.graph) {
      this.measured = this.graph;
      this.renderer.settled(() => { this.cost = performance.now() - began; });
    }
    this.drawn = { x, y, scale };
    for (const c of [this.canvas, this.labels]) c.style.transform = "";
    this.frames = (this.frames ?? 0) + 1;
  }

  // write puts names beside nodes, the most tied first, where there is room.
  write() {
    const g = this.graph, cam = this.camera, c = this.labels.getContext("2d"), size = cam.size();
    c.setTransform(this.ratio, 0, 0, this.ratio, 0, 0);
    if (!this.plain) c.clearRect(0, 0, cam.width, cam.height);
    c.textAlign = "center";
    c.textBaseline = "top";
    c.lineJoin = "round";
    c.lineWidth = 3.5;
    c.strokeStyle = this.halo;
    c.fillStyle = this.text;
    const taken = this.numbers(c, cam);
    let room = Math.max(24, Math.min(90, Math.round((cam.width * cam.height) / 9000)));
    const first = [this.hover, this.selected].filter((i) => i >= 0);
    for (const i of [...first, ...g.byDegree]) {
      if (!g.alive[i] || (this.focus && !this.focus.has(i) && !first.includes(i))) continue;
      const name = g.name[i].length > 28 ? g.name[i].slice(0, 27) + "…" : g.name[i];
      const important = first.includes(i), width = name.length * 3.6 + 4, at = cam.px(g.x[i]), y = cam.py(g.y[i]) + g.radius[i] * size + 3;
      if (at < -20 || at > cam.width + 20 || y < -20 || y > cam.height + 10) continue;
      const x = Math.max(width, Math.min(cam.width - width, at)); // whole, also at the edge
      if (!important && taken.some((b) => Math.abs(b[0] - x) < b[2] + width && Math.abs(b[1] - y) < 15)) continue;
      c.font = (important || i === g.byDegree[0] ? "650 " : "500 ") + "12.5px Inter, system-ui, sans-serif";
      c.strokeText(name, x, y);
      c.fillText(name, x, y);
      taken.push([x, y, width]);
      if (--room === 0) break;
    }
  }

  // numbers says how many ties a bundle holds, and returns what places that
  // takes.
  numbers(c, cam) {
    const g = this.graph, taken = [];
    c.font = "600 11px Inter, system-ui, sans-serif";
    for (const [t, count] of this.fine ? g.bundles : []) {
      const a = g.from[t], b = g.to[t], x = cam.px((g.x[a] + g.x[b]) / 2), y = cam.py((g.y[a] + g.y[b]) / 2) - 6;
      if (this.focus && !(this.focus.has(a) && this.focus.has(b))) continue;
      c.strokeText(count, x, y);
      c.fillText(count, x, y);
      taken.push([x, y, 10]);
    }
    return taken;
  }

  nodeAt(px, py) {
    const g = this.graph, size = this.camera.size();
    let best = -1, near = Infinity;
    for (let i = 0; i < g.n; i++) {
      if (!g.alive[i]) continue;
      const d = Math.hypot(this.camera.px(g.x[i]) - px, this.camera.py(g.y[i]) - py) - g.radius[i] * size;
      if (d < Math.min(near, 5)) { near = d; best = i; }
    }
    return best;
  }

  tieAt(px, py) {
    const g = this.graph, cam = this.camera;
    let best = -1, near = 6;
    for (let i = 0; i < g.m; i++) {
      if (!g.drawn[i]) continue;
      let ax = cam.px(g.x[g.from[i]]), ay = cam.py(g.y[g.from[i]]), bx = cam.px(g.x[g.to[i]]), by = cam.py(g.y[g.to[i]]);
      const dx = bx - ax, dy = by - ay, len = Math.hypot(dx, dy) || 1, s = g.slot[i];
      ax += (dy / len) * s; ay -= (dx / len) * s; bx += (dy / len) * s; by -= (dx / len) * s;
      const t = ((px - ax) * dx + (py - ay) * dy) / (len * len);
      if (t < 0 || t > 1) continue;
      const d = Math.abs((px - ax) * dy - (py - ay) * dx) / len;
      if (d < near) { near = d; best = i; }
    }
    return best;
  }

  // glide moves nodes from where they were to where the new graph has them.
  glide(old) {
    const g = this.graph, tx = g.x.slice(), ty = g.y.slice();
    if (matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    const sx = tx.slice(), sy = ty.slice();
    for (let i = 0; i < g.n; i++) {
      const k = old.index.get(g.id[i]);
      if (k !== undefined) { sx[i] = old.x[k]; sy[i] = old.y[k]; }
    }
    const began = performance.now();
    const step = (now) => {
      if (this.graph !== g) return;
      const t = Math.min(1, (now - began) / 350), e = t * (2 - t);
      for (let i = 0; i < g.n; i++) { g.x[i] = sx[i] + (tx[i] - sx[i]) * e; g.y[i] = sy[i] + (ty[i] - sy[i]) * e; }
      this.refresh();
      if (t < 1) requestAnimationFrame(step);
    };
    requestAnimationFrame(step);
  }
}
