// Adding documents: drop or choose files, paste text, and follow how far each
// file is.
import { $, element, text, toast } from "./base.js";
import { refresh } from "./fresh.js";

export function adding(form) {
  const progress = $(".progress", form.parentElement);
  const states = JSON.parse(progress.dataset.states);
  const files = $("input[type=file]", form);

  // post sends files and text, unless they are more than kith takes: it would
  // hang up while they are still being sent.
  const post = async (data) => {
    progress.hidden = false;
    const size = [...data.values()].reduce((sum, part) => sum + (part.size ?? part.length), 0), limit = Number(form.dataset.limit);
    if (size > limit) {
      progress.replaceChildren(element("p", { class: "error", role: "alert" }, `${text("large")} ${Math.floor(limit / 1048576)} MB`));
      form.reset();
      return;
    }
    progress.textContent = text("uploading");
    try {
      const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (!answer.ok) {
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        progress.textContent = page.querySelector("[role=alert]")?.textContent ?? answer.statusText;
        return;
      }
      follow((await answer.json()).job);
    } catch {
      progress.textContent = text("offline");
    }
  };
  const follow = (job) => {
    const events = new EventSource("/jobs/" + job + "/events");
    events.onmessage = (event) => {
      const { items, done } = JSON.parse(event.data);
      progress.replaceChildren(...items.map(line));
      if (!done) return;
      events.close();
      progress.dataset.done = job;
      form.reset();
      refresh();
    };
    events.onerror = () => events.close();
  };
  const line = (item) => element("div", { class: "item " + item.state },
    element("strong", {}, item.title || item.name), element("span", { class: "state" }, states[item.state]),
    item.summary ? element("span", { class: "quiet" }, item.summary) : null,
    item.error ? element("span", { class: "error" }, item.error) : null,
    item.href ? element("a", { href: item.href }, progress.dataset.open) : null);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    post(new FormData(form));
  });
  files.addEventListener("change", () => { if (files.files.length) post(new FormData(form)); });

  // Files may be dropped anywhere on the page, and text may be pasted anywhere
  // outside of a field.
  const holds = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    form.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) form.classList.remove("dropping"); });
  document.addEventListener("drop", (event) => {
    if (!holds(event)) return;
    event.preventDefault();
    form.classList.remove("dropping");
    const data = new FormData();
    for (const file of event.dataTransfer.files) data.append("files", file);
    post(data);
  });
  document.addEventListener("paste", (event) => {
    if (event.target.closest("input, textarea")) return;
    const pasted = event.clipboardData?.getData("text/plain");
    if (!pasted) return;
    form.elements.text.value = pasted;
    form.elements.text.focus();
    toast("✓");
  });
}
