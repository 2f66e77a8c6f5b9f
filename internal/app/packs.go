package app

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"parvis/internal/org"
)

// What a territory's folder is called while it is not whole yet: its id, and then
const (
	making    = ".making"
	restoring = ".restoring"
)

// noReal keeps a demo out of a data folder that holds a territory with a pack of its own: a demo has none.
func (o *Options) noReal() error {
	if !o.Demo {
		return nil
	}
	entries, err := os.ReadDir(o.Config.Data)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, entry := range entries {
		if is, _ := there(filepath.Join(o.Config.Data, entry.Name(), packFolder, org.TerritoryFile)); is {
			return fmt.Errorf("%s holds a real territory, %s; a demo never opens one: give it a folder of its own, --data demo", o.Config.Data, entry.Name())
		}
	}
	return err
}

// ownPacks reads the packs of the data folder: each folder that holds a pack. One that cannot be read is a failure of
// that territory alone.
func (o *Options) ownPacks() ([]*org.Pack, []Failure, error) {
	entries, err := os.ReadDir(o.Config.Data)
	if err != nil {
		if errors.Is(err, fs.ErrNotExist) {
			return nil, nil, fmt.Errorf("there is no data folder %s: `parvis init` makes a territory and the folder; --data or the setting data names another", o.Config.Data)
		}
		return nil, nil, fmt.Errorf("read the data folder: %w", err)
	}
	var packs []*org.Pack
	var failed []Failure
	for _, entry := range entries {
		if ext := filepath.Ext(entry.Name()); ext == making || ext == restoring {
			continue // half made: what made it was interrupted, and begins anew
		}
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
