// Progressive enhancement of the public pages: reading aloud, lower controls and the idle clock of a kiosk.
// Without it every page can be read and used. No text stands here.

const voice = window.speechSynthesis;
for (const button of document.querySelectorAll("[data-speak]")) {
  if (!voice) continue; // no voice on this device: the button stays hidden
  button.hidden = false;
  button.addEventListener("click", () => {
    if (voice.speaking) { voice.cancel(); return; }
    const words = new SpeechSynthesisUtterance(document.getElementById(button.dataset.speak).textContent);
    words.lang = document.documentElement.lang;
    words.rate = 0.9;
    voice.speak(words);
  });
}

const low = document.querySelector("[data-low]");
low?.addEventListener("click", () => {
  const on = document.documentElement.toggleAttribute("data-low");
  low.setAttribute("aria-pressed", on);
});

// A kiosk goes home when nobody touches it, and nothing of the last person is left in the page.
const kiosk = document.querySelector("[data-idle-home]");
if (kiosk) {
  let timer;
  const home = () => location.replace(kiosk.dataset.idleHome);
  const arm = () => { clearTimeout(timer); timer = setTimeout(home, kiosk.dataset.idleSeconds * 1000); };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, arm, { passive: true });
  document.querySelector("[data-home]")?.setAttribute("href", kiosk.dataset.idleHome);
  arm();
}

document.querySelector("[data-errors]")?.focus();
