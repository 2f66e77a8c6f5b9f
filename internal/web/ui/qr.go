package ui

import (
	"fmt"
	"html/template"
	"strings"

	"github.com/boombuler/barcode/qr"
)

// QR is a code that a phone's camera reads, drawn as one path so that it prints sharp at any size.
type QR struct {
	Content string // an address, mostly
	Label   string // what it leads to, in words
}

// quiet is the white frame that readers need, in modules.
const quiet = 4

// HTML is the code's drawing; nothing where the content does not fit a code.
func (q QR) HTML() template.HTML {
	side, path, err := qrPath(q.Content)
	if err != nil {
		return ""
	}
	return render("qr", struct {
		QR
		Box, Path string
	}{q, fmt.Sprintf("0 0 %d %d", side, side), path})
}

// SVG is the code as a file of its own.
func (q QR) SVG() ([]byte, error) {
	side, path, err := qrPath(q.Content)
	if err != nil {
		return nil, err
	}
	return fmt.Appendf(nil, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" shape-rendering="crispEdges">`+
		`<path fill="#fff" d="M0 0h%dv%dH0z"/><path d="%s"/></svg>`+"\n", side, side, side, side, path), nil
}

// qrPath draws the dark modules, each run of a row as one stroke.
func qrPath(content string) (side int, path string, err error) {
	code, err := qr.Encode(content, qr.M, qr.Unicode)
	if err != nil {
		return 0, "", fmt.Errorf("make a QR code of %d bytes: %w", len(content), err)
	}
	size := code.Bounds().Dx()
	dark := func(x, y int) bool {
		r, _, _, _ := code.At(x, y).RGBA()
		return r < 0x8000
	}
	var b strings.Builder
	for y := range size {
		for x := 0; x < size; x++ {
			from := x
			for x < size && dark(x, y) {
				x++
			}
			if x > from {
				fmt.Fprintf(&b, "M%d %dh%dv1h-%dz", from+quiet, y+quiet, x-from, x-from)
			}
		}
	}
	return size + 2*quiet, b.String(), nil
}
