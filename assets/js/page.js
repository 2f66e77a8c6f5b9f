// What every page may use: menus that close, printing, one's own position. The page works without it.
for (const menu of document.querySelectorAll("details[data-menu]")) {
  addEventListener("click", (e) => { if (!menu.contains(e.target)) menu.open = false; });
  menu.addEventListener("keydown", (e) => {
    if (e.key === "Escape" && menu.open) { menu.open = false; menu.querySelector("summary").focus(); }
  });
}
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
document.getElementById("errors")?.focus();

// What was left empty does not go into an address.
addEventListener("formdata", ({ target, formData }) => {
  if (target.method === "get") for (const [name, value] of [...formData]) if (value === "") formData.delete(name);
});

// Where the person is, only when they press the button, and only to fill in this one form: rounded to about a hundred
// metres, kept nowhere.
for (const button of document.querySelectorAll("[data-locate]")) {
  const form = button.form, near = button.parentElement.querySelector("input"), said = form.querySelector("[data-locate-said]");
  const put = (name, value) => {
    const field = form.elements[name] ?? form.appendChild(Object.assign(document.createElement("input"), { type: "hidden", name }));
    field.value = value;
  };
  button.hidden = !navigator.geolocation;
  button.addEventListener("click", () => {
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition(({ coords }) => {
      put("lat", coords.latitude.toFixed(3));
      put("lon", coords.longitude.toFixed(3));
      near.value = "";
      said.textContent = said.dataset.here;
      form.requestSubmit();
    }, () => {
      said.textContent = said.dataset.failed;
      near.focus();
    }, { timeout: 1e4, maximumAge: 6e4 });
  });
  near.addEventListener("input", () => {
    form.elements.lat?.remove();
    form.elements.lon?.remove();
  });
}
