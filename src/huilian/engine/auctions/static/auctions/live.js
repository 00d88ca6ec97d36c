// Keeps the live part of an auction up to date, from the last entry it has. Without it the page is loaded again by
// hand and everything works by forms. No text stands here.

const EVERY = { before: 5000, free: 1000, round: 1000, showing: 1000, over: 1000, suspended: 2000, waiting: 5000 };
const root = document.querySelector("[data-auction]");
const all = (what) => root.querySelectorAll(what);
const one = (what) => root.querySelector(what);
const sum = new Intl.NumberFormat("en", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
const hour = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Shanghai", timeStyle: "medium" });
const money = (cents) => sum.format(cents / 100);
const clock = (ms) => hour.format(ms);

const mine = Number(root.dataset.paddle), priority = Number(root.dataset.priority);
const start = Number(root.dataset.start), step = Number(root.dataset.step);
let phase = root.dataset.phase, serial = Number(root.dataset.serial), tag = "", timer;
let moments = { opens_at: +root.dataset.opens, free_until: +root.dataset.free, closes_at: +root.dataset.closes };
let ahead = +root.dataset.now - performance.now(); // the server's clock, as far as this page knows it
let asked = 0; // the moment whose passing has already been asked about

const until = () => moments[{ before: "opens_at", free: "free_until" }[phase] || "closes_at"];

function tick() {
  const left = until() - performance.now() - ahead;
  const seconds = Math.max(0, Math.ceil(left / 1000));
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  one("[data-left]").textContent = parts.slice(parts[0] ? 0 : 1).map((n) => String(n).padStart(2, "0")).join(":");
  if (left <= 0 && asked !== until() && phase in EVERY) {
    asked = until();
    poll();
  }
}

function show(what, on) {
  for (const each of all(what)) each.hidden = !on;
}

function write(entry) {
  const row = one(`template[data-kind="${entry.kind}"]`).content.cloneNode(true);
  row.querySelector("[data-serial]").textContent = entry.serial;
  row.querySelector("[data-paddle]").textContent = entry.paddle || "";
  row.querySelector("[data-sum]").textContent = entry.cents ? money(entry.cents) : "";
  row.querySelector("[data-at]").textContent = clock(entry.at);
  one("[data-empty]")?.remove();
  one("[data-entries]").prepend(row);
  serial = entry.serial;
}

function stand(best) {
  const least = !best ? start : priority && (!best.priority || priority < best.priority) ? best.cents : best.cents + step;
  one("[data-best]").textContent = money(best ? best.cents : start);
  one("[data-holder]").textContent = best ? best.paddle : "";
  show("[data-have]", best);
  show("[data-none]", !best);
  show("[data-lead]", best && best.paddle === mine);
  show("[data-behind]", best && best.paddle !== mine);
  show("[data-bid]", !best || best.paddle !== mine);
  if (!one("[data-bid]") || one("[data-ask]").open) return; // what is being asked about stays as it was asked
  one("[data-bid] [name=cents]").value = least;
  one("[data-next]").textContent = money(least);
  [...one("[data-steps]").options].forEach((option, i) => {
    option.value = least + i * step;
    option.textContent = money(least + i * step);
  });
}

function take(state) {
  ahead = state.now - performance.now();
  moments = state;
  for (const entry of state.entries) if (entry.serial === serial + 1) write(entry);
  if (phase === "round") one("[data-until]").textContent = clock(until());
  if (state.entries.length) stand(state.best);
  if (state.phase === phase) return;
  const reload = [phase, state.phase].some((p) => p === "suspended" || !(p in EVERY));
  phase = root.dataset.phase = state.phase;
  if (reload) location.reload(); // words that only the server has
  for (const each of all("[data-when]")) each.hidden = !each.dataset.when.split(" ").includes(phase);
  one("[data-until]").textContent = clock(until());
}

async function poll() {
  clearTimeout(timer);
  let wait = EVERY[phase];
  try {
    const answer = await fetch(`${root.dataset.auction}?after=${serial}`, { cache: "no-store", headers: tag ? { "If-None-Match": tag } : {} });
    if (answer.ok) {
      const state = await answer.json();
      tag = answer.headers.get("ETag");
      take(state);
      if (state.more) wait = 0;
    }
    show("[data-lost]", !answer.ok && answer.status !== 304);
  } catch {
    show("[data-lost]", true);
  }
  if (phase in EVERY) timer = setTimeout(poll, wait);
}

const ask = one("[data-ask]"), form = one("[data-bid]");
form?.addEventListener("submit", (event) => {
  if (!ask.showModal || form.sure) return;
  event.preventDefault();
  one("[data-ask-sum]").textContent = money(form.cents.value);
  ask.showModal();
});
one("[data-yes]").addEventListener("click", (event) => {
  event.target.disabled = true;
  form.append(Object.assign(document.createElement("input"), { type: "hidden", name: "sure", value: "1" }));
  form.submit();
});
one("[data-no]").addEventListener("click", () => ask.close());
ask.addEventListener("close", () => { tag = ""; serial && poll(); });

tick();
setInterval(tick, 250);
if (phase in EVERY) timer = setTimeout(poll, Math.random() * EVERY[phase]); // screens do not all ask at once
document.addEventListener("visibilitychange", () => document.hidden || poll());
