package app

import (
	"bytes"
	"cmp"
	"context"
	"embed"
	"errors"
	"fmt"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"text/template"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

//go:embed newpack
var newPack embed.FS

// NewTerritory is what must be known to make a territory.
type NewTerritory struct {
	ID       string // the folder's name and the store's: "auch"
	Name     string
	Host     string
	Language string
	Country  string
	Zone     string
	Phone    string // where a person answers
	Centre   string // "43.646,0.585": where its map opens
	Manager  string // mail address of its first manager
}

// Made is what Init made.
type Made struct {
	Pack string // folder of the pack, to fill in
	Link string // opens the first manager's account, once
}

// newRadius is how far round its centre a new territory is drawn, in metres, until it has its outline.
const newRadius = 8000

// Init makes a territory in the data folder: a pack to fill in, its store, and the invitation of its first manager.
// What is there already is never touched.
func Init(ctx context.Context, o Options, t NewTerritory) (*Made, error) {
	o.complete()
	if err := t.check(); err != nil {
		return nil, err
	}
	folder := filepath.Join(o.Config.Data, t.ID)
	if is, err := there(folder); is || err != nil {
		return nil, cmp.Or(err, fmt.Errorf("%s is there already; if its making was interrupted, `parvis user add %s %s manager` gives its first manager a link, "+
			"and `parvis user link` a new one where that account exists already", folder, t.ID, t.Manager))
	}
	if err := os.MkdirAll(o.Config.Data, 0o700); err != nil {
		return nil, err
	}
	if err := o.freeHost(t.Host); err != nil {
		return nil, err
	}
	work := folder + making
	if err := os.RemoveAll(work); err != nil {
		return nil, err
	}
	if err := writePack(filepath.Join(work, packFolder), t); err != nil {
		return nil, errors.Join(err, os.RemoveAll(work))
	}
	if _, err := org.LoadPack(os.DirFS(filepath.Join(work, packFolder))); err != nil {
		return nil, errors.Join(fmt.Errorf("what was given does not make a territory:\n%w", err), os.RemoveAll(work))
	}
	if err := os.Rename(work, folder); err != nil {
		return nil, err
	}
	made := &Made{Pack: filepath.Join(folder, packFolder)}
	users, err := OpenUsers(ctx, o, t.ID)
	if err == nil {
		made.Link, err = users.Invite(t.Manager, "manager")
		err = errors.Join(err, users.Close())
	}
	if err != nil { // nobody has seen it yet: the next try finds nothing in its way
		return nil, errors.Join(err, os.RemoveAll(folder))
	}
	return made, nil
}

// check tells all that is wrong with what was given, each by the flag that gave it. What only a pack can tell is told
// when the pack is read.
func (t NewTerritory) check() error {
	var wrong []error
	say := func(ok bool, flag, right string) {
		if !ok {
			wrong = append(wrong, fmt.Errorf("--%s: %s", flag, right))
		}
	}
	if err := checkID(t.ID); err != nil {
		wrong = append(wrong, err)
	}
	say(strings.TrimSpace(t.Name) != "" && plain(t.Name), "name", "how people call it, in one line")
	say(slices.Contains(i18n.Languages, t.Language), "language", fmt.Sprintf("%q is none of %s", t.Language, strings.Join(i18n.Languages, ", ")))
	address, err := mail.ParseAddress(t.Manager)
	say(err == nil && address.Address == t.Manager, "manager", fmt.Sprintf("%q is not a mail address alone, as ana@town.example", t.Manager))
	_, err = readCentre(t.Centre)
	say(err == nil, "centre", fmt.Sprintf("%q is not latitude and longitude, as 43.646,0.585", t.Centre))
	return errors.Join(wrong...)
}

// plain reports whether a text is one line of what can be seen.
func plain(text string) bool {
	return utf8.ValidString(text) && !strings.ContainsFunc(text, unicode.IsControl)
}

// freeHost refuses a host name that another territory of the data folder answers under.
func (o *Options) freeHost(host string) error {
	entries, err := os.ReadDir(o.Config.Data)
	if err != nil || len(entries) == 0 {
		return err
	}
	own, _, _ := o.ownPacks() // one that cannot be read says so when it is served
	for _, p := range own {
		if slices.Contains(p.Hosts, host) {
			return fmt.Errorf("--host: %s answers under %s already", p.ID, host)
		}
	}
	return nil
}

// writePack writes a pack that loads, with everything in it still to be said better.
func writePack(folder string, t NewTerritory) error {
	centre, err := readCentre(t.Centre)
	if err != nil {
		return err
	}
	files := map[string]string{
		org.OrganisationsFile: "[] # - {id: town-hall, kind: town-hall, name: {en: Town hall}}\n",
		org.PlacesFile:        "id,name,kind,address,postcode,town,lat,lon,phones,hours\n",
		org.ServicesFile:      "id,place,name,needs,ways,fee\n",
		org.OutlineFile:       circle(centre),
		org.UnitsFile:         "code,name,kind,lat,lon\n",
		org.TownsFile:         fmt.Sprintf("code,name,lat,lon,population\n%s,%s,%g,%g,0\n", t.ID, quoteCSV(t.Name), centre.Lat, centre.Lon),
		org.SourcesFile:       "# Where the data comes from\n\ngeo/: a circle round the centre, until the real outline is here. Name each file's source and licence.\n",
	}
	if files[org.TerritoryFile], err = t.yaml(centre); err != nil {
		return err
	}
	for name, text := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return err
		}
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			return err
		}
	}
	return nil
}

// yaml fills territory.yaml in.
func (t NewTerritory) yaml(centre geo.Point) (string, error) {
	unit, sure := currency.FromRegion(language.MustParseRegion("001"))
	if region, err := language.ParseRegion(t.Country); err == nil {
		unit, sure = currency.FromRegion(region)
	}
	if !sure {
		return "", fmt.Errorf("country %q: two letters, as FR, RO, VN or CN", t.Country)
	}
	text, err := template.ParseFS(newPack, "newpack/territory.yaml")
	if err != nil {
		return "", err
	}
	var b bytes.Buffer
	err = text.Execute(&b, struct {
		NewTerritory
		Currency string
		Lat, Lon float64
	}{t, unit.String(), centre.Lat, centre.Lon})
	return b.String(), err
}

// Text writes a text in the territory's language as YAML does.
func (t NewTerritory) Text(text string) string {
	return "{" + t.Quote(t.Language) + ": " + t.Quote(text) + "}"
}

// Quote writes a text so that YAML reads it as it is.
func (NewTerritory) Quote(text string) string { return strconv.Quote(text) }

func quoteCSV(text string) string { return `"` + strings.ReplaceAll(text, `"`, `""`) + `"` }

func readCentre(text string) (geo.Point, error) {
	lat, lon, _ := strings.Cut(text, ",")
	var p geo.Point
	var errs [2]error
	p.Lat, errs[0] = strconv.ParseFloat(strings.TrimSpace(lat), 64)
	p.Lon, errs[1] = strconv.ParseFloat(strings.TrimSpace(lon), 64)
	if errors.Join(errs[:]...) != nil || !p.Valid() {
		return p, fmt.Errorf("centre %q: latitude and longitude, as 43.646,0.585", text)
	}
	return p, nil
}

// circle is a rough circle round a point, as GeoJSON.
func circle(centre geo.Point) string {
	var corners []string
	for _, p := range geo.Hull([]geo.Point{centre}, newRadius).Rings()[0] {
		corners = append(corners, fmt.Sprintf("[%.5f,%.5f]", p.Lon, p.Lat))
	}
	return `{"type":"Polygon","coordinates":[[` + strings.Join(corners, ",") + "]]}\n"
}
