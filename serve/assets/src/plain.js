// Plain draws what WebGL draws on the canvas of the labels, below them, where
// there is no WebGL or it fails.
const dashes = [[], [], [7, 5], [10, 3, 2, 3], []];
const rgba = (a, i) => `rgba(${a[i] * 255},${a[i + 1] * 255},${a[i + 2] * 255},${a[i + 3]})`;

export class Plain {
  constructor(canvas) { this.c = canvas.getContext("2d"); }

  load(ties, nodes) {
    this.ties = ties;
    this.nodes = nodes;
  }

  settled(f) { f(); }

  draw(camera, ratio) {
    const c = this.c, count = this.ties.length / 12;
    c.setTransform(ratio, 0, 0, ratio, 0, 0);
    c.clearRect(0, 0, camera.width, camera.height);
    if (count > 1200) this.lines(camera);
    else for (let i = 0; i < this.ties.length; i += 12) this.tie(camera, i, count <= 600);
    c.setLineDash([]);
    for (let i = 0; i < this.nodes.length; i += 9) this.node(camera, i);
  }

  // lines draws many ties, those that look alike in one stroke.
  lines(camera) {
    const alike = new Map(), t = this.ties, c = this.c;
    for (let i = 0; i < t.length; i += 12) {
      const dashed = t[i + 4] > 1 && t[i + 4] < 4, key = rgba(t, i + 8) + (dashed ? " -" : "");
      if (!alike.has(key)) alike.set(key, { path: new Path2D(), dashed, style: rgba(t, i + 8) });
      const { path } = alike.get(key);
      path.moveTo(camera.px(t[i]), camera.py(t[i + 1]));
      path.lineTo(camera.px(t[i + 2]), camera.py(t[i + 3]));
    }
    c.lineWidth = 1;
    for (const { path, dashed, style } of alike.values()) {
      c.setLineDash(dashed ? [7, 5] : []);
      c.strokeStyle = style;
      c.stroke(path);
    }
  }

  tie(camera, i, arrow) {
    const c = this.c, t = this.ties, cls = t[i + 4];
    let ax = camera.px(t[i]), ay = camera.py(t[i + 1]), bx = camera.px(t[i + 2]), by = camera.py(t[i + 3]);
    const len = Math.hypot(bx - ax, by - ay) || 1, dx = (bx - ax) / len, dy = (by - ay) / len, aside = t[i + 5];
    ax += dy * aside; bx += dy * aside; ay -= dx * aside; by -= dx * aside;
    const stroke = (width, style) => { c.lineWidth = width; c.strokeStyle = style; c.beginPath(); c.moveTo(ax, ay); c.lineTo(bx, by); c.stroke(); };
    c.setLineDash(dashes[cls]);
    stroke(cls === 1 ? 5 : 1.5, rgba(t, i + 8));
    if (cls === 1) { c.globalCompositeOperation = "destination-out"; stroke(2.2, "#000"); c.globalCompositeOperation = "source-over"; }
    c.setLineDash([]);
    if (cls === 4) {
      const mx = (ax + bx) / 2, my = (ay + by) / 2;
      c.beginPath(); c.moveTo(mx - 5, my - 5); c.lineTo(mx + 5, my + 5); c.moveTo(mx - 5, my + 5); c.lineTo(mx + 5, my - 5); c.stroke();
    }
    if (!arrow) return;
    const tip = t[i + 6] * camera.size(), x = bx - dx * tip, y = by - dy * tip;
    c.fillStyle = rgba(t, i + 8);
    c.beginPath(); c.moveTo(x, y); c.lineTo(x - dx * 10 + dy * 4.5, y - dy * 10 - dx * 4.5); c.lineTo(x - dx * 10 - dy * 4.5, y - dy * 10 + dx * 4.5); c.fill();
  }

  node(camera, i) {
    const c = this.c, n = this.nodes, shape = n[i + 3];
    const x = camera.px(n[i]), y = camera.py(n[i + 1]), r = n[i + 2] * camera.size(), sides = [0, 4, 3, 4, 6][shape], turn = [0, .785, 1.571, 0, 0][shape];
    c.fillStyle = rgba(n, i + 4);
    c.beginPath();
    if (!sides) c.arc(x, y, r, 0, 6.2832);
    else for (let k = 0; k < sides; k++) c.lineTo(x + r * Math.cos(turn - (k * 6.2832) / sides), y - r * Math.sin(turn - (k * 6.2832) / sides));
    c.closePath();
    c.fill();
    if (!n[i + 8]) return;
    c.lineWidth = 2;
    c.strokeStyle = c.fillStyle;
    c.beginPath();
    c.arc(x, y, r + 4, 0, 6.2832);
    c.stroke();
  }
}
