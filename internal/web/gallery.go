package web

import (
	"net/http"

	"parvis/internal/authz"
	"parvis/internal/web/ui"
)

// galleryRoute shows every component with its examples; a demo has it.
func galleryRoute() Route {
	return Route{Method: http.MethodGet, Path: "/_ui", Can: authz.ReadPublic, Serve: func(w http.ResponseWriter, r *Request) error {
		return r.Render(w, ui.NewGallery(r.Words))
	}}
}
