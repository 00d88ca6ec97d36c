// A sheet goes on without a network. Every change is an entry of its own, written on what was seen (`base`), and lies in
// this browser until the server has it; photographs likewise. The server merges: what is sent twice is kept once, and
// where devices differ a person decides. Without this script the sheet is an ordinary form. No text stands here.

const SOON_MS = 800;
const LATEST_MS = 10000;
const LONGEST_MS = 60000;
const KEPT = "huilian-sheets";
const form = document.querySelector("form[data-sync]");
const show = (name, on) => { const e = form.querySelector(`[data-say=${name}]`); if (e) e.hidden = !on; };
const key = form.dataset.sheet;
const base = new Map(); // item → uid of the entry this page shows
let token = form.querySelector("[name=csrfmiddlewaretoken]").value;
let timer = null;
let again = SOON_MS; // a line that is said to be back often is not yet: tried again soon, then less often
let busy = false;

function store(mode, act) {
  return new Promise((done, failed) => {
    const opening = indexedDB.open("huilian-inspections", 1);
    opening.onupgradeneeded = () => opening.result.createObjectStore("kept", { keyPath: "uid" });
    opening.onerror = () => failed(opening.error);
    opening.onsuccess = () => {
      const work = opening.result.transaction("kept", mode);
      const request = act(work.objectStore("kept"));
      work.oncomplete = () => { opening.result.close(); done(request.result); };
      work.onerror = () => failed(work.error);
    };
  });
}

const mine = async () => (await store("readonly", (kept) => kept.getAll()))
  .filter((row) => row.sheet === key).sort((a, b) => a.order - b.order);
const uid = () => [...crypto.getRandomValues(new Uint8Array(16))].map((n) => n.toString(16).padStart(2, "0")).join("");
const device = localStorage.getItem("huilian-device") ?? uid().slice(0, 8);
try { localStorage.setItem("huilian-device", device); } catch { /* it is called anew next time */ }

const field = (item, name) => form.elements[`${name}-${item}`];
const marked = (item) => form.querySelector(`[name="mark-${item}"]:checked`)?.value ?? "";

function put(item, mark, text) {
  for (const radio of form.querySelectorAll(`[name="mark-${item}"]`)) radio.checked = radio.value === mark;
  field(item, "text").value = text;
}

let last = Promise.resolve(); // one write after the other, so that each stands on the one before

function write(item) {
  last = last.then(async () => {
    const entry = {
      uid: uid(), sheet: key, kind: "entry", order: Date.now() + performance.now() / 1e6, item: Number(item),
      base: base.get(item) ?? "", mark: marked(item), text: field(item, "text").value, device, at: new Date().toISOString(),
    };
    await store("readwrite", (kept) => kept.put(entry));
    base.set(item, entry.uid);
  }).catch(() => show("full", true));
  return last.then(count).then(() => plan(SOON_MS));
}

function take(input) {
  const item = input.dataset.item;
  const files = [...input.files];
  last = last.then(async () => {
    for (const file of files) {
      const row = { uid: uid(), sheet: key, kind: "photo", order: Date.now() + performance.now() / 1e6, item: Number(item), file, name: file.name };
      await store("readwrite", (kept) => kept.put(row));
    }
    input.value = "";
  }).catch(() => show("full", true));
  return last.then(count).then(() => plan(SOON_MS));
}

async function count() {
  const rows = await mine();
  form.querySelector("[data-waiting]").textContent = rows.length;
  show("waiting", rows.length > 0);
  for (const out of form.querySelectorAll("[data-photos]")) {
    const here = rows.filter((row) => row.kind === "photo" && row.item === Number(out.dataset.photos)).length;
    out.textContent = here ? `+${here}` : "";
  }
  for (const button of form.querySelectorAll("[data-needs-line]")) button.disabled = rows.length > 0;
}

function plan(ms) {
  clearTimeout(timer);
  timer = setTimeout(sync, ms);
}

const send = (address, options = {}) => fetch(address, {
  ...options, headers: { "X-Sent-By": "script", "X-CSRFToken": token, ...options.headers }, signal: AbortSignal.timeout(LONGEST_MS),
});

// The answer of the house, or null where it is none (signed out, authority over); a refusal is shown as it stands.
async function read(answer) {
  if (answer.status >= 500) throw new Error(answer.statusText);
  const plain = !answer.redirected && answer.headers.get("Content-Type")?.startsWith("application/json");
  const said = plain ? await answer.json() : null;
  show("signed-out", !said);
  const refused = form.querySelector("[data-say=refused]");
  refused.textContent = said?.refused ?? "";
  refused.hidden = !said?.refused;
  return said && !said.refused ? said : null;
}

// What counts on the server is shown wherever this device has nothing of its own waiting.
function shown(state, rows) {
  token = state.token;
  const own = new Set(rows.filter((row) => row.kind === "entry").map((row) => row.item));
  const active = document.activeElement?.name ?? "";
  for (const entry of state.entries) {
    const item = String(entry.item);
    if (own.has(entry.item) || active === `text-${item}` || !field(item, "text")) continue;
    base.set(item, entry.uid);
    put(item, entry.mark, entry.text);
  }
  for (const item of form.querySelectorAll("[data-item-box]")) {
    const id = Number(item.dataset.itemBox);
    item.querySelector("[data-differs]").hidden = !state.differ.includes(id);
    item.querySelector("[data-there]").textContent = state.photos.filter((p) => p.item === id).length || "";
  }
  show("differ", state.differ.length > 0);
  if (state.closed) location.reload();
}

async function sync() {
  if (busy) return plan(again);
  busy = true;
  try {
    let rows = await mine();
    let state = await read(await send(form.dataset.sync));
    if (!state) return;
    token = state.token;
    const entries = rows.filter((row) => row.kind === "entry");
    if (entries.length) {
      const body = JSON.stringify({ changes: entries.map(({ uid, item, base, mark, text, device, at }) => ({ uid, item, base, mark, text, device, at })) });
      state = await read(await send(form.dataset.sync, { method: "POST", body, headers: { "Content-Type": "application/json" } }));
      if (!state) return;
      for (const row of entries) await store("readwrite", (kept) => kept.delete(row.uid));
    }
    for (const row of rows.filter((row) => row.kind === "photo")) {
      const body = new FormData();
      body.append("uid", row.uid);
      body.append("item", row.item);
      body.append("file", row.file, row.name);
      if (!await read(await send(form.dataset.photo, { method: "POST", body }))) return;
      await store("readwrite", (kept) => kept.delete(row.uid));
      state.photos.push({ item: row.item, uid: row.uid });
    }
    show("offline", false);
    again = SOON_MS;
    rows = await mine();
    shown(state, rows);
    await count();
    if (rows.length) plan(SOON_MS);
  } catch {
    show("offline", true);
    plan(again);
    again = Math.min(again * 2, LATEST_MS);
  } finally {
    busy = false;
  }
}

// What was written here and has not arrived stands in the form again.
async function restore() {
  for (const box of form.querySelectorAll("[data-item-box]")) base.set(box.dataset.itemBox, field(box.dataset.itemBox, "base").value);
  for (const row of await mine()) {
    if (row.kind !== "entry") continue;
    put(row.item, row.mark, row.text);
    base.set(String(row.item), row.uid);
  }
  await count();
}

// Keep the page and what it is drawn with, so that it opens without a network.
async function keep() {
  if (!("serviceWorker" in navigator)) return show("no-copy", true);
  await navigator.serviceWorker.register(form.dataset.worker);
  const kept = await caches.open(KEPT);
  const parts = performance.getEntriesByType("resource").map((entry) => entry.name)
    .filter((name) => name.startsWith(`${location.origin}/`) && /\.(css|js|svg|woff2?)(\?|$)|icons/.test(name));
  const asked = { headers: { "X-Sent-By": "script" } };
  await kept.put(location.href.split("#")[0], await fetch(location.href, asked));
  await Promise.all([...new Set(parts)].map((name) => kept.add(name).catch(() => null)));
  show("copy", true);
}

form.addEventListener("change", (event) => {
  const { type, name, dataset } = event.target;
  if (type === "file") take(event.target);
  else if (dataset.item ?? name) write((dataset.item ?? name).replace(/^\w+-/, ""));
});
form.addEventListener("submit", (event) => {
  if (event.submitter?.hasAttribute("formaction")) return;
  event.preventDefault();
  plan(0);
});
addEventListener("online", () => { again = SOON_MS; plan(0); });
document.querySelector("[data-forget]")?.addEventListener("click", async () => {
  await caches.delete(KEPT);
  show("copy", false);
});

if (form.dataset.closed) caches?.delete(KEPT);
else restore().then(sync).then(() => navigator.onLine && keep()).catch(() => show("no-copy", true));
