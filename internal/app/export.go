package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

// Export says which territory's places are written, in which format, and where to.
type Export struct {
	Territory string
	Format    string // of ExportFormats
	To        io.Writer
	Out       io.Writer // what became of it, for the operator
}

// ExportFormats are the formats that Export writes.
var ExportFormats = []string{"geojson", "csv", "data-inclusion", "hsds"}

// WriteExport writes all places of a territory in a format that others read. It holds a few hundred at a time.
func WriteExport(ctx context.Context, o Options, e Export) error {
	o.complete()
	if !slices.Contains(ExportFormats, e.Format) {
		return fmt.Errorf("--format %q: it is one of %s", e.Format, strings.Join(ExportFormats, ", "))
	}
	open, err := o.openTerritory(ctx, e.Territory)
	if err != nil {
		return err
	}
	defer open.store.Close()
	to := bufio.NewWriterSize(e.To, 64<<10)
	said, err := writeExport(ctx, open.directory, open.pack, open.words, e.Format, to)
	if err != nil {
		return explain(open.pack, open.pack.Language(), err)
	}
	if err := to.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(e.Out, said)
	return nil
}

// writeExport writes one format, and says in a sentence what was written.
func writeExport(ctx context.Context, d *directory.Directory, pack *org.Pack, words *i18n.Bundle, format string, to io.Writer) (string, error) {
	setting := OpenSetting(d, pack, words)
	switch format {
	case "csv":
		written, err := d.WriteStandard(ctx, to, pack.Name.In("fr", pack.Languages...))
		if err != nil {
			return "", err
		}
		said := fmt.Sprintf("%d places written", written.Places)
		for _, column := range slices.Sorted(maps.Keys(written.LeftOut)) {
			said += fmt.Sprintf("; %d left out, which have no %s", written.LeftOut[column], column)
		}
		return said, nil
	case "data-inclusion":
		structures, services, err := setting.WriteInclusion(ctx, d, to)
		return fmt.Sprintf("%d places with %d services written", structures, services), err
	case "hsds":
		services, err := setting.WriteHSDS(ctx, d, to)
		return fmt.Sprintf("%d services written", services), err
	}
	places, err := setting.WriteGeoJSON(ctx, d, to)
	return fmt.Sprintf("%d places written", places), err
}

// OpenSetting is what the formats need to know of a territory.
func OpenSetting(d *directory.Directory, pack *org.Pack, words *i18n.Bundle) *opendata.Setting {
	setting := &opendata.Setting{
		Territory: pack.ID, Country: pack.Country, Zone: pack.Location(), Languages: pack.Languages, TownCode: d.TownCodes(),
		Word: func(lang string, g directory.Group, code string) string {
			return words.Printer(lang, pack.Location(), pack.Currency).T(directory.Key(g, code))
		},
	}
	if len(pack.Hosts) > 0 && !strings.HasSuffix(pack.Hosts[0], "localhost") {
		setting.Site = "https://" + pack.Hosts[0]
	}
	return setting
}
