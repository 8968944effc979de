// The start page's figures and lists, brought up to date without loading it.
import { $, $$ } from "./base.js";

// refresh shows the store as it now is. Where it is still being counted, it
// looks again a little later, and ever later.
export async function refresh(pause = 300) {
  const page = new DOMParser().parseFromString(await (await fetch("/")).text(), "text/html");
  for (const part of $$("[data-fresh]")) {
    const fresh = $(`[data-fresh="${part.dataset.fresh}"]`, page);
    if (fresh) part.replaceWith(document.adoptNode(fresh));
  }
  if ($("[data-stale]")) setTimeout(refresh, pause, Math.min(10_000, pause * 1.5));
}
