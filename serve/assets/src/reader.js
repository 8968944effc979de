// The reader: move between claims, decide on them, make one by hand.
import { $, $$, element, fragment, send, text, toast } from "./base.js";

const root = $(".reader");
const cards = $$(".claimcard", root);
const body = $("[data-text]", root);
const done = []; // decisions of this visit: {decision, card, before}
let at = cards.findIndex((c) => c.classList.contains("current"));

// go makes a card the current one and lights its words.
function go(i, scroll = true) {
  if (i < 0 || i >= cards.length) return;
  at = i;
  const id = cards[at].dataset.claim;
  cards.forEach((c, k) => c.classList.toggle("current", k === at));
  for (const run of $$(".run", body)) run.classList.toggle("lit", (run.dataset.c ?? "").split(" ").includes(id));
  cards[at].focus({ preventScroll: true });
  cards[at].scrollIntoView({ block: "nearest" });
  if (scroll) $(".run.lit", body)?.scrollIntoView({ block: "center" });
  history.replaceState(null, "", "?claim=" + encodeURIComponent(id) + "#c-" + id);
}

async function act(card, action) {
  if (!card) return;
  if (action === "correct") return correct(card);
  const result = await send($("[data-act=" + action + "]", card).action, {});
  if (result) settle(card, result);
}

const states = { accept: "accepted", reject: "rejected", correct: "corrected" };

// settle shows what was decided, and remembers how it was before.
function settle(card, result) {
  const label = $("[data-review]", card);
  done.push({ decision: result.decision, card, classes: card.className, label: label.textContent, line: $("p", card).cloneNode(true) });
  card.classList.remove("unreviewed", "accepted", "rejected", "corrected");
  card.classList.add(states[result.action]);
  label.textContent = text(result.action).toLowerCase();
  toast(text(result.action));
}

async function undo() {
  const last = done.pop();
  if (!last) return toast(text("nothing"));
  if (!(await send("/undo", { decision: last.decision }))) return done.push(last);
  const current = last.card.classList.contains("current");
  last.card.className = last.classes;
  last.card.classList.toggle("current", current);
  $("[data-review]", last.card).textContent = last.label;
  $("p", last.card).replaceWith(last.line);
  toast(text("undone"));
}

// correct opens the form of a claim in a dialog; its fields come from the
// server.
async function correct(card) {
  const dialog = $("[data-correct]", root);
  dialog.replaceChildren(...(await fragment("/claims/" + card.dataset.claim + "/correct", "#correct")));
  const form = $("form", dialog);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const result = await send(form.action, new FormData(form));
    if (!result) return;
    dialog.close();
    settle(card, result);
    const fresh = await fragment(location.pathname, '[data-claim="' + card.dataset.claim + '"]');
    const line = fresh.find((n) => n.nodeName === "P");
    if (line) $("p", card).replaceWith(line);
  });
  $("[data-cancel]", dialog).addEventListener("click", (event) => { event.preventDefault(); dialog.close(); });
  form.addEventListener("keydown", (event) => { // as in a field, Enter sends the form from a list too
    if (event.key !== "Enter" || event.target.nodeName !== "SELECT") return;
    event.preventDefault();
    form.requestSubmit();
  });
  dialog.showModal();
  form.elements.predicate.focus(); // what is wrong most often
}

root.addEventListener("submit", (event) => {
  const action = event.target.dataset.act;
  if (!action) return;
  event.preventDefault();
  act(event.target.closest(".claimcard"), action);
});
root.addEventListener("click", (event) => {
  const link = event.target.closest("[data-act=correct]");
  if (link) {
    event.preventDefault();
    return correct(link.closest(".claimcard"));
  }
  const show = event.target.closest(".show");
  if (show) {
    event.preventDefault();
    return go(cards.indexOf(show.closest(".claimcard")));
  }
  const run = event.target.closest(".run.claim");
  if (run && !event.target.closest("a") && getSelection().isCollapsed) {
    const ids = run.dataset.c.trim().split(" ");
    const now = ids.indexOf(cards[at]?.dataset.claim);
    go(cards.findIndex((c) => c.dataset.claim === ids[(now + 1) % ids.length]), false);
  }
});

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, dialog")) return;
  const key = { j: () => go(at + 1), k: () => go(at - 1), a: () => act(cards[at], "accept"), r: () => act(cards[at], "reject"),
    e: () => cards[at] && correct(cards[at]), u: undo, n: next }[event.key];
  if (!key) return;
  event.preventDefault();
  key();
});

async function next() {
  const { href } = await (await fetch("/api/next?not=" + root.dataset.document)).json();
  if (href) location.assign(href);
  else toast(text("queue.empty"));
}
$("[data-next]", root).addEventListener("click", (event) => { event.preventDefault(); next(); });

// A claim by hand: the selection's byte offsets come from the runs it begins
// and ends in.
const hand = $("[data-hand]", root), dialog = $("[data-dialog]", root);
const bytes = (s) => new TextEncoder().encode(s).length;

function offset(node, index) {
  const run = (node.nodeType === Node.TEXT_NODE ? node.parentElement : node).closest?.("[data-s]");
  if (!run) return null;
  const range = document.createRange();
  range.setStart(run, 0);
  range.setEnd(node, index);
  return Number(run.dataset.s) + bytes(range.toString());
}

let selected = null;
document.addEventListener("selectionchange", () => {
  const s = getSelection();
  if (s.isCollapsed || !s.rangeCount || !body.contains(s.anchorNode) || !body.contains(s.focusNode)) {
    if (!dialog.open) hand.disabled = true;
    return;
  }
  const r = s.getRangeAt(0);
  const start = offset(r.startContainer, r.startOffset), end = offset(r.endContainer, r.endOffset);
  selected = start != null && end != null && start < end ? { start, end, words: s.toString() } : null;
  hand.disabled = !selected;
});
hand.addEventListener("mousedown", (event) => event.preventDefault());
hand.addEventListener("click", () => {
  if (!selected) return;
  const form = $("form", dialog);
  form.elements.start.value = selected.start;
  form.elements.end.value = selected.end;
  $("[data-quote]", dialog).textContent = selected.words;
  dialog.showModal();
});
$("[data-cancel]", dialog).addEventListener("click", () => dialog.close());

if (at >= 0) {
  cards[at].scrollIntoView({ block: "nearest" });
  $(".run.lit", body)?.scrollIntoView({ block: "center" });
}
