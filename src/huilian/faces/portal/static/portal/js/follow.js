// Number and code of a scanned picture stand after “#”, which the browser never sends. Put them into the form and
// take them out of the address, so that they stay in no history. Without a script they are typed.
const form = document.querySelector("[data-follow]");
const given = new URLSearchParams(location.hash.slice(1));
if (form && given.get("n") && given.get("c")) {
  form.elements.number.value = given.get("n");
  form.elements.code.value = given.get("c");
  history.replaceState(null, "", location.pathname);
  form.querySelector("button.primary, button").focus();
}
