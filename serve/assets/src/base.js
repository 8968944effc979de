// Small helpers. Nothing here ever sets innerHTML of words from documents.
export const $ = (selector, root = document) => root.querySelector(selector);
export const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
export const text = (key) => texts[key] ?? key;

// element makes an element with text or children; attributes by name.
export function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value === true) e.setAttribute(key, "");
    else if (value !== false && value != null) e.setAttribute(key, value);
  }
  e.append(...children.filter((c) => c != null));
  return e;
}

let fading;
// toast says something for a moment; with a way back it offers undo.
export function toast(message, back) {
  const t = $("#toast");
  if (!t) return;
  const hide = () => t.classList.remove("on");
  t.replaceChildren(message, back ? element("button", { type: "button", onclick: () => { hide(); back(); } }, text("undo")) : "");
  t.classList.add("on");
  clearTimeout(fading);
  fading = setTimeout(hide, back ? 9000 : 3500);
}

// send posts a form and returns the JSON answer, or null after saying why not.
export async function send(url, data) {
  try {
    const body = data instanceof FormData ? new URLSearchParams(data) : new URLSearchParams(data);
    const answer = await fetch(url, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.ok) return await answer.json();
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    toast(text("failed") + (page.querySelector("[role=alert]")?.textContent ?? answer.statusText));
  } catch {
    toast(text("offline"));
  }
  return null;
}

// fragment fetches a piece of a page that the server has rendered.
export async function fragment(url, selector) {
  const answer = await fetch(url);
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const root = selector ? page.querySelector(selector) : page.body;
  return [...(root ?? page.body).childNodes].map((n) => document.adoptNode(n));
}

// wait calls f when calls have stopped coming for ms.
export function wait(ms, f) {
  let timer;
  return (...args) => {
    clearTimeout(timer);
    timer = setTimeout(() => f(...args), ms);
  };
}
