// Nothing that was typed or chosen is lost while the line is cut, and nothing arrives twice: what is typed stays in this
// browser until the server has it, a step is sent again when the line is back, and the server knows a step by its keys.
// Without this script every step is an ordinary form. No text stands here.

const AGAIN_MS = 5000;
const LONGEST_MS = 120000; // a photograph over a bad line
const form = document.querySelector("form[data-send]");
const keep = form?.dataset.keep; // empty on a screen that others use after

const fields = () =>
  [...form.elements].filter((e) => e.name && e.matches("input, textarea") &&
    !["hidden", "file", "submit"].includes(e.type) && !("private" in e.dataset));

// Files lie in the browser's database, the rest in its store: neither leaves the device.
function files(mode, act) {
  return new Promise((done) => {
    const opening = indexedDB.open("huilian", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("files");
    opening.onerror = () => done();
    opening.onsuccess = () => {
      const request = act(opening.result.transaction("files", mode).objectStore("files"));
      request.onsuccess = () => done(request.result);
      request.onerror = () => done();
    };
  });
}

function remember() {
  if (!keep) return;
  const values = fields().filter((e) => !["radio", "checkbox"].includes(e.type) || e.checked).map((e) => [e.name, e.value]);
  try {
    localStorage.setItem(keep, JSON.stringify({ after: form.dataset.kept, values }));
  } catch { /* no room or not allowed: the last step is on the server all the same */ }
}

function rememberFiles(input) {
  if (keep) files("readwrite", (store) => store.put({ after: form.dataset.kept, files: [...input.files] }, `${keep} ${input.name}`));
}

async function forget() {
  if (!keep) return;
  localStorage.removeItem(keep);
  await Promise.all([...form.querySelectorAll("[type=file]")].map((input) =>
    files("readwrite", (store) => store.delete(`${keep} ${input.name}`))));
}

// Put back what was typed after the server's last copy; what is older than that copy is thrown away.
async function restore() {
  let kept = null;
  try { kept = JSON.parse(localStorage.getItem(keep)); } catch { /* nothing to read */ }
  if (kept && kept.after === form.dataset.kept) {
    const values = new Map(kept.values);
    for (const e of fields()) {
      if (["radio", "checkbox"].includes(e.type)) e.checked = values.get(e.name) === e.value;
      else if (values.has(e.name)) e.value = values.get(e.name);
    }
  } else localStorage.removeItem(keep);
  for (const input of form.querySelectorAll("[type=file]")) {
    const name = `${keep} ${input.name}`;
    const stored = await files("readonly", (store) => store.get(name));
    if (!stored) continue;
    if (stored.after !== form.dataset.kept) { await files("readwrite", (store) => store.delete(name)); continue; }
    const given = new DataTransfer();
    for (const file of stored.files) given.items.add(file);
    input.files = given.files;
  }
}

// Said at once, before anything is sent: neither picture nor document, or too large.
function check(input) {
  const endings = input.accept.split(",");
  const bad = (file) => !endings.some((ending) => file.name.toLowerCase().endsWith(ending));
  const wrong = [...input.files].some(bad) ? "type"
    : [...input.files].some((file) => file.size > input.dataset.megabytes * 1048576) ? "size" : "";
  for (const note of input.closest(".slot").querySelectorAll("[data-wrong]")) note.hidden = note.dataset.wrong !== wrong;
  if (wrong) input.value = "";
}

let waiting = null; // the button that was pressed, until its step has arrived
let busy = false;

async function send() {
  if (busy || !waiting) return;
  busy = true;
  const line = form.querySelector("[data-offline]");
  const data = new FormData(form);
  if (waiting.name) data.append(waiting.name, waiting.value);
  try {
    const answer = await fetch(form.action, {
      method: "POST", body: data, headers: { "X-Sent-By": "script" }, signal: AbortSignal.timeout(LONGEST_MS),
    });
    if (answer.status >= 500) throw new Error(answer.statusText);
    line.hidden = true;
    if (answer.headers.get("Content-Type")?.startsWith("application/json")) {
      const { to } = await answer.json();
      waiting = null;
      await forget();
      location.assign(to);
    } else { // something is wrong with what was filled in: the ordinary way shows it at its field
      const { name, value } = waiting;
      if (name) form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
      form.submit();
    }
  } catch {
    line.hidden = false;
    remember();
    setTimeout(send, AGAIN_MS);
  }
  busy = false;
}

if (form) {
  form.addEventListener("input", remember);
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") { check(event.target); rememberFiles(event.target); }
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    waiting = event.submitter ?? {};
    send();
  });
  addEventListener("online", send);
  if (keep) restore();
}

const print = document.querySelector("[data-print]");
if (print) {
  print.hidden = false;
  print.addEventListener("click", () => window.print());
}
