// The moving map. It is loaded when a person asks for it; before that, and on paper, the server draws the map.
// The page says everything by data attributes of the element: data-centre "lat,lon", data-zoom, data-places (address of the
// GeoJSON of the list beside it), data-tiles (address pattern of our own vector tiles), data-base (a PMTiles file or a raster
// tile pattern, may be absent), data-base-credit, data-worker (address of the map's worker), and the words it shows:
// data-label, data-state-yes, data-state-no, data-state-unknown, data-zoom-in, data-zoom-out, data-close.
// By keyboard: the arrows move, + and - zoom, Enter opens what lies in the middle, Escape closes it.
import * as maplibregl from "maplibre-gl";
import { Protocol } from "pmtiles";

// Only our own worker may start: with Trusted Types on, the browser asks this policy first.
function allow(worker) {
  if (globalThis.trustedTypes && !trustedTypes.defaultPolicy) {
    trustedTypes.createPolicy("default", {
      createScriptURL: (url) => {
        if (String(url) === worker || String(url).startsWith("blob:" + location.origin)) return url;
        throw new TypeError("a script from elsewhere");
      },
    });
  }
  maplibregl.setWorkerUrl(worker);
}

const token = (name, fallback) => getComputedStyle(document.documentElement).getPropertyValue(name).trim() || fallback;

// The page's colours, as the map's engine can read them (it knows no oklch).
function colour(name, fallback) {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.fillStyle = fallback;
  pen.fillStyle = token(name, fallback);
  pen.fillRect(0, 0, 1, 1);
  const [r, g, b] = pen.getImageData(0, 0, 1, 1).data;
  return `rgb(${r},${g},${b})`;
}

// base is what is drawn under our own map: a PMTiles file, vector tiles or pictures; water and roads of the first two, by
// the names that Protomaps and OpenMapTiles give them.
function base(element) {
  const address = element.dataset.base, attribution = element.dataset.baseCredit;
  if (!address) return { sources: {}, layers: [] };
  const file = address.endsWith(".pmtiles");
  if (!file && !/\.(mvt|pbf)(\?|$)/.test(address)) {
    return {
      sources: { base: { type: "raster", tiles: [address], tileSize: 256, attribution } },
      layers: [{ id: "base", type: "raster", source: "base" }],
    };
  }
  if (file) maplibregl.addProtocol("pmtiles", new Protocol().tile);
  const line = colour("--line", "#d5dbdc"), water = colour("--wash", "#cfe3ee");
  const roads = (layer) => ({ id: "base-" + layer, type: "line", source: "base", "source-layer": layer, paint: { "line-color": line, "line-width": 1 } });
  return {
    sources: { base: { type: "vector", attribution, ...(file ? { url: "pmtiles://" + new URL(address, location.href).href } : { tiles: [address] }) } },
    layers: [
      { id: "base-water", type: "fill", source: "base", "source-layer": "water", filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": water } },
      roads("roads"), roads("transportation"),
    ],
  };
}

function style(element) {
  const below = base(element);
  const brand = colour("--brand", "#0b5c68"), line = colour("--line", "#c5cdd0");
  const paper = colour("--paper", "#fff"), ground = colour("--ground", "#faf9f5"), ink = colour("--ink-2", "#444");
  return {
    version: 8,
    sources: {
      ...below.sources,
      area: { type: "vector", tiles: [new URL(element.dataset.tiles, location.href).href.replaceAll("%7B", "{").replaceAll("%7D", "}")], maxzoom: 12 },
      places: { type: "geojson", data: element.dataset.places, cluster: true, clusterRadius: 44, clusterMaxZoom: 15 },
    },
    layers: [
      { id: "ground", type: "background", paint: { "background-color": ground } },
      ...below.layers,
      { id: "inside", type: "fill", source: "area", "source-layer": "outline", paint: { "fill-color": paper, "fill-opacity": below.layers.length ? 0.3 : 1 } },
      { id: "units", type: "line", source: "area", "source-layer": "units", paint: { "line-color": line, "line-width": 1 } },
      { id: "outline", type: "line", source: "area", "source-layer": "outline", paint: { "line-color": brand, "line-width": 2, "line-opacity": 0.6 } },
      { id: "unit-names", type: "symbol", source: "area", "source-layer": "names", minzoom: 9,
        layout: { "text-field": ["get", "name"], "text-size": 12, "text-font": ["Noto Sans"] },
        paint: { "text-color": ink, "text-halo-color": paper, "text-halo-width": 1.5 } },
      { id: "clusters", type: "circle", source: "places", filter: ["has", "point_count"],
        paint: { "circle-color": brand, "circle-radius": ["step", ["get", "point_count"], 15, 10, 19, 100, 25], "circle-stroke-color": paper, "circle-stroke-width": 2 } },
      { id: "cluster-counts", type: "symbol", source: "places", filter: ["has", "point_count"],
        layout: { "text-field": ["get", "point_count_abbreviated"], "text-size": 13, "text-font": ["Noto Sans"], "text-allow-overlap": true },
        paint: { "text-color": paper } },
      { id: "points", type: "circle", source: "places", filter: ["!", ["has", "point_count"]],
        paint: { "circle-color": brand, "circle-radius": 9, "circle-stroke-color": paper, "circle-stroke-width": 2.5 } },
    ],
  };
}

// The small card of a place: text only, never mark-up from data.
function card(element, place) {
  const box = document.createElement("div"), link = document.createElement("a"), state = document.createElement("p");
  link.href = "/places/" + encodeURIComponent(place.id);
  link.textContent = place.name;
  state.textContent = { yes: element.dataset.stateYes, no: element.dataset.stateNo }[place.open] ?? element.dataset.stateUnknown;
  box.append(link, state);
  return box;
}

// The names of the map's own buttons, in the page's language.
function words({ label, zoomIn, zoomOut, close }) {
  const own = { "Map.Title": label, "NavigationControl.ZoomIn": zoomIn, "NavigationControl.ZoomOut": zoomOut, "Popup.Close": close };
  return Object.fromEntries(Object.entries(own).filter(([, text]) => text));
}

// What a click or Enter does with a mark: a place tells what it is, several open into their parts.
function opener(map, element, quiet) {
  let popup;
  const one = ({ geometry, properties }) => {
    popup?.remove();
    const content = card(element, properties);
    popup = new maplibregl.Popup({ focusAfterOpen: true, maxWidth: "260px" }).setLngLat(geometry.coordinates).setDOMContent(content).addTo(map);
    content.addEventListener("keydown", (event) => {
      if (event.key !== "Escape") return;
      popup.remove();
      map.getCanvas().focus({ preventScroll: true });
    });
  };
  const several = async ({ geometry, properties }) => {
    const zoom = await map.getSource("places").getClusterExpansionZoom(properties.cluster_id);
    map.easeTo({ center: geometry.coordinates, zoom, animate: !quiet });
  };
  return (feature) => (feature.properties.cluster_id === undefined ? one(feature) : several(feature));
}

// The mark nearest to the middle of the map, where there is one within reach.
function middle(map, reach = 40) {
  const { clientWidth: width, clientHeight: height } = map.getCanvas();
  const [x, y] = [width / 2, height / 2];
  const away = ({ geometry }) => {
    const at = map.project(geometry.coordinates);
    return Math.hypot(at.x - x, at.y - y);
  };
  return map.queryRenderedFeatures([[x - reach, y - reach], [x + reach, y + reach]], { layers: ["points", "clusters"] })
    .sort((a, b) => away(a) - away(b))[0];
}

/** Draws the moving map into element; resolves when its first picture is complete. */
export function show(element) {
  allow(new URL(element.dataset.worker, location.href).href);
  const [lat, lon] = element.dataset.centre.split(",").map(Number);
  const quiet = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const map = new maplibregl.Map({
    container: element, style: style(element), center: [lon, lat], zoom: Number(element.dataset.zoom || 10), locale: words(element.dataset),
    attributionControl: element.dataset.baseCredit ? { compact: false } : false, fadeDuration: quiet ? 0 : 200, cooperativeGestures: false,
  });
  map.getCanvas().setAttribute("aria-label", element.dataset.label || "");
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  const open = opener(map, element, quiet);
  map.getCanvas().addEventListener("keydown", (event) => {
    const mark = event.key === "Enter" && middle(map);
    if (mark) open(mark);
  });
  for (const layer of ["clusters", "points"]) {
    map.on("click", layer, (event) => open(event.features[0]));
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => map.setStyle(style(element)));
  return new Promise((resolve) => map.once("idle", () => { element.dataset.ready = "yes"; resolve(map); }));
}
