// Progressive enhancement of the desk: choosing rows, the search key, focus after a swap, messages that leave.
// Without it every form and link works as plain HTML. No text stands here.

const KEEP_MS = 8000;

function countPicked(form) {
  const boxes = [...form.querySelectorAll('input[name="ids"]')];
  const picked = boxes.filter((box) => box.checked).length;
  const bar = form.querySelector(".batch");
  if (bar) bar.dataset.n = picked;
  for (const place of form.querySelectorAll("[data-picked]")) place.textContent = picked;
  const all = form.querySelector("[data-all]");
  if (all) {
    all.checked = picked > 0 && picked === boxes.length;
    all.indeterminate = picked > 0 && picked < boxes.length;
  }
}

document.addEventListener("change", (event) => {
  const form = event.target.closest("[data-batch]");
  if (!form) return;
  if (event.target.matches("[data-all]"))
    for (const box of form.querySelectorAll('input[name="ids"]')) box.checked = event.target.checked;
  countPicked(form);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape")
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  const search = document.querySelector("[data-slash]");
  if (search) {
    event.preventDefault();
    search.focus();
    search.select();
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]"))
    if (!menu.contains(event.target)) menu.open = false;
});

// A message leaves after eight seconds, unless somebody is reading it.
function letGo(toast) {
  let timer;
  const arm = () => { timer = setTimeout(() => toast.remove(), KEEP_MS); };
  const hold = () => clearTimeout(timer);
  for (const name of ["mouseenter", "focusin"]) toast.addEventListener(name, hold);
  for (const name of ["mouseleave", "focusout"]) toast.addEventListener(name, arm);
  arm();
}
function messages(root) {
  for (const toast of root.querySelectorAll('[data-toast=""]')) {
    toast.dataset.toast = "armed";
    letGo(toast);
  }
}

function settle(root) {
  for (const form of document.querySelectorAll("[data-batch]")) countPicked(form);
  messages(document);
  root.querySelector?.("[data-errors]")?.focus();
}

// htmx puts the focus back on an element of the same id; where that is gone, it goes to what was swapped in.
document.addEventListener("htmx:afterSettle", (event) => {
  const target = event.detail.target;
  if (document.activeElement === document.body && target.id && target.id !== "toasts") {
    target.setAttribute("tabindex", "-1");
    target.focus({ preventScroll: true });
  }
  settle(target);
});
settle(document);
