// The pages of the public form take each other's place in the browser's history, so that one entry is left of them
// all. Every page works without this file, with an entry for each.

for (const form of document.querySelectorAll("form[data-one-place]")) {
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    let answer = null;
    try {
      answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    } catch {
      answer = null;
    }
    // Whatever is not a way onward is shown as the browser itself would show it.
    if (answer?.redirected) location.replace(answer.url);
    else form.submit();
  });
}
for (const link of document.querySelectorAll("main a[href], a.govuk-back-link")) {
  const place = new URL(link.href);
  if (place.origin !== location.origin || place.pathname === location.pathname) continue;
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    location.replace(link.href);
  });
}
