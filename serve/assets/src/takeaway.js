// A story's map: steps, zoom, and ties that show their quotes. It works on
// what is in the page and asks for nothing.
(() => {
  const root = document.querySelector("[data-story]");
  const svg = root?.querySelector(".drawing");
  if (!svg) return;
  const steps = [...root.querySelectorAll("[data-focus]")];
  const whole = svg.getAttribute("viewBox").split(" ").map(Number);
  let box = [...whole];
  const show = (next) => { box = next; svg.setAttribute("viewBox", box.join(" ")); };

  svg.addEventListener("wheel", (event) => {
    event.preventDefault();
    const rect = svg.getBoundingClientRect();
    const x = box[0] + (box[2] * (event.clientX - rect.left)) / rect.width;
    const y = box[1] + (box[3] * (event.clientY - rect.top)) / rect.height;
    const k = event.deltaY > 0 ? 1.15 : 1 / 1.15;
    show([x - (x - box[0]) * k, y - (y - box[1]) * k, box[2] * k, box[3] * k]);
  }, { passive: false });
  let from = null;
  svg.addEventListener("pointerdown", (event) => { from = [event.clientX, event.clientY, ...box]; });
  addEventListener("pointermove", (event) => {
    if (!from) return;
    const rect = svg.getBoundingClientRect();
    show([from[2] - ((event.clientX - from[0]) * box[2]) / rect.width, from[3] - ((event.clientY - from[1]) * box[3]) / rect.height, box[2], box[3]]);
  });
  addEventListener("pointerup", () => { from = null; });

  const ties = [...root.querySelectorAll("[data-from]")];
  svg.addEventListener("click", (event) => {
    const tie = event.target.closest(".tie");
    if (!tie) return;
    const line = ties.find((t) => t.localName === "li" && [t.dataset.from, t.dataset.to].every((id) => id === tie.dataset.from || id === tie.dataset.to));
    line?.closest("details")?.setAttribute("open", "");
    line?.scrollIntoView({ block: "center" });
    line?.querySelector("a")?.focus();
  });

  let at = -1;
  const bar = root.querySelector("[data-stepbar]");
  const go = (i) => {
    at = Math.max(-1, Math.min(steps.length - 1, i));
    const focus = at < 0 ? null : new Set(steps[at].dataset.focus.trim().split(" ").filter(Boolean));
    const on = (id) => !focus?.size || focus.has(id);
    for (const node of svg.querySelectorAll("[data-id]")) node.classList.toggle("faint", !on(node.dataset.id));
    for (const tie of ties) tie.classList.toggle("faint", !(on(tie.dataset.from) && on(tie.dataset.to)));
    steps.forEach((s, k) => s.classList.toggle("current", k === at));
    bar.querySelector("[data-at]").textContent = at < 0 ? "" : at + 1 + " / " + steps.length;
    if (at < 0) show([...whole]);
  };
  if (bar && steps.length) {
    bar.hidden = false;
    bar.querySelector("[data-prev]").addEventListener("click", () => go(at - 1));
    bar.querySelector("[data-nextstep]").addEventListener("click", () => go(at + 1));
    bar.querySelector("[data-whole]").addEventListener("click", () => go(-1));
    go(0);
  }
})();
