// Asks where the person is, only when they press the button, and only to fill in this one form. The position goes into
// the form's address as rounded coordinates (about a hundred metres) and is kept nowhere.
for (const button of document.querySelectorAll("[data-locate]")) {
  if (!("geolocation" in navigator)) break;
  const form = button.closest("form"), near = form.elements.near, said = form.querySelector("[data-locate-said]");
  const put = (name, value) => {
    let field = form.elements[name];
    if (!field) { field = document.createElement("input"); field.type = "hidden"; field.name = name; form.append(field); }
    field.value = value;
  };
  button.hidden = false;
  button.addEventListener("click", () => {
    said.textContent = said.dataset.asking;
    navigator.geolocation.getCurrentPosition((at) => {
      put("lat", at.coords.latitude.toFixed(3));
      put("lon", at.coords.longitude.toFixed(3));
      if (near) near.value = "";
      said.textContent = said.dataset.here;
      form.requestSubmit();
    }, () => { said.textContent = said.dataset.failed; near?.focus(); }, { timeout: 10000, maximumAge: 60000 });
  });
  near?.addEventListener("input", () => { for (const n of ["lat", "lon"]) form.elements[n]?.remove(); });
}
