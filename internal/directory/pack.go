package directory

import (
	"context"
	"errors"
	"fmt"
	"io/fs"

	"parvis/internal/i18n"
	"parvis/internal/org"
)

// SettingOf is what the directory needs to know of a territory, from its pack.
func SettingOf(p *org.Pack) Setting {
	s := Setting{
		Zone: p.Location(), Country: p.Country, Languages: p.Languages, Towns: p.Gazetteer,
		Holidays: p.Calendar(p.Language()), Months: p.Freshness.Stale, Ask: p.Freshness.Ask, House: p.Name, Phone: p.Phone,
	}
	for _, u := range p.Units {
		if !u.Around() {
			s.Units = append(s.Units, Unit{Code: u.Code, Name: u.Name})
		}
	}
	return s
}

// organisationsOf are a pack's organisations as the directory lists them.
func organisationsOf(p *org.Pack) []Organisation {
	all := make([]Organisation, 0, len(p.Organisations))
	for _, o := range p.Organisations {
		one := Organisation{ID: o.ID, Kind: o.Kind, Name: o.Name, About: o.About, Needs: o.Needs, Town: o.Town}
		if o.Phone != "" {
			one.Contact.Phones = []Phone{{Number: o.Phone}}
		}
		one.Contact.Mails = nonEmpty(o.Mail)
		one.Contact.Sites = nonEmpty(o.Site)
		one.Source = Source{Name: o.Source, ID: o.ID}
		all = append(all, one)
	}
	return all
}

// PackReport tells what became of a pack's files.
type PackReport struct {
	Organisations, Places, Services *Report
}

// ImportPack reads a pack's organisations, places and services. Reading them again changes nothing.
func (d *Directory) ImportPack(ctx context.Context, p *org.Pack, f Feed) (*PackReport, error) {
	if f.Source == "" {
		f.Source = p.ID
	}
	f.lasting = true
	all := &PackReport{Places: &Report{}, Services: &Report{}}
	var err error
	if all.Organisations, err = d.ImportOrganisations(ctx, organisationsOf(p), f); err != nil {
		return all, err
	}
	if all.Places, err = d.importFile(ctx, p.FS, org.PlacesFile, f); err != nil {
		return all, err
	}
	all.Services, err = d.importFile(ctx, p.FS, org.ServicesFile, f)
	return all, err
}

// importFile reads one file of a pack. One that is not there has nothing in it.
func (d *Directory) importFile(ctx context.Context, pack fs.FS, name string, f Feed) (*Report, error) {
	file, err := pack.Open(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &Report{Source: f.Source}, nil
	}
	if err != nil {
		return &Report{Source: f.Source}, fmt.Errorf("open %s: %w", name, err)
	}
	defer file.Close()
	report, err := d.Import(ctx, file, f)
	if err != nil {
		return report, fmt.Errorf("import %s: %w", name, err)
	}
	return report, nil
}

// Wrong lists all that is wrong with a pack's files, a line each, in English.
func (r *PackReport) Wrong(p *i18n.Printer) []string {
	var all []string
	for _, part := range []struct {
		file   string
		report *Report
	}{{org.OrganisationsFile, r.Organisations}, {org.PlacesFile, r.Places}, {org.ServicesFile, r.Services}} {
		if part.report == nil {
			continue
		}
		for i := range part.report.Findings {
			all = append(all, part.file+": "+part.report.Findings[i].line(p))
		}
	}
	return all
}
