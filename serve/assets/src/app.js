// What every page may use: search as one types, adding documents with live
// progress, decisions without leaving the page, copying and printing.
import { $, $$, element, toast, text, send } from "./base.js";
import { suggest } from "./suggest.js";
import { adding } from "./adding.js";
import { refresh } from "./fresh.js";

const find = $("#find");
if (find) suggest(find, (hit) => location.assign(hit.href), true);
for (const input of $$("[data-suggest]")) {
  suggest(input, (hit) => {
    input.value = hit.text;
    if (input.dataset.suggest === "around") location.assign("/map?around=" + encodeURIComponent(hit.id));
  }, false);
}

const around = $("[data-suggest=around]");
if (around) around.form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const hits = await (await fetch("/api/search?q=" + encodeURIComponent(around.value))).json();
  const hit = hits.find((h) => h.id);
  if (hit) location.assign("/map?around=" + encodeURIComponent(hit.id));
  else toast(text("none"));
});

// On a phone the menu scrolls: the page that is open stays in sight.
const menu = $(".top nav"), here = $(".top nav [aria-current]");
if (here && menu.scrollWidth > menu.clientWidth) menu.scrollLeft = here.offsetLeft - menu.clientWidth / 2;

const form = $("[data-add]");
if (form) adding(form);
if ($("[data-stale]")) setTimeout(refresh, 300);

document.addEventListener("keydown", (event) => {
  if (event.key === "/" && !event.target.closest("input, textarea, select, [contenteditable]")) {
    event.preventDefault();
    find?.focus();
  }
});

document.addEventListener("click", async (event) => {
  const copy = event.target.closest("[data-copy]");
  if (copy) {
    const from = $(copy.dataset.copy);
    from.closest("details")?.setAttribute("open", "");
    from.select();
    try {
      await navigator.clipboard.writeText(from.value);
      toast("✓");
    } catch {
      document.execCommand("copy");
    }
  }
  if (event.target.closest("[data-print]")) print();
});

// In the review queue a decision takes its card away; the toast offers undo.
for (const card of $$(".queue .claimcard")) {
  card.addEventListener("submit", async (event) => {
    event.preventDefault();
    const done = await send(event.target.action, new FormData(event.target));
    if (!done) return;
    const next = card.nextElementSibling ?? card.previousElementSibling, list = card.parentElement, after = card.nextElementSibling;
    card.remove();
    next?.focus();
    toast(text(event.target.dataset.act), async () => {
      if (!(await send("/undo", { decision: done.decision }))) return;
      list.insertBefore(card, after);
      card.focus();
      toast(text("undone"));
    });
  });
}
