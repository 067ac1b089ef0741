// Saves a form as it is written: <form data-autosave="URL">. The form also works, and can be saved, without this.
//
// It posts the fields of the form (not its files) to URL. The answer may be 204, or JSON {"fields": {name: value}}
// whose values go into hidden fields of the form, for instance the version last saved. 409 means that somebody else
// wrote here: {"compare": URL} may say where both versions are. Anything that leads to the sign-in page, 401 and 403
// mean that the session has ended.

const PAUSE = 1000;
const LONGEST_WAIT = 60000;
const KEPT_ALIVE_AT_MOST = 60000;

const asSpoken = new Intl.DateTimeFormat("en-GB", { hour: "numeric", minute: "2-digit", hourCycle: "h12" });
const clockTime = (moment) => asSpoken.format(moment).replace(/\s/g, "");

class Autosave {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosave;
    this.key = `righthelp:${form.dataset.autosaveOwner ?? ""}:${this.url}`;
    this.says = form.querySelector("[data-autosave-says]") ?? this.makeStatus();
    this.kept = this.words();
    this.failures = 0;
    this.stopped = false;
    this.leaving = false;
    form.addEventListener("input", () => this.later(PAUSE));
    form.addEventListener("change", () => this.later(PAUSE));
    form.addEventListener("focusout", () => this.save());
    form.addEventListener("submit", () => { this.leaving = true; clearTimeout(this.timer); });
    document.addEventListener("visibilitychange", () => document.hidden && this.save({ last: true }));
    window.addEventListener("pagehide", () => this.save({ last: true }));
    window.addEventListener("pageshow", () => { this.leaving = false; });
    window.addEventListener("online", () => this.save());
    window.addEventListener("beforeunload", (event) => this.warn(event));
    this.offerCopy();
  }

  makeStatus() {
    const line = document.createElement("p");
    line.className = "rh-saved";
    line.setAttribute("role", "status");
    this.form.append(line);
    return line;
  }

  // What a person has written: hidden fields are the service's own and no reason to save.
  words() {
    const hidden = new Set([...this.form.querySelectorAll('input[type="hidden"]')].map((field) => field.name));
    const body = this.body();
    for (const name of hidden) body.delete(name);
    return body.toString();
  }

  body() {
    const body = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) if (typeof value === "string") body.append(name, value);
    return body;
  }

  get unsaved() { return this.words() !== this.kept; }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  async save({ last = false } = {}) {
    if (this.stopped || this.leaving || !this.unsaved || (this.busy && !last)) return;
    clearTimeout(this.timer);
    const words = this.words();
    const body = this.body();
    this.busy = true;
    let answer = null;
    try {
      answer = await fetch(this.url, {
        method: "POST",
        body,
        redirect: "manual",
        credentials: "same-origin",
        keepalive: last && body.toString().length < KEPT_ALIVE_AT_MOST,
        headers: { Accept: "application/json", "X-Righthelp-Autosave": "yes" },
      });
    } catch {
      answer = null;
    }
    this.busy = false;
    await this.hear(answer, words);
  }

  async hear(answer, words) {
    if (answer?.ok) {
      this.kept = words;
      this.failures = 0;
      sessionStorage.removeItem(this.key);
      await this.fill(answer);
      this.say(`Saved at ${clockTime(new Date())}`);
      if (this.unsaved) this.later(PAUSE);
      return;
    }
    this.keepCopy();
    if (answer && (answer.type === "opaqueredirect" || answer.status === 401 || answer.status === 403)) {
      this.failures += 1;
      this.say("Not saved: you have been signed out. Your words are still on this page. Sign in again in another tab, then go on writing here");
      this.later(LONGEST_WAIT);
    } else if (answer?.status === 409) {
      this.stopped = true;
      const compare = (await this.json(answer)).compare;
      this.say("Not saved: somebody else has written here since you opened it. Nothing is lost. ", compare);
    } else {
      this.failures += 1;
      const why = answer ? "the service did not answer as it should" : "no connection";
      this.say(`Not saved: ${why}. Your words are still on this page and will be tried again`);
      this.later(Math.min(PAUSE * 2 ** this.failures, LONGEST_WAIT));
    }
  }

  async json(answer) {
    const isJson = answer.headers.get("Content-Type")?.includes("json");
    return isJson ? answer.json().catch(() => ({})) : {};
  }

  async fill(answer) {
    for (const [name, value] of Object.entries((await this.json(answer)).fields ?? {})) {
      const field = this.form.elements.namedItem(name);
      if (field?.type === "hidden") field.value = value;
    }
  }

  say(words, compare) {
    this.says.classList.toggle("rh-saved--not", words.startsWith("Not"));
    if (this.says.textContent === words) return;
    this.says.textContent = words;
    if (!compare) return;
    const link = document.createElement("a");
    link.className = "govuk-link";
    link.href = compare;
    link.textContent = "Compare both versions";
    this.says.append(link);
  }

  // Words that are on their way are as good as saved; a warning is for those that are known not to be.
  warn(event) {
    if (this.leaving || !this.unsaved) return;
    const tooLong = this.words().length >= KEPT_ALIVE_AT_MOST;
    if (this.failures || this.stopped || tooLong || !navigator.onLine) event.preventDefault();
  }

  // The browser keeps words about a child only while the service could not.
  keepCopy() {
    const copy = { at: new Date().toISOString(), words: this.words() };
    try { sessionStorage.setItem(this.key, JSON.stringify(copy)); } catch { /* The page itself still has them. */ }
  }

  offerCopy() {
    const copy = JSON.parse(sessionStorage.getItem(this.key) ?? "null");
    if (!copy) return;
    if (copy.words === this.words()) { sessionStorage.removeItem(this.key); return; }
    const box = document.createElement("div");
    box.className = "govuk-inset-text";
    box.setAttribute("role", "status");
    box.append(`Words you wrote at ${clockTime(new Date(copy.at))} could not be saved and were kept in this tab. `);
    box.append(this.choice("Put them back", box, () => this.putBack(copy.words)), " ");
    box.append(this.choice("Throw them away", box, () => {}));
    this.form.prepend(box);
    box.scrollIntoView({ block: "center" });
  }

  choice(label, box, act) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "govuk-button govuk-button--secondary rh-saved__choice";
    button.textContent = label;
    button.addEventListener("click", () => {
      act();
      sessionStorage.removeItem(this.key);
      box.remove();
      this.later(0);
    });
    return button;
  }

  putBack(words) {
    const copy = new URLSearchParams(words);
    const taken = new Map();
    for (const field of this.form.elements) {
      if (!field.name || ["hidden", "submit", "button", "file", "fieldset"].includes(field.type)) continue;
      const values = copy.getAll(field.name);
      if (field.type === "checkbox" || field.type === "radio") field.checked = values.includes(field.value);
      else if (field.type === "select-multiple") for (const option of field.options) option.selected = values.includes(option.value);
      else {
        const nth = taken.get(field.name) ?? 0;
        taken.set(field.name, nth + 1);
        if (nth < values.length) field.value = values[nth];
      }
    }
    // Answers that reveal further questions look at themselves anew when a page is shown.
    window.dispatchEvent(new Event("pageshow"));
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
