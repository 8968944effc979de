// Drawing with WebGL 2: two calls, one for ties and one for nodes.
// Shapes tell the types apart and line styles the standings; both are computed
// in the fragment shader.
const tieVertex = `#version 300 es
layout(location=0) in vec2 corner;
layout(location=1) in vec4 ends;
layout(location=2) in vec4 look; // class, slot, target radius, arrow
layout(location=3) in vec4 color;
uniform vec2 size; uniform vec3 view; uniform float unit; uniform float ratio; uniform float fine;
out vec2 at; out float len; out vec4 ink; flat out vec4 mark;
void main() {
  vec2 a = (ends.xy - view.xy) * view.z, b = (ends.zw - view.xy) * view.z;
  vec2 d = b - a; len = max(length(d), 1e-3); d /= len;
  vec2 n = vec2(-d.y, d.x);
  float wide = look.x > 3.5 ? 7. : look.x > .5 && look.x < 1.5 ? 3.5 : fine > .5 ? 6. : 1.6;
  vec2 p = a + d * corner.x * len + n * (look.y + corner.y * wide);
  at = vec2(corner.x * len, corner.y * wide); ink = color; mark = vec4(look.x, look.z * unit, look.w * fine, 0.);
  gl_Position = vec4(p * 2. / size, 0., 1.);
}`;
const tieFragment = `#version 300 es
precision mediump float;
in vec2 at; in float len; in vec4 ink; flat in vec4 mark; out vec4 result;
void main() {
  float y = abs(at.y), x = at.x, line = 1. - smoothstep(.5, 1.2, y);
  if (mark.x > .5 && mark.x < 1.5) line = (1. - smoothstep(2.2, 2.9, y)) * smoothstep(.7, 1.4, y);
  else if (mark.x < 2.5 && mark.x > 1.5) line *= step(mod(x, 12.), 7.);
  else if (mark.x < 3.5 && mark.x > 2.5) { float m = mod(x, 18.); line *= step(m, 10.) + step(13., m) * step(m, 15.); }
  else if (mark.x > 3.5) {
    float c = abs(x - len * .5);
    line = max(line, (1. - smoothstep(.6, 1.4, abs(c - y))) * step(c, 6.));
  }
  if (mark.z > .5) {
    float tip = len - mark.y - x;
    line = max(line, step(0., tip) * step(tip, 10.) * (1. - smoothstep(-.5, .5, y - tip * .45)));
  }
  float alpha = ink.a * line;
  if (alpha < .01) discard;
  result = vec4(ink.rgb * alpha, alpha);
}`;
// Where there are many ties they are lines one pixel wide: a fragment of one
// costs next to nothing, also where a processor draws in a graphics card's
// place.
const lineVertex = `#version 300 es
layout(location=0) in vec2 corner;
layout(location=1) in vec4 ends;
layout(location=2) in vec4 look;
layout(location=3) in vec4 color;
uniform vec2 size; uniform vec3 view; uniform float unit; uniform float fine;
out float at; flat out vec4 ink; flat out float kind;
void main() {
  vec2 a = (ends.xy - view.xy) * view.z, b = (ends.zw - view.xy) * view.z;
  vec2 p = mix(a, b, corner.x);
  at = corner.x * length(b - a); ink = vec4(color.rgb * color.a, color.a); kind = look.x;
  gl_Position = vec4(p * 2. / size, 0., 1.);
}`;
const lineFragment = `#version 300 es
precision mediump float;
in float at; flat in vec4 ink; flat in float kind; out vec4 result;
void main() {
  if (kind > 1.5 && kind < 3.5 && mod(at, 12.) > 7.) discard;
  result = ink;
}`;
const nodeVertex = `#version 300 es
layout(location=0) in vec2 corner;
layout(location=1) in vec4 place; // x, y, radius, shape
layout(location=2) in vec4 color;
layout(location=3) in float ring;
uniform vec2 size; uniform vec3 view; uniform float unit;
out vec2 at; out vec4 ink; flat out vec3 mark;
void main() {
  float r = place.z * unit + ring * 4. + 2.;
  at = corner * r; ink = color; mark = vec3(place.z * unit, place.w, ring);
  gl_Position = vec4(((place.xy - view.xy) * view.z + corner * r) * 2. / size, 0., 1.);
}`;
const nodeFragment = `#version 300 es
precision mediump float;
in vec2 at; in vec4 ink; flat in vec3 mark; uniform vec3 paper; out vec4 result;
float shape(vec2 p, float r, float kind) {
  if (kind < .5) return length(p) - r;
  if (kind < 1.5) return max(abs(p.x), abs(p.y)) - r * .86;
  if (kind < 2.5) return max(abs(p.x) * .866 + p.y * .5, -p.y) - r * .62;
  if (kind < 3.5) return (abs(p.x) + abs(p.y)) * .7071 - r * .8;
  vec2 q = abs(p); return max(q.x * .866 + q.y * .5, q.y) - r * .9;
}
void main() {
  float d = shape(at, mark.x, mark.y);
  float inside = 1. - smoothstep(-.6, .6, d);
  vec3 rgb = mix(ink.rgb, paper, smoothstep(-1.8, -.8, d) * .85);
  float ring = mark.z * (1. - smoothstep(.8, 1.6, abs(d - 3.)));
  float alpha = max(inside, ring) * ink.a;
  if (alpha < .01) discard;
  rgb = mix(ink.rgb, rgb, inside);
  result = vec4(rgb * alpha, alpha);
}`;

// begin compiles a program; program waits for it. Between the two the driver
// works beside the page.
function begin(gl, vertex, fragment) {
  const p = gl.createProgram();
  for (const [kind, source] of [[gl.VERTEX_SHADER, vertex], [gl.FRAGMENT_SHADER, fragment]]) {
    const s = gl.createShader(kind);
    gl.shaderSource(s, source);
    gl.compileShader(s);
    gl.attachShader(p, s);
  }
  gl.linkProgram(p);
  return p;
}

function program(gl, p) {
  if (!gl.getProgramParameter(p, gl.LINK_STATUS)) throw new Error("shader: " + gl.getProgramInfoLog(p));
  const uniform = {};
  for (const name of ["size", "view", "unit", "fine", "paper"]) uniform[name] = gl.getUniformLocation(p, name);
  return { p, uniform };
}

// corners repeats each row of data for each corner of its shape.
function corners(data, stride, shape) {
  const rows = data.length / stride, each = shape.length / 2, out = new Float32Array(rows * each * (stride + 2));
  let k = 0;
  for (let row = 0; row < rows; row++) {
    for (let c = 0; c < each; c++) {
      out[k++] = shape[2 * c];
      out[k++] = shape[2 * c + 1];
      for (let f = row * stride; f < (row + 1) * stride; f++) out[k++] = data[f];
    }
  }
  return out;
}

export class WebGL {
  constructor(canvas) {
    const gl = canvas.getContext("webgl2", { antialias: false, alpha: true, premultipliedAlpha: true, powerPreference: "low-power" });
    if (!gl) throw new Error("no WebGL 2");
    this.gl = gl;
    this.begun = { nodes: begin(gl, nodeVertex, nodeFragment), lines: begin(gl, lineVertex, lineFragment), ties: begin(gl, tieVertex, tieFragment) };
    gl.flush();
    this.tieArray = this.array([[0, 2], [1, 4], [2, 4], [3, 4]]);
    this.nodeArray = this.array([[0, 2], [1, 4], [2, 4], [3, 1]]);
    this.tieCount = this.tieVertices = this.nodeVertices = 0;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
  }

  // Few ties and many are drawn by different programs.
  get ties() { return (this.tieProgram ??= program(this.gl, this.begun.ties)); }
  get lines() { return (this.lineProgram ??= program(this.gl, this.begun.lines)); }
  get nodes() { return (this.nodeProgram ??= program(this.gl, this.begun.nodes)); }

  // array lays out a vertex: the corner, then what the tie or node has.
  array(fields) {
    const gl = this.gl, vao = gl.createVertexArray(), buffer = gl.createBuffer(), stride = 4 * fields.reduce((sum, [, size]) => sum + size, 0);
    gl.bindVertexArray(vao);
    gl.bindBuffer(gl.ARRAY_BUFFER, buffer);
    let offset = 0;
    for (const [place, size] of fields) {
      gl.enableVertexAttribArray(place);
      gl.vertexAttribPointer(place, size, gl.FLOAT, false, stride, offset);
      offset += 4 * size;
    }
    return { vao, buffer };
  }

  // load takes the ties and nodes to draw. Each is repeated for each of its
  // corners rather than drawn as an instance: a processor that draws in a
  // graphics card's place takes 30 µs for an instance, and less than one for a
  // vertex.
  load(ties, nodes) {
    const gl = this.gl, count = ties.length / 12;
    this.fine = count <= 1200;
    this.tieCount = count;
    const tieVertices = corners(ties, 12, this.fine ? [0, -1, 1, -1, 0, 1, 0, 1, 1, -1, 1, 1] : [0, 0, 1, 0]);
    const nodeVertices = corners(nodes, 9, [-1, -1, 1, -1, -1, 1, -1, 1, 1, -1, 1, 1]);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.tieArray.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, tieVertices, gl.DYNAMIC_DRAW);
    gl.bindBuffer(gl.ARRAY_BUFFER, this.nodeArray.buffer);
    gl.bufferData(gl.ARRAY_BUFFER, nodeVertices, gl.DYNAMIC_DRAW);
    this.tieVertices = tieVertices.length / 14;
    this.nodeVertices = nodeVertices.length / 11;
  }

  draw(camera, ratio, paper) {
    const gl = this.gl;
    gl.viewport(0, 0, gl.drawingBufferWidth, gl.drawingBufferHeight);
    gl.clearColor(0, 0, 0, 0);
    gl.clear(gl.COLOR_BUFFER_BIT);
    const common = ({ p, uniform }) => {
      gl.useProgram(p);
      gl.uniform2f(uniform.size, camera.width, camera.height);
      gl.uniform3f(uniform.view, camera.x, camera.y, camera.scale);
      gl.uniform1f(uniform.unit, camera.size());
    };
    common(this.fine ? this.ties : this.lines);
    if (this.fine) gl.uniform1f(this.ties.uniform.fine, this.tieCount <= 600 ? 1 : 0);
    gl.bindVertexArray(this.tieArray.vao);
    gl.drawArrays(this.fine ? gl.TRIANGLES : gl.LINES, 0, this.tieVertices);
    common(this.nodes);
    gl.uniform3fv(this.nodes.uniform.paper, paper);
    gl.bindVertexArray(this.nodeArray.vao);
    gl.drawArrays(gl.TRIANGLES, 0, this.nodeVertices);
  }
}

// settled calls f when what was drawn is there, so that its cost can be known.
// Nobody waits for it: the page stays responsive meanwhile.
WebGL.prototype.settled = function (f) {
  const gl = this.gl, sync = gl.fenceSync(gl.SYNC_GPU_COMMANDS_COMPLETE, 0);
  gl.flush();
  const look = () => {
    if (gl.isContextLost()) return;
    if (gl.getSyncParameter(sync, gl.SYNC_STATUS) !== gl.SIGNALED) return setTimeout(look, 4);
    gl.deleteSync(sync);
    f();
  };
  setTimeout(look, 0);
};

