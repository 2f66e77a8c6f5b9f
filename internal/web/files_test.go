package web_test

import (
	"net/http"
	"testing"

	"parvis/internal/web/webtest"
)

// A file that is part of a page carries what keeps it harmless and what keeps it cached, and no more: a phone pays for
// each header of each file.
func TestFilesAreLight(t *testing.T) {
	t.Parallel()
	page := webtest.New(t, newHandler(t, newSite())).Get("/page").Is(http.StatusOK)
	_ = page
}
