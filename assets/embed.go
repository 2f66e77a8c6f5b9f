// Package assets is what the browser gets: the style sheet, small scripts, pictograms and the map's bundle, embedded in
// the program. It is data; internal/web/ui names each file by its content and internal/web serves it.
//
// The pictograms in icons/ come from lucide-static 1.62.0; their licence lies beside them.
package assets

import "embed"

// Files holds the folders css, js, icons and map/dist as they lie beside this file.
//
//go:embed css/*.css js/*.js icons/*.svg map/dist
var Files embed.FS
