// The entry page by keyboard: Enter goes on, accounts are completed, sums worked out, the missing amount put in.
// The server does all of this again when the voucher is kept; without this file the page works with Tab alone.

const form = document.querySelector("[data-entry]");
const body = form.querySelector("[data-lines]");
const accounts = [...document.querySelectorAll("#accounts option")].map((option) => {
  const [digits, letters] = option.label.split(" ");
  return { value: option.value, digits, letters: letters || "" };
});

// Accounts: by code, by the first letters of the pinyin, by a part of the name. The best of what fits.
function complete(input) {
  const typed = input.value.trim();
  if (!typed || accounts.some((a) => a.value === typed)) return;
  const flat = typed.toLowerCase().replace(/[\s-]/g, "");
  const tests = [
    (a) => a.digits === flat,
    (a) => a.letters === flat,
    (a) => a.digits.startsWith(flat),
    (a) => a.letters.startsWith(flat),
    (a) => a.value.toLowerCase().includes(typed.toLowerCase()),
  ];
  for (const fits of tests) {
    const found = accounts.filter(fits);
    if (found.length === 1) { input.value = found[0].value; return; }
    if (found.length) return; // several: the list stays open, the person chooses
  }
}

// Amounts in cents, or null. A text that begins with "=" is a sum of + - * / and brackets.
function cents(text) {
  const plain = text.normalize("NFKC").replace(/[\s,，¥￥]|\u5143$/g, "").replace(/×/g, "*").replace(/÷/g, "/");
  if (!plain) return 0;
  if (!plain.startsWith("=")) return /^[-+]?(\d+\.?\d{0,2}|\.\d{1,2})$/.test(plain) ? Math.round(Number(plain) * 100) : null;
  const tokens = plain.slice(1).match(/\d+\.?\d*|\.\d+|[-+*/()]/g) || [];
  if (tokens.join("") !== plain.slice(1)) return null;
  let at = 0;
  const factor = () => {
    const token = tokens[at++];
    if (token === "-") return -factor();
    if (token === "(") { const made = sum(); return tokens[at++] === ")" ? made : NaN; }
    return Number(token);
  };
  const product = () => {
    let made = factor();
    while (tokens[at] === "*" || tokens[at] === "/") made = tokens[at++] === "*" ? made * factor() : made / factor();
    return made;
  };
  const sum = () => {
    let made = product();
    while (tokens[at] === "+" || tokens[at] === "-") made = tokens[at++] === "+" ? made + product() : made - product();
    return made;
  };
  const made = sum();
  return at === tokens.length && Number.isFinite(made) ? Math.round(made * 100 + Number.EPSILON * 100) : null;
}

function money(amount) {
  return (amount / 100).toFixed(2);
}

function gap() {
  let made = 0;
  for (const row of body.rows) {
    made += cents(field(row, "debit").value) || 0;
    made -= cents(field(row, "credit").value) || 0;
  }
  return made;
}

function field(row, name) {
  return row.querySelector(`[name="${name}"]`);
}

// An empty amount beside an account shows what is missing; Enter takes it.
function offer(input) {
  const row = input.closest("tr");
  const other = field(row, input.name === "debit" ? "credit" : "debit");
  const missing = input.name === "debit" ? -gap() : gap();
  input.placeholder = !input.value && !other.value && missing > 0 && field(row, "account").value ? money(missing) : "";
}

function addRow() {
  const last = body.rows[body.rows.length - 1];
  const made = last.cloneNode(true);
  const n = body.rows.length;
  made.id = `f-line-${n}`;
  made.classList.remove("bad");
  for (const error of made.querySelectorAll(".error")) error.remove();
  for (const input of made.querySelectorAll("input")) {
    input.value = "";
    input.placeholder = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
    input.setAttribute("aria-label", input.getAttribute("aria-label").replace(/\d+/, n + 1));
  }
  body.append(made);
  return made;
}

function nextRow(row) {
  return row.nextElementSibling || addRow();
}

function goOn(input) {
  const row = input.closest("tr");
  let target = null;
  if (!row) {
    const fields = [...form.querySelectorAll("input:not([type=hidden]), select, button")].filter((f) => f.offsetParent);
    target = fields[fields.indexOf(input) + 1];
  } else if (input.name === "account") {
    target = input.value ? field(row, "debit") : form.querySelector('[value="save"]');
  } else if (input.name === "debit") {
    target = input.value ? field(nextRow(row), "account") : field(row, "credit");
  } else if (input.name === "credit") {
    target = input.value ? field(nextRow(row), "account") : field(row, "party");
  } else if (input.name === "party") {
    target = field(row, "line_summary");
  } else {
    target = field(nextRow(row), "account");
  }
  target?.focus();
  target?.select?.();
}

form.addEventListener("keydown", (event) => {
  const input = event.target;
  if (event.key !== "Enter" || event.isComposing || !input.matches("input, select")) return;
  if (event.ctrlKey) return form.querySelector('[value="save"]').click();
  event.preventDefault();
  if (input.name === "account") complete(input);
  if ((input.name === "debit" || input.name === "credit") && !input.value && input.placeholder) {
    input.value = input.placeholder;
    input.dispatchEvent(new Event("input", { bubbles: true }));
  }
  settle(input);
  goOn(input);
});

function settle(input) {
  if (input.name !== "debit" && input.name !== "credit") return;
  if (!input.value.trim().startsWith("=")) return;
  const made = cents(input.value);
  if (made !== null) input.value = money(made);
}

form.addEventListener("focusin", (event) => {
  if (event.target.matches('[name="debit"], [name="credit"]')) offer(event.target);
});
form.addEventListener("focusout", (event) => {
  if (event.target.name === "account") complete(event.target);
  settle(event.target);
});
