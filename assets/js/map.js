// Starts the moving map when a person asks for it: some 300 kB that nobody loads who does not want them. Until then, and
// where it cannot start, the drawn map says the same. What stands above the map does not move.
const start = document.querySelector("[data-moving]"), map = document.querySelector("[data-map]");
const drawn = document.querySelector("[data-map-drawn]"), said = document.querySelector("[data-map-said]");

const sheet = (address) => new Promise((done, failed) => {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = address;
  link.onload = done;
  link.onerror = failed;
  document.head.append(link);
});

const late = (seconds) => new Promise((_, failed) => setTimeout(() => failed(new Error("the map did not start in time")), seconds * 1000));

if (start && map) {
  start.hidden = false;
  said.textContent = said.dataset.note;
  start.addEventListener("click", async () => {
    start.disabled = true;
    said.textContent = said.dataset.wait;
    try {
      const [{ show }] = await Promise.all([import(map.dataset.script), sheet(map.dataset.sheet)]);
      drawn.hidden = true;
      map.hidden = false;
      await Promise.race([show(map), late(30)]);
      start.hidden = true;
      said.textContent = said.dataset.keys;
      map.querySelector("canvas")?.focus({ preventScroll: true });
    } catch (trouble) {
      console.warn(trouble);
      drawn.hidden = false;
      map.hidden = true;
      start.hidden = true;
      said.textContent = said.dataset.failed;
    }
  });
}
