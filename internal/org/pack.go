package org

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"regexp"
	"strconv"
	"strings"
	"time"

	"parvis/internal/geo"
)

// The files of a pack.
const (
	TerritoryFile     = "territory.yaml"
	OrganisationsFile = "organisations.yaml"
	PlacesFile        = "places.csv"   // the directory's own tables, read by the directory
	ServicesFile      = "services.csv" // likewise
	OutlineFile       = "geo/outline.geojson"
	UnitsFile         = "geo/units.csv"
	UnitAreasFile     = "geo/units.geojson" // optional
	TownsFile         = "geo/towns.csv"
	SourcesFile       = "SOURCES.md"
)

// Pack is a territory with its data. It is never changed after it was loaded.
type Pack struct {
	Territory
	Outline       *geo.Outline
	Units         []Unit // in the order of the file
	Gazetteer     *geo.Gazetteer
	Organisations []Organisation // in the order of the file
	FS            fs.FS          // the pack's folder
}

// LoadPack reads the pack in a folder. Its error is Faults: everything that is wrong, each with its file, its line, what
// is wrong and what would be right. Places and services are not read here: the directory reads and reports them.
func LoadPack(fsys fs.FS) (*Pack, error) {
	var faults Faults
	p := &Pack{FS: fsys}
	doc, whole := readYAML(fsys, TerritoryFile, &p.Territory, &faults)
	check := checker{document: doc, languages: offered(p.Languages)}
	if whole {
		check.territory(&p.Territory)
	}
	p.organisations(check.languages, &faults)
	p.outline(check, whole, &faults)
	p.units(&faults)
	p.towns(&faults)
	if sources, err := fs.ReadFile(fsys, SourcesFile); err != nil || len(bytes.TrimSpace(sources)) == 0 {
		faults.add(SourcesFile, 0, "nothing says where the data comes from", "each file of geo/ with its source and its licence")
	}
	if err := faults.err(); err != nil {
		return nil, err
	}
	zone, err := time.LoadLocation(p.Zone)
	if err != nil { // the check saw to it
		return nil, Faults{{File: TerritoryFile, Wrong: err.Error()}}
	}
	p.calendar = newCalendar(&p.Territory, zone)
	return p, nil
}

// Unit gives the unit with a code.
func (p *Pack) Unit(code string) (Unit, bool) {
	for _, u := range p.Units {
		if u.Code == code {
			return u, true
		}
	}
	return Unit{}, false
}

// UnitAt gives the unit whose outline holds a point, neighbours aside; false where none is known to.
func (p *Pack) UnitAt(at geo.Point) (Unit, bool) {
	for _, u := range p.Units {
		if !u.Around() && u.Outline.Contains(at) {
			return u, true
		}
	}
	return Unit{}, false
}

// Places opens the pack's places, and Services its services; the error is fs.ErrNotExist where the pack has none.
func (p *Pack) Places() (fs.File, error) { return p.FS.Open(PlacesFile) }

// Services opens the pack's services.
func (p *Pack) Services() (fs.File, error) { return p.FS.Open(ServicesFile) }

func (p *Pack) outline(check checker, whole bool, faults *Faults) {
	data, ok := readJSON(p.FS, OutlineFile, faults)
	if !ok {
		return
	}
	outline, err := geo.ParseOutline(data)
	if err != nil {
		faults.add(OutlineFile, 1, err.Error(), "a GeoJSON polygon or multipolygon, longitude first")
		return
	}
	p.Outline = outline
	if whole && p.Centre.Valid() && !outline.Box().Contains(p.Centre) {
		check.fault("the centre lies outside the outline", "a point inside "+OutlineFile, "centre")
	}
}

var faultLine = regexp.MustCompile(`^(?:(?:record|parse error) on )?line (\d+)[^:]*: (.*)$`)

func (p *Pack) towns(faults *Faults) {
	file, err := p.FS.Open(TownsFile)
	if err != nil {
		faults.add(TownsFile, 0, reason(err), "towns that people search near: code,name,names,kind,lat,lon,population,postcodes")
		return
	}
	defer file.Close()
	gazetteer, err := geo.LoadGazetteer(file)
	if err == nil {
		p.Gazetteer = gazetteer
		return
	}
	for text := range strings.Lines(err.Error()) {
		line, wrong := 0, strings.TrimSpace(text)
		if m := faultLine.FindStringSubmatch(wrong); m != nil {
			line, _ = strconv.Atoi(m[1])
			wrong = m[2]
		} else if cause, ok := strings.CutPrefix(wrong, "read the header: "); ok {
			line, wrong = 1, "the header cannot be read: "+cause
		}
		wrong, right, _ := strings.Cut(wrong, ": want ")
		if right == "" {
			right = "code,name,names,kind,lat,lon,population,postcodes; each code once"
		}
		faults.add(TownsFile, line, wrong, right)
	}
}

// readJSON reads a file and notes where it is not JSON.
func readJSON(fsys fs.FS, name string, faults *Faults) ([]byte, bool) {
	data, err := fs.ReadFile(fsys, name)
	if err != nil {
		faults.add(name, 0, reason(err), "a GeoJSON file")
		return nil, false
	}
	var any json.RawMessage
	var syntax *json.SyntaxError
	if err := json.Unmarshal(data, &any); errors.As(err, &syntax) {
		line := 1 + bytes.Count(data[:min(int(syntax.Offset), len(data))], []byte("\n"))
		faults.add(name, line, "it is not JSON: "+syntax.Error(), "a GeoJSON polygon or multipolygon")
		return nil, false
	}
	return data, true
}
