// Starts the moving map when a person asks for it: some 300 kB that nobody loads who does not want them. Until then, and
// where it cannot start, the drawn map says the same.
const start = document.querySelector("[data-moving]"), map = document.querySelector("[data-map]");
const drawn = document.querySelector("[data-map-drawn]"), said = document.querySelector("[data-map-said]");

if (start && map) {
  start.hidden = false;
  start.addEventListener("click", async () => {
    start.disabled = true;
    map.hidden = false;
    try {
      const { show } = await import(map.dataset.script);
      await show(map);
      drawn.hidden = true;
      start.hidden = true;
      said.textContent = "";
      map.querySelector("canvas")?.focus();
    } catch (trouble) {
      console.error(trouble);
      map.hidden = true;
      start.hidden = true;
      said.textContent = said.dataset.failed;
    }
  });
}
