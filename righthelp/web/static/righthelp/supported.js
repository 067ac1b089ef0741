// Runs before the page is drawn, so that what scripts will open and close does not first flash open.
document.body.classList.add("js-enabled");
if ("noModule" in HTMLScriptElement.prototype) document.body.classList.add("govuk-frontend-supported");
