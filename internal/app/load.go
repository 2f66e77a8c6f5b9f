package app

import (
	"context"
	"fmt"

	"parvis/internal/db"
	"parvis/internal/directory"
)

// settingLoaded says that the pack's places have been brought into the directory.
const settingLoaded = "pack-loaded"

// firstLoad brings the pack's organisations, places and services into an empty directory, once. From then on the
// directory is kept by people; the pack's tables are read again only by `parvis import`.
func (h *House) firstLoad(ctx context.Context) error {
	loaded := ""
	err := h.Store.Read(ctx, func(tx *db.Tx) (err error) {
		loaded, err = tx.Setting(settingLoaded)
		return err
	})
	if err != nil || loaded != "" {
		return err
	}
	all, err := h.Directory.ImportPack(ctx, h.Pack, directory.Feed{})
	if err != nil {
		return err
	}
	for _, report := range []*directory.Report{all.Organisations, all.Places, all.Services} {
		if report.Rejected > 0 {
			f := report.Findings[0]
			return fmt.Errorf("%d rows are rejected; the first: line %d, %s %q: %s", report.Rejected, f.Line, f.Field, f.Value, f.Key)
		}
	}
	return h.Store.Write(ctx, func(tx *db.Tx) error { return tx.Set(settingLoaded, "true") })
}
