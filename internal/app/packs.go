package app

import (
	"fmt"
	"os"
	"path/filepath"

	"parvis/internal/org"
)

// ownPacks reads the packs of the data folder: each folder that holds a pack. One that cannot be read is a failure of
// that territory alone.
func (o *Options) ownPacks() ([]*org.Pack, []Failure, error) {
	entries, err := os.ReadDir(o.Config.Data)
	if err != nil {
		return nil, nil, fmt.Errorf("read the data folder: %w; `parvis init` makes a territory in it", err)
	}
	var packs []*org.Pack
	var failed []Failure
	for _, entry := range entries {
		folder := filepath.Join(o.Config.Data, entry.Name(), packFolder)
		if _, err := os.Stat(filepath.Join(folder, org.TerritoryFile)); err != nil {
			continue
		}
		pack, err := org.LoadPack(os.DirFS(folder))
		if err == nil && pack.ID != entry.Name() {
			err = fmt.Errorf("the pack in %s says that its id is %s: give both one name", entry.Name(), pack.ID)
		}
		if err != nil {
			failed = append(failed, Failure{entry.Name(), err})
			continue
		}
		packs = append(packs, pack)
	}
	if len(packs)+len(failed) == 0 {
		return nil, nil, fmt.Errorf("there is no territory in %s: `parvis init` makes one", o.Config.Data)
	}
	return packs, failed, nil
}
