// Starts the scripts of the components on the page. Every page works without this file.

const own = document.querySelector("script[data-govuk-frontend]").dataset;

async function startGovuk() {
  // The addresses come from the page because file names change with their content.
  const { initAll } = await import(own.govukFrontend);
  initAll();
}

async function startMoj() {
  const { initAll, FilterToggleButton } = await import(own.mojFrontend);
  initAll();
  for (const filter of document.querySelectorAll('[data-module="moj-filter"]')) {
    const place = filter.closest(".moj-filter-layout").querySelector(".moj-action-bar__filter");
    // Beside its list, on a wide screen, it stands open: there is no button to open it with.
    new FilterToggleButton(filter, { startHidden: false, toggleButtonContainer: { element: place } });
  }
}

startGovuk();
startMoj();

// Questions beneath an answer. GOV.UK's own script marks radio buttons as expanded, which ARIA does not allow.
function reveal() {
  for (const answer of document.querySelectorAll("[data-reveals]")) {
    document.getElementById(answer.dataset.reveals)?.classList.toggle("rh-revealed--not", !answer.checked);
  }
  // A question that several answers reveal stands in its own place.
  for (const question of document.querySelectorAll("[data-asked-of]")) {
    const [name, ...answers] = question.dataset.askedOf.split(" ");
    const given = [...document.getElementsByName(name)].filter((one) => one.checked).map((one) => one.value);
    question.classList.toggle("rh-revealed--not", !given.some((value) => answers.includes(value)));
  }
}
document.addEventListener("change", reveal);
window.addEventListener("pageshow", reveal);
reveal();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

for (const form of document.querySelectorAll("form[data-sign-out]")) {
  form.addEventListener("submit", () => {
    // What could not be saved must not wait in the browser for the next person at this desk.
    for (const key of Object.keys(sessionStorage)) {
      if (key.startsWith("righthelp:")) sessionStorage.removeItem(key);
    }
  });
}

document.addEventListener("allauth.error", (event) => {
  const place = document.querySelector("[data-passkey-says]");
  if (!place) return;
  event.preventDefault();
  place.textContent = "The passkey was not used. Try again, or choose another way below.";
});
