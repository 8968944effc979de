// A list of hits under a text field, as one types (the combobox pattern).
import { element, text, wait } from "./base.js";

let lists = 0;

export function suggest(input, choose, everything) {
  const list = element("ul", { class: "suggest", role: "listbox", id: "suggest-" + ++lists, "aria-label": text("results"), hidden: true });
  input.parentElement.classList.add("holder");
  input.after(list);
  for (const [k, v] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) input.setAttribute(k, v);
  let hits = [], at = -1, asked = 0;

  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    at = -1;
  };
  const move = (to) => {
    at = (to + hits.length) % hits.length;
    [...list.children].forEach((li, i) => li.setAttribute("aria-selected", i === at));
    input.setAttribute("aria-activedescendant", list.children[at].id);
    list.children[at].scrollIntoView({ block: "nearest" });
  };
  const pick = (i) => {
    const hit = hits[i];
    close();
    choose(hit);
  };
  const show = () => {
    list.replaceChildren(...hits.map((hit, i) => element("li", {
      role: "option", id: list.id + "-" + i, "aria-selected": "false", onmousedown: (e) => { e.preventDefault(); pick(i); },
    }, element("span", { class: "kind" }, hit.kind), ...words(hit), hit.note ? element("span", { class: "note" }, hit.note) : null)));
    list.hidden = hits.length === 0;
    input.setAttribute("aria-expanded", String(hits.length > 0));
  };
  const ask = wait(120, async () => {
    const q = input.value.trim(), turn = ++asked;
    if (!q) return close();
    try {
      const all = await (await fetch("/api/search?q=" + encodeURIComponent(q))).json();
      if (turn !== asked || document.activeElement !== input) return;
      hits = everything ? all : all.filter((h) => h.id);
      show();
    } catch { close(); }
  });

  input.addEventListener("input", ask);
  input.addEventListener("blur", () => { asked++; close(); });
  input.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp") move(at < 0 ? hits.length - 1 : at - 1);
    else if (event.key === "Enter" && at >= 0) pick(at);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
  });
}

const words = (hit) => hit.parts ? hit.parts.map((p) => (p.mark ? element("mark", {}, p.text) : p.text)) : [hit.text];
