package app

import (
	"context"
	"fmt"
	"strings"

	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/i18n"
)

// settingLoaded says that the pack's places have been brought into the directory.
const settingLoaded = "pack-loaded"

// firstLoad brings the pack's organisations, places and services into an empty directory, once. From then on the
// directory is kept by people; the pack's tables are read again only by `parvis import`.
func (h *House) firstLoad(ctx context.Context, words *i18n.Bundle) error {
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
		return explain(h.Pack, "en", err)
	}
	if all.Organisations.Rejected+all.Places.Rejected+all.Services.Rejected > 0 {
		lines := all.Wrong(words.Printer("en", h.Location(), h.Currency))
		return fmt.Errorf("its tables have rows that cannot go in (`parvis check` lists them): %s", strings.Join(lines[:min(3, len(lines))], "; "))
	}
	return h.Store.Write(ctx, func(tx *db.Tx) error { return tx.Set(settingLoaded, "true") })
}
