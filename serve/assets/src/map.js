// The map: what it shows is named by its address, so that an address is all
// there is to share.
import { $, $$, element, fragment, text, toast } from "./base.js";
import { Graph } from "./graph.js";
import { Stage } from "./stage.js";

const root = $("#map");

async function start() {
  root.hidden = false;
  try {
    const m = new Map_(new Stage($(".stage", root)));
    globalThis.kithMap = m; // for tests and for the curious
    await m.load(true);
  } catch (error) {
    still(error);
  }
}

// still shows the drawing that the server has made for pages without script,
// where the moving one fails.
function still(error) {
  root.hidden = true;
  const drawn = new DOMParser().parseFromString($("noscript[data-still]").textContent, "text/html");
  root.after(element("p", { class: "card error", role: "alert" }, text("failed.map") + " (" + (error?.message ?? error) + ")"),
    ...[...drawn.body.childNodes].map((n) => document.adoptNode(n)));
  $("details.table").open = true;
}

class Map_ {
  constructor(stage) {
    this.stage = stage;
    stage.told = () => this.say();
    this.panel = $("[data-panel]", root);
    this.read(new URLSearchParams(root.dataset.query));
    this.steps = [];
    this.controls();
    this.pointer();
    this.keys();
  }

  // read takes the map's state from an address.
  read(q) {
    const list = (name) => new Set((q.get(name) ?? "").split(",").filter(Boolean));
    this.around = q.getAll("around");
    this.with = q.getAll("with");
    this.free = q.has("free") || this.around.length === 0;
    this.limit = Number(q.get("limit")) || 300;
    this.filter = { hide: list("hide"), without: list("without"), sources: Number(q.get("sources")) || 1, reviewed: q.has("reviewed"),
      from: Number(q.get("from")) || -Infinity, to: Number(q.get("to")) || Infinity };
    this.stage.grouped = q.has("groups");
    for (const pin of q.getAll("pin")) this.stage.pins.set(pin.split(":")[0], pin.split(":")[1]);
  }

  // address is the map's state as an address.
  address() {
    const q = new URLSearchParams(), f = this.filter;
    for (const id of this.around) q.append("around", id);
    for (const id of this.with) q.append("with", id);
    if (this.free && this.around.length + this.with.length) q.set("free", "1");
    if (this.limit !== 300) q.set("limit", this.limit);
    if (f.hide.size) q.set("hide", [...f.hide].join());
    if (f.without.size) q.set("without", [...f.without].join());
    if (f.sources > 1) q.set("sources", f.sources);
    if (f.reviewed) q.set("reviewed", "1");
    if (this.years && f.from > this.years[0]) q.set("from", f.from);
    if (this.years && f.to < this.years[1]) q.set("to", f.to);
    if (this.stage.grouped) q.set("groups", "1");
    for (const [id, at] of this.stage.pins) q.append("pin", id + ":" + at);
    return q.toString();
  }

  remember() {
    const q = this.address();
    history.replaceState(null, "", q ? "?" + q : location.pathname);
    $("[data-take]", root).href = "/take-away?" + q;
    root.dataset.query = q;
  }

  async load(first) {
    const old = this.stage.graph;
    const answer = await fetch("/api/map?" + (first ? root.dataset.query : this.address())); // the first is fetched ahead
    const wire = await answer.json();
    if (!answer.ok && first) throw new Error(wire.error);
    if (!answer.ok) return toast(text("failed") + wire.error);
    const graph = new Graph(wire);
    this.stage.focus = null;
    this.stage.path = new Set();
    if (!first && this.years) { // a range that was not narrowed stays so
      if (this.filter.from <= this.years[0]) this.filter.from = -Infinity;
      if (this.filter.to >= this.years[1]) this.filter.to = Infinity;
    }
    this.years = graph.years();
    this.stage.show(graph);
    if (first) { this.choices(graph); this.stage.resize(); this.stage.camera.fit(graph); } else { this.more(graph); this.stage.camera.fit(graph); this.stage.glide(old); }
    this.apply();
    root.dataset.ready = "1";
    if (wire.stale) setTimeout(() => this.load(), 1000); // a change is not drawn yet
    else $("[data-stale-map]")?.remove();
  }

  // apply filters, redraws and says what is shown.
  apply() {
    this.count = this.stage.graph.filter(this.filter, this.around);
    this.stage.refresh();
    this.remember();
    this.say();
    this.people();
  }

  say() {
    const g = this.stage.graph, n = this.count;
    if (!n) return;
    const parts = [`${n.nodes} ${text("nodes")}, ${n.ties} ${text("ties")} ${text("shown")}`];
    if (n.undated && n.undated < n.ties) parts.push(`${n.undated} ${text("undated")}`);
    if (g.left) parts.push(`${g.left} ${text("left")}`);
    if (this.stage.plain) parts.push(text("webgl"));
    $("[data-status]", root).textContent = parts.join(" · ");
  }

  controls() {
    const on = (selector, type, f) => $(selector, root).addEventListener(type, f);
    on("[data-sources]", "input", (e) => { this.filter.sources = Number(e.target.value) || 1; this.apply(); });
    on("[data-reviewed]", "change", (e) => { this.filter.reviewed = e.target.checked; this.apply(); });
    on("[data-groups]", "change", (e) => { this.stage.grouped = e.target.checked; this.apply(); });
    on("[data-limit]", "change", (e) => { this.limit = Number(e.target.value); this.load(); });
    on("[data-play]", "click", () => this.play());
    on("[data-share]", "click", () => this.share());
    on("[data-all]", "click", () => this.predicates(() => true));
    on("[data-none]", "click", () => this.predicates(() => false));
    on("[data-path]", "submit", (e) => { e.preventDefault(); this.findPath(e.target.elements.a.value, e.target.elements.b.value); });
    $("[data-path]", root).closest("details").addEventListener("toggle", () => this.ends());
    $("[data-people]", root).closest("details").addEventListener("toggle", () => this.people());
    on("[data-step]", "click", () => this.addStep());
    on("[data-story]", "submit", (e) => this.fillStory(e.target));
    const narrow = matchMedia("(max-width: 1000px)"), sieve = $("[data-sieve]", root), fold = () => { sieve.open = !narrow.matches; };
    narrow.addEventListener("change", fold); // beside the map it is always open, above it one opens it
    fold();
    for (const b of $$("[data-zoom]", root)) b.addEventListener("click", () => this.zoom(b.dataset.zoom));
    for (const name of ["from", "to"]) on("[data-" + name + "]", "input", (e) => { this.stop(); this.time(name, Number(e.target.value)); });
    $("[data-sources]", root).value = this.filter.sources;
    $("[data-reviewed]", root).checked = this.filter.reviewed;
    $("[data-groups]", root).checked = this.stage.grouped;
    const limit = $("[data-limit]", root);
    if (![...limit.options].some((o) => o.value === String(this.limit))) limit.append(new Option(this.limit));
    limit.value = this.limit;
  }

  // choices builds the controls that depend on what there is.
  choices(g) {
    const labels = JSON.parse($("[data-classes]", root).dataset.labels);
    $("[data-classes]", root).replaceChildren(...g.classes.map((c) => this.check(labels[c], !this.filter.without.has(c), (on) => {
      this.filter.without[on ? "delete" : "add"](c);
      this.apply();
    })));
    this.more(g);
  }

  more(g) {
    const count = new Map();
    for (const p of g.predicate) count.set(p, (count.get(p) ?? 0) + 1);
    const used = [...count].sort((a, b) => b[1] - a[1]).map(([p]) => g.predicates[p]);
    $("[data-predicates]", root).replaceChildren(...used.map((p) => this.check(p.label, !this.filter.hide.has(p.id), (on) => {
      this.filter.hide[on ? "delete" : "add"](p.id);
      this.apply();
    }, p.id)));
    this.named = null;
    if ($("[data-path]", root).closest("details").open) this.ends();
    this.slider();
  }

  // ends fills the lists to choose a path's ends from. Thousands of names take
  // their time, so it waits until somebody asks for a path.
  ends() {
    const g = this.stage.graph;
    if (!g || this.named === g) return;
    this.named = g;
    const order = new Intl.Collator().compare, ids = g.id.map((id, i) => i).sort((a, b) => order(g.name[a], g.name[b]));
    for (const select of $$("select[data-nodes]", root)) {
      const before = select.value;
      select.replaceChildren(...ids.map((i) => new Option(g.name[i], g.id[i])));
      if (g.index.has(before)) select.value = before;
    }
  }

  check(label, on, change, id) {
    return element("label", { class: "check" }, element("input", { type: "checkbox", checked: on, "data-id": id, onchange: (e) => change(e.target.checked) }), label);
  }

  predicates(on) {
    for (const box of $$("[data-predicates] input", root)) {
      box.checked = on(box.dataset.id);
      this.filter.hide[box.checked ? "delete" : "add"](box.dataset.id);
    }
    this.apply();
  }

  slider() {
    const from = $("[data-from]", root), to = $("[data-to]", root), none = !this.years;
    for (const e of [from, to, $("[data-play]", root)]) e.disabled = none;
    if (none) return;
    for (const e of [from, to]) { e.min = this.years[0]; e.max = this.years[1]; e.step = 1; }
    from.value = Math.max(this.years[0], this.filter.from);
    to.value = Math.min(this.years[1], this.filter.to);
    this.filter.from = Number(from.value);
    this.filter.to = Number(to.value);
    this.sayYears();
  }

  sayYears() {
    const { from, to } = this.filter;
    $("[data-year]", root).textContent = from === to ? from : from + " – " + to;
  }

  time(name, year) {
    const f = this.filter, other = name === "from" ? "to" : "from";
    f[name] = year;
    if (f.from > f.to) f[other] = year;
    $("[data-from]", root).value = f.from;
    $("[data-to]", root).value = f.to;
    this.sayYears();
    this.apply();
  }

  // play lets the end of the time run from the first year to the last.
  play() {
    if (this.playing) return this.stop();
    const button = $("[data-play]", root), steps = Math.max(1, this.years[1] - this.years[0]);
    button.textContent = text("pause");
    if (this.filter.to >= this.years[1]) this.time("to", Math.max(this.years[0], this.filter.from));
    this.playing = setInterval(() => {
      if (this.filter.to >= this.years[1]) return this.stop();
      this.time("to", this.filter.to + 1);
    }, Math.max(120, Math.min(900, 9000 / steps)));
  }

  stop() {
    clearInterval(this.playing);
    this.playing = null;
    $("[data-play]", root).textContent = text("play");
  }

  async share() {
    try {
      await navigator.clipboard.writeText(location.href);
      toast(text("copied"));
    } catch { toast(text("copy.failed")); }
  }

  zoom(how) {
    const cam = this.stage.camera;
    if (how === "fit") cam.fit(this.stage.graph);
    else cam.zoom(how === "in" ? 1.35 : 1 / 1.35, cam.width / 2, cam.height / 2);
    this.stage.dirty();
  }

  pointer() {
    const canvas = this.stage.canvas, stage = this.stage;
    const place = (e) => { const r = canvas.getBoundingClientRect(); return [e.clientX - r.left, e.clientY - r.top]; };
    const fingers = new Map();
    let drag = null;
    canvas.addEventListener("pointerdown", (e) => {
      if (!stage.graph) return;
      const [x, y] = place(e);
      fingers.set(e.pointerId, [x, y]);
      canvas.setPointerCapture(e.pointerId);
      drag = { x, y, node: stage.nodeAt(x, y), moved: false };
    });
    canvas.addEventListener("pointermove", (e) => {
      if (!stage.graph) return;
      const [x, y] = place(e);
      if (fingers.size === 2 && fingers.has(e.pointerId)) return this.pinch(fingers, e.pointerId, x, y);
      if (!drag) return this.hover(x, y);
      if (Math.hypot(x - drag.x, y - drag.y) > 3) drag.moved = true;
      if (!drag.moved) return;
      const [ox, oy] = fingers.get(e.pointerId) ?? [x, y], cam = stage.camera, g = stage.graph;
      fingers.set(e.pointerId, [x, y]);
      if (drag.node >= 0) {
        g.x[drag.node] = cam.wx(x);
        g.y[drag.node] = cam.wy(y);
        stage.refresh();
      } else {
        cam.x -= (x - ox) / cam.scale;
        cam.y += (y - oy) / cam.scale;
        stage.moved();
      }
    });
    const up = (e) => {
      fingers.delete(e.pointerId);
      const d = drag;
      drag = null;
      if (!d || e.type === "pointercancel") return;
      if (d.moved) { if (d.node >= 0) this.pin(d.node, true); return; }
      if (d.node >= 0) return this.select(d.node);
      const tie = stage.tieAt(d.x, d.y);
      if (tie >= 0) this.openTie(tie, stage.graph.bundled[stage.graph.pair[tie]] <= 6);
      else this.close();
    };
    canvas.addEventListener("pointerup", up);
    canvas.addEventListener("pointercancel", up);
    canvas.addEventListener("dblclick", (e) => { const node = stage.nodeAt(...place(e)); if (node >= 0) this.expand(node); });
    canvas.addEventListener("wheel", (e) => {
      e.preventDefault();
      stage.camera.zoom(Math.exp(-e.deltaY * (e.deltaMode ? .05 : .0016)), ...place(e));
      stage.moved();
    }, { passive: false });
  }

  pinch(fingers, id, x, y) {
    const [a] = [...fingers].filter(([k]) => k !== id).map(([, p]) => p), b = fingers.get(id);
    const before = Math.hypot(a[0] - b[0], a[1] - b[1]), now = Math.hypot(a[0] - x, a[1] - y);
    if (before > 0) this.stage.camera.zoom(now / before, (a[0] + x) / 2, (a[1] + y) / 2);
    fingers.set(id, [x, y]);
    this.stage.moved();
  }

  hover(x, y) {
    const s = this.stage, node = s.nodeAt(x, y), tie = node < 0 && s.graph.m < 4000 ? s.tieAt(x, y) : -1;
    s.canvas.style.cursor = node >= 0 || tie >= 0 ? "pointer" : "grab";
    if (node === s.hover) return;
    s.hover = node;
    s.refresh();
  }

  keys() {
    this.stage.canvas.addEventListener("keydown", (e) => {
      const cam = this.stage.camera, step = 60 / cam.scale;
      const key = { ArrowLeft: () => { cam.x -= step; }, ArrowRight: () => { cam.x += step; }, ArrowUp: () => { cam.y += step; }, ArrowDown: () => { cam.y -= step; },
        "+": () => this.zoom("in"), "=": () => this.zoom("in"), "-": () => this.zoom("out"), 0: () => this.zoom("fit"), " ": () => this.years && this.play() }[e.key];
      if (!key) return;
      e.preventDefault();
      key();
      this.stage.moved();
    });
    document.addEventListener("keydown", (e) => { if (e.key === "Escape" && !this.panel.hidden) this.close(); });
  }

  // people lists the nodes for keyboards and screen readers.
  people() {
    const g = this.stage.graph, list = $("[data-people]", root);
    if (!g || !list.closest("details").open) return;
    const some = g.byDegree.filter((i) => g.alive[i]).slice(0, 300);
    list.replaceChildren(...some.map((i) => element("li", {}, element("button", { type: "button", onclick: () => { this.select(i); this.panel.focus(); } }, g.name[i]))));
  }

  open(...children) {
    const close = element("button", { type: "button", class: "close", onclick: () => this.close() }, text("close"));
    this.panel.replaceChildren(close, ...children);
    this.panel.hidden = false;
    this.panel.scrollTop = 0;
    if (matchMedia("(max-width: 1000px)").matches) this.panel.scrollIntoView({ block: "start" }); // it stands below the map
  }

  close() {
    const s = this.stage;
    this.panel.hidden = true;
    s.focus = null;
    s.path = new Set();
    s.selected = s.tie = -1;
    s.refresh();
  }

  select(i) {
    const s = this.stage, g = s.graph, ties = g.tiesOf(i);
    s.selected = i;
    s.tie = -1;
    s.path = new Set();
    s.focus = new Set([i, ...ties.map((t) => (g.from[t] === i ? g.to[t] : g.from[t]))]);
    s.refresh();
    const id = g.id[i], pinned = s.pins.has(id), button = (label, f) => element("button", { type: "button", onclick: f }, label);
    const a = $("[data-path]", root).elements;
    this.open(element("h2", {}, g.name[i]), element("p", { class: "tools" },
      element("a", { class: "button primary", href: "/entities/" + id }, text("open")), button(text("expand"), () => this.expand(i)),
      button(text(pinned ? "unpin" : "pin"), () => { this.pin(i, !pinned); this.select(i); }),
      button(text("path.from"), () => { this.pathDetails(); a.a.value = id; toast(text("path.now")); }),
      button(text("path.to"), () => { this.pathDetails(); a.b.value = id; this.findPath(a.a.value, id); })),
    element("ul", { class: "plain" }, ...ties.map((t) => this.tieLine(t))));
  }

  // pathDetails opens the path's fields, filled.
  pathDetails() {
    $("[data-sieve]", root).open = true;
    $("[data-path]", root).closest("details").open = true;
    this.ends();
  }

  tieLine(t) {
    const g = this.stage.graph, labels = JSON.parse($("[data-classes]", root).dataset.labels), c = g.classes[g.cls[t]];
    return element("li", {}, element("button", { type: "button", class: "line " + c, onclick: () => this.openTie(t) },
      element("span", { class: "says" }, `${g.name[g.from[t]]} ${g.predicates[g.predicate[t]].label} ${g.name[g.to[t]]}`)),
    c === "asserted" ? null : element("span", { class: "standing " + c }, labels[c]));
  }

  // openTie shows the claims behind a tie, and what else is between its ends.
  async openTie(t, one = true) {
    const s = this.stage, g = s.graph;
    s.tie = t;
    s.focus = new Set([g.from[t], g.to[t]]);
    s.refresh();
    const q = new URLSearchParams({ a: g.id[g.from[t]], b: g.id[g.to[t]] });
    if (one) q.set("predicate", g.predicates[g.predicate[t]].id);
    this.open(...(await fragment("/tie?" + q, "#tie")));
    this.panel.focus({ preventScroll: true });
  }

  pin(i, on) {
    const g = this.stage.graph;
    if (on) this.stage.pins.set(g.id[i], g.x[i].toFixed(2) + "," + (-g.y[i]).toFixed(2));
    else this.stage.pins.delete(g.id[i]);
    this.stage.refresh();
    this.remember();
  }

  async expand(i) {
    const id = this.stage.graph.id[i];
    if (!this.around.includes(id)) this.around.push(id);
    await this.load();
    const now = this.stage.graph.index.get(id);
    if (now !== undefined) this.select(now);
  }

  // findPath lights the strongest path, bringing in nodes that are not shown.
  async findPath(a, b) {
    const found = $("[data-found]", root);
    const answer = await (await fetch("/api/path?" + new URLSearchParams({ a, b }))).json();
    if (!answer.found) return found.replaceChildren(element("p", {}, answer.error ?? text("path.none")));
    const missing = answer.nodes.filter((id) => !this.stage.graph.index.has(id));
    if (missing.length) { this.with.push(...missing); await this.load(); }
    const g = this.stage.graph, s = this.stage;
    s.focus = new Set(answer.nodes.map((id) => g.index.get(id)));
    s.path = new Set();
    for (const step of answer.steps) {
      for (let t = 0; t < g.m; t++) {
        if (g.id[g.from[t]] === step.From && g.id[g.to[t]] === step.To && g.predicates[g.predicate[t]].label === step.Predicate) s.path.add(t);
      }
    }
    if (s.focus.size > 1) s.camera.fit(g, s.focus);
    s.refresh();
    const weak = answer.steps.reduce((w, x) => (w && w.Strength <= x.Strength ? w : x), null);
    found.replaceChildren(element("ol", {}, ...answer.steps.map((x) => element("li", { class: x.Class }, `${x.FromName} ${x.Predicate} ${x.ToName} (${x.Strength} %)`))),
      weak ? element("p", { class: "quiet" }, `${text("path.weak")} ${weak.FromName} ${weak.Predicate} ${weak.ToName}`) : "");
  }

  addStep() {
    const box = $("[data-caption]", root), g = this.stage.graph, f = this.filter;
    const focus = this.stage.focus ? [...this.stage.focus].map((i) => g.id[i]) : [];
    this.steps.push({ caption: box.value.trim() || "…", focus, from: this.years && f.from > this.years[0] ? f.from : 0, to: this.years && f.to < this.years[1] ? f.to : 0 });
    $("[data-steps]", root).append(element("li", {}, this.steps.at(-1).caption));
    box.value = "";
  }

  fillStory(form) {
    if ($("[data-caption]", root).value.trim()) this.addStep();
    form.elements.map.value = this.address();
    form.elements.steps.value = JSON.stringify(this.steps);
  }
}

if (root) start();
