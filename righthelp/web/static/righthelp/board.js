// Keeps a live part of a page (c-live) current: holds focus and open details, says what changed, says when it is stale.

const said = new Map();
const asSpoken = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hourCycle: "h12" });
const clockTime = (moment) => asSpoken.format(moment).replace(/\s/g, "");

const live = (event) => event.detail.elt?.closest?.("[data-live]");
const place = (kind, id) => document.querySelector(`[data-live-${kind}="${CSS.escape(id)}"]`);
const keys = (part) => new Set([...part.querySelectorAll("[data-live-item]")].map((item) => item.dataset.liveItem));
const remember = (part) => said.set(part.id, { keys: keys(part), summary: part.dataset.liveSummary, at: new Date() });

function stale(part, why) {
  const line = place("stale", part.id);
  if (!line) return;
  line.hidden = false;
  line.textContent = `Not current since ${clockTime(said.get(part.id).at)}: ${why}`;
}

function announce(part) {
  const before = said.get(part.id);
  const now = keys(part);
  const added = [...now].filter((key) => !before.keys.has(key)).length;
  const gone = [...before.keys].filter((key) => !now.has(key)).length;
  const words = [added && `${added} new`, gone && `${gone} gone`].filter(Boolean).join(", ");
  if (words || part.dataset.liveSummary !== before.summary) {
    place("says", part.id).textContent = [words, part.dataset.liveSummary].filter(Boolean).join(". ");
  }
  remember(part);
  current(part);
}

function current(part) {
  said.get(part.id).at = new Date();
  const line = place("stale", part.id);
  if (line) line.hidden = true;
}

for (const part of document.querySelectorAll("[data-live]")) remember(part);

// What a person opened, and the marks of scripts already started, are not in the server's answer and must stay.
window.Idiomorph.defaults.callbacks.beforeAttributeUpdated = (name, node) =>
  !(name === "open" && node.tagName === "DETAILS") && !/^data-(govuk|moj)-.*-init$/.test(name);

document.addEventListener("htmx:beforeRequest", (event) => {
  if (live(event) && document.hidden) event.preventDefault();
});

document.addEventListener("htmx:beforeSwap", (event) => {
  const part = live(event);
  if (!part || event.detail.xhr.status >= 400) return;
  if (event.detail.xhr.status === 204) return current(part); // nothing is different
  const answer = new DOMParser().parseFromString(event.detail.serverResponse, "text/html");
  if (answer.getElementById(part.id)) return;
  // The answer is another page, as a rule the sign-in page: the list must not vanish because of it.
  event.detail.shouldSwap = false;
  stale(part, "you have been signed out. Sign in again to go on.");
});

document.addEventListener("htmx:afterSwap", (event) => {
  const part = document.getElementById(event.detail.target?.id ?? "");
  if (part?.matches("[data-live]")) announce(part);
});

document.addEventListener("htmx:responseError", (event) => {
  const part = live(event);
  if (!part) return;
  const out = [401, 403].includes(event.detail.xhr.status);
  stale(part, out ? "you may no longer see it, or have been signed out." : "the service did not answer as it should. It is tried again.");
});

for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, (event) => {
    const part = live(event);
    if (part) stale(part, "there is no connection. It is tried again.");
  });
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) return;
  for (const part of document.querySelectorAll("[data-live]")) window.htmx.trigger(part, "righthelp:refresh");
});
