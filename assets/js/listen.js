// Reads the page aloud where the browser has a voice of the page's language; else the button stays hidden.
const button = document.querySelector("[data-listen]"), speech = window.speechSynthesis;
const lang = document.documentElement.lang;
const voice = () => speech?.getVoices().find((v) => v.lang.toLowerCase().replace("_", "-").split("-")[0] === lang.split("-")[0]);

// parts are the texts of main that are meant to be heard, in order, each short enough for every engine.
const parts = () => [...document.querySelectorAll("#main :is(h1,h2,h3,p,li,dt,dd,th,td,summary)")]
  .filter((e) => e.offsetParent && !e.closest("nav,form,[data-silent]") && !e.querySelector("p,li,dd,td,h3"))
  .map((e) => e.innerText.trim()).filter(Boolean);

if (button && speech) {
  const label = button.querySelector("span"), start = label.textContent;
  const show = () => { button.hidden = !voice(); };
  const stop = () => { speech.cancel(); label.textContent = start; button.setAttribute("aria-pressed", "false"); };
  show();
  speech.addEventListener?.("voiceschanged", show);
  addEventListener("pagehide", () => speech.cancel());
  button.addEventListener("click", () => {
    if (speech.speaking) return stop();
    button.setAttribute("aria-pressed", "true");
    label.textContent = button.dataset.stop;
    const all = parts();
    all.forEach((text, i) => {
      const say = new SpeechSynthesisUtterance(text);
      say.lang = lang; say.voice = voice(); say.rate = 0.95;
      if (i === all.length - 1) say.onend = stop;
      speech.speak(say);
    });
  });
}
