package app

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/i18n"
	"parvis/internal/org"
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
	for i := range h.Organisations {
		if _, err := h.Directory.PutOrganisation(ctx, "", h.organisation(&h.Organisations[i])); err != nil {
			return fmt.Errorf("organisation %s: %w", h.Organisations[i].ID, err)
		}
	}
	for _, open := range []func() (fs.File, error){h.Places, h.Services} {
		if err := h.load(ctx, open); err != nil {
			return err
		}
	}
	return h.Store.Write(ctx, func(tx *db.Tx) error { return tx.Set(settingLoaded, "true") })
}

func (h *House) load(ctx context.Context, open func() (fs.File, error)) error {
	file, err := open()
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer file.Close()
	report, err := h.Directory.Import(ctx, file, directory.Feed{Source: h.ID})
	if err != nil {
		return err
	}
	if report.Rejected > 0 {
		f := report.Findings[0]
		return fmt.Errorf("%d rows are rejected; the first: line %d, %s %q: %s", report.Rejected, f.Line, f.Field, f.Value, f.Key)
	}
	return nil
}

// organisation is the pack's organisation as the directory knows it.
func (h *House) organisation(o *org.Organisation) directory.Organisation {
	d := directory.Organisation{ID: o.ID, Kind: o.Kind, Name: o.Name, About: o.About, Town: o.Town, Needs: o.Needs}
	if o.Phone != "" {
		d.Contact.Phones = []directory.Phone{{Number: o.Phone}}
	}
	if o.Mail != "" {
		d.Contact.Mails = []string{o.Mail}
	}
	if o.Site != "" {
		d.Contact.Sites = []string{o.Site}
	}
	d.Source = directory.Source{Name: o.Source, ID: o.ID}
	if d.About == nil {
		d.About = i18n.Text{}
	}
	return d
}
