// Command generate writes the demo places, services and organisations of the five packs from the recipes beside it:
//
//	go run ./packs/generate
//
// Nothing that it writes is real: proper names are flowers, trees, birds and colours, phone numbers are of ranges that
// nobody has, mail addresses end in .example, and every record's source is "demo". The same recipes always give the same
// files; a test proves that the committed ones are these.
package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"parvis/packs"
)

func main() {
	folder := flag.String("packs", "packs", "folder of the packs")
	flag.Parse()
	for _, id := range packs.IDs() {
		files, err := generate(id)
		if err == nil {
			err = write(filepath.Join(*folder, id), files)
		}
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", id, err)
			os.Exit(1)
		}
	}
}

// generate makes the files of one pack, by name.
func generate(id string) (map[string][]byte, error) {
	r, err := readRecipe(id)
	if err != nil {
		return nil, err
	}
	dir, err := packs.Open(id)
	if err != nil {
		return nil, err
	}
	land, err := readLand(dir, r)
	if err != nil {
		return nil, err
	}
	m := &maker{recipe: r, land: land, taken: map[string]bool{}}
	if err := m.make(); err != nil {
		return nil, err
	}
	return m.files()
}

func write(folder string, files map[string][]byte) error {
	names := make([]string, 0, len(files))
	for name := range files {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, files[name], 0o644); err != nil {
			return err
		}
		fmt.Printf("%s: %d bytes\n", path, len(files[name]))
	}
	return nil
}
