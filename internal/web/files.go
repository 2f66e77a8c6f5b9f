package web

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"parvis/internal/web/ui"
)

var themes sync.Map // hue to its sheet

// themeOf is the house's style sheet in a territory's hue: one file, so that a page waits for one. Its address changes with
// its content.
func themeOf(hue int) *ui.Asset {
	if sheet, ok := themes.Load(hue); ok {
		return sheet.(*ui.Asset)
	}
	house := ui.FindAsset(ui.AssetPath("css/parvis.css")).Body
	sheet := ui.NewAsset("/theme", ".css", append(fmt.Appendf(nil, ":root{--hue:%d}", hue), house...))
	themes.Store(hue, sheet)
	return sheet
}

// file gives the file for the browser at an address of this site; nil when there is none.
func (h *handler) file(path string) *ui.Asset {
	switch {
	case strings.HasPrefix(path, "/assets/"):
		return ui.FindAsset(path)
	case strings.HasPrefix(path, "/theme-"):
		if sheet := themeOf(h.site.Territory.Hue); sheet.Path == path {
			return sheet
		}
	case h.site.Demo && path == ui.GallerySheet().Path:
		return ui.GallerySheet()
	}
	return nil
}

// pageOnly are headers that say something about a page. A style sheet or a script is part of one: there they would only
// weigh, on a phone as much as the file itself.
var pageOnly = []string{"Permissions-Policy", "Cross-Origin-Opener-Policy", "X-Frame-Options", "Referrer-Policy"}

// filePolicy keeps a picture that is opened by itself from running anything.
var filePolicy = []string{"default-src 'none'"}

// worker is how the address of the map's worker begins. A worker obeys the policy that comes with its own file: this one
// fetches the map's tiles and places.
const worker = "/assets/worker-"

// workerPolicy lets the map's worker fetch from here, and from where the installation's tiles are.
func workerPolicy(sources []string) []string {
	return []string{strings.Join(append([]string{"default-src 'none'; script-src 'self'; connect-src 'self'"}, sources...), " ")}
}

// serveFile sends a file whose address changes with its content, to be kept for ever. Sources are those of the map.
func serveFile(w http.ResponseWriter, r *http.Request, file *ui.Asset, sources []string) (status int, sent int64) {
	header := w.Header()
	header.Set("Content-Type", file.Type)
	header["Cache-Control"] = immutable
	header.Set("Vary", "Accept-Encoding")
	for _, name := range pageOnly {
		delete(header, name)
	}
	header["Content-Security-Policy"] = filePolicy
	if strings.HasPrefix(file.Path, worker) {
		header["Content-Security-Policy"] = workerPolicy(sources)
	}
	body := file.Body
	if packed := file.Gzip(); packed != nil && accepts(r) {
		body = packed
		header["Content-Encoding"] = gzipped
	}
	header.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return http.StatusOK, 0
	}
	n, _ := w.Write(body)
	return http.StatusOK, int64(n)
}
