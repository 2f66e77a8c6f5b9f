// Package packs carries the five demo territories inside the program. Each folder is a pack as docs/develop/packs.md
// describes it; README.md says what in them is fact and what is generated.
package packs

import (
	"embed"
	"io/fs"
)

// FS holds the packs, a folder each.
//
//go:embed auch hai-van jingan nord sector4
var FS embed.FS

// IDs names the packs in the order in which the demo presents them.
func IDs() []string { return []string{"hai-van", "nord", "sector4", "auch", "jingan"} }

// Open gives the folder of one pack; the error is fs.ErrNotExist for a name that is none of IDs.
func Open(id string) (fs.FS, error) {
	if _, err := fs.Stat(FS, id); err != nil {
		return nil, err
	}
	return fs.Sub(FS, id)
}
