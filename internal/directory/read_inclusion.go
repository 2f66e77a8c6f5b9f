package directory

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// data.inclusion's schema v1, as its API and our own export write it: structures, which are places, and services at them.
// Package opendata writes it, docs/develop/standards.md tells what it cannot say.

// inclusionOnly are the members that data.inclusion has and the national standard has not.
var inclusionOnly = []string{"structure_id", "thematiques", "reseaux_porteurs", "horaires_accueil", "accessibilite_lieu", "lien_mobilisation",
	"modes_accueil", "modes_mobilisation", "mobilisable_par"}

// isInclusion reports whether a feed is data.inclusion's.
func (s shape) isInclusion() bool {
	source := s.first["source"]
	return slices.Contains(s.members, "structures") || s.has(inclusionOnly...) || s.has("service") && s.has("distance") ||
		source != "" && strings.HasPrefix(s.first["id"], source+"--") && !s.has("pivot", "courriels", "typologie", "horaires")
}

// inclusionRows gives the objects of a feed, each with the word that says what it is.
type inclusionRows struct{ *listRows }

// The kinds of object, as a row's cell says them.
const (
	inclusionKind      = "\x00kind"
	inclusionStructure = "structure"
	inclusionService   = "service"
)

func (r *inclusionRows) next() (row, error) {
	raw, list, line, err := r.object()
	if err != nil {
		return row{}, err
	}
	var object map[string]any
	dec := json.NewDecoder(bytes.NewReader(raw))
	dec.UseNumber()
	if err := dec.Decode(&object); err != nil {
		return row{}, &Finding{Line: line, Value: shorten(string(raw)), Key: "directory.import.no-object", Rejected: true}
	}
	if inner, ok := object["service"].(map[string]any); ok {
		object = inner // as a search answers, with the distance beside
	}
	one := row{line: line, cells: cells(object)}
	_, structured := object["structure_id"]
	if one.cells[inclusionKind] = inclusionStructure; list == "services" || structured {
		one.cells[inclusionKind] = inclusionService
	}
	return one, nil
}

// inclusionReader turns objects into places and services.
type inclusionReader struct {
	setting  Setting
	source   string // the register, for objects that name none
	now      time.Time
	towns    *towns
	words    *words
	previous map[string]int                         // by kind and id: the line where it stood first
	places   map[string]inclusionPlace              // by structure: where it is and how it is reached
	lookup   func(id string) (inclusionPlace, bool) // a place that came with another feed
}

// inclusionPlace is what a structure says that its services say again.
type inclusionPlace struct {
	address     Address
	point       *geo.Point
	phone, mail string
}

func (s *inclusionReader) read(r row) draft {
	d := draft{line: r.line, row: oneLine(r.cells["id"]), cells: r.cells, file: r.file, apart: true}
	source := oneLine(d.cells["source"])
	if source == "" {
		source = s.source
	}
	kind := d.cells[inclusionKind]
	if d.row == "" {
		d.reject("id", "directory.import.no-id")
	} else if line, twice := s.previous[kind+"\x00"+d.row]; twice {
		d.reject("id", "directory.import.same-id", "Line", line)
	} else {
		s.previous[kind+"\x00"+d.row] = d.line
	}
	if oneLine(d.cells["nom"]) == "" {
		d.reject("nom", "directory.import.no-name")
	}
	from := Source{Name: source, ID: localTo(source, d.row), URL: s.site(&d, "lien_source"), Updated: s.date(&d)}
	if kind == inclusionService {
		s.service(&d, from)
	} else {
		s.structure(&d, from)
	}
	return d
}

// localTo is the id that the producer gave: what follows its name.
func localTo(source, id string) string {
	if local, ok := strings.CutPrefix(id, source+"--"); ok && local != "" {
		return local
	}
	return id
}

// structure makes a place.
func (s *inclusionReader) structure(d *draft, from Source) {
	p := &Place{ID: id.From(from.Name, from.ID), Name: i18n.Text{"fr": clean(d.cells["nom"])}, Wheelchair: WheelchairUnknown,
		Access: s.site(d, "accessibilite_lieu"), Hours: s.hours(d)}
	d.place = p
	p.Source = from
	if text := clean(d.cells["description"]); text != "" {
		p.About = i18n.Text{"fr": text}
	}
	if p.Kind = kindOfName(p.Name["fr"]); p.Kind == "" {
		p.Kind = KindServicePoint
	}
	if number := strings.Join(strings.Fields(d.cells["siret"]), ""); registerForm.MatchString(number) && strings.Trim(number, "0") != "" {
		p.Register = number
	} else if number != "" {
		d.warn("siret", "directory.import.register")
	}
	s.where(d, p)
	s.contact(d, p)
	for _, code := range bars(d.cells["reseaux_porteurs"]) {
		label, known := inclusionNetwork(code)
		if !known {
			d.warnOf("reseaux_porteurs", code, "directory.import.term")
		}
		if !slices.Contains(p.Labels, label) {
			p.Labels = append(p.Labels, label)
		}
	}
	s.places[d.row] = placeKnown(p)
}

// placeKnown is what is remembered of a place for its services.
func placeKnown(p *Place) inclusionPlace {
	known := inclusionPlace{address: p.Address}
	if !p.Approximate {
		known.point = p.Point
	}
	if len(p.Contact.Phones) > 0 {
		known.phone = p.Contact.Phones[0].Number
	}
	if len(p.Contact.Mails) > 0 {
		known.mail = p.Contact.Mails[0]
	}
	return known
}

// where reads the address and the position.
func (s *inclusionReader) where(d *draft, p *Place) {
	a := &p.Address
	a.Street, a.More, a.Town = oneLine(d.cells["adresse"]), oneLine(d.cells["complement_adresse"]), oneLine(d.cells["commune"])
	if code := oneLine(d.cells["code_postal"]); fivedigits.MatchString(code) {
		a.Postcode = code
	} else if code != "" {
		d.warn("code_postal", "directory.import.postcode")
	}
	code := oneLine(d.cells["code_insee"])
	town := s.towns.find(a.Town, a.Postcode, code)
	a.Unit = s.setting.unit(code, a.Town, town)
	if p.Point = s.point(d); p.Point == nil && town != nil {
		at := town.Point
		p.Point, p.Approximate = &at, true
	}
}

// point reads a position; one that cannot be right is left out and listed.
func (s *inclusionReader) point(d *draft) *geo.Point {
	lat, lon := d.cells["latitude"], d.cells["longitude"]
	if lat == "" && lon == "" {
		return nil
	}
	y, ok1 := number(lat)
	x, ok2 := number(lon)
	at := geo.Point{Lat: y, Lon: x}
	switch {
	case !ok1 || !ok2:
		d.warn("latitude", "directory.import.point-number")
	case y == 0 && x == 0:
		d.warn("latitude", "directory.import.point-zero")
	case !onEarth(at):
		d.warn("latitude", "directory.wrong.point", "Value", point(at))
	default:
		return &at
	}
	return nil
}

func (s *inclusionReader) contact(d *draft, p *Place) {
	if text := oneLine(d.cells["telephone"]); text != "" {
		if phone, ok := ParsePhone(text, s.setting.country("FR")); ok {
			p.Contact.Phones = []Phone{phone}
		} else {
			d.warn("telephone", "directory.wrong.phone", "Value", text, "Example", phoneExample(s.setting.country("FR")))
			p.Said = append(p.Said, Said{Field: "telephone", Text: text})
		}
	}
	if text := oneLine(d.cells["courriel"]); text != "" {
		if address, ok := ParseMail(text); ok {
			p.Contact.Mails = []string{address}
		} else {
			d.warn("courriel", "directory.wrong.mail", "Value", text)
			p.Said = append(p.Said, Said{Field: "courriel", Text: text})
		}
	}
	p.Contact.Sites = nonEmpty(s.site(d, "site_web"))
}

// site reads the address of a page; one that is none is left out and listed.
func (s *inclusionReader) site(d *draft, field string) string {
	text := oneLine(d.cells[field])
	if text == "" {
		return ""
	}
	site, ok := ParseSite(text)
	if !ok {
		d.warn(field, "directory.wrong.site", "Value", text)
		return ""
	}
	return site
}

func (s *inclusionReader) hours(d *draft) Hours {
	h := ReadHours(d.cells["horaires_accueil"])
	if h.Given != "" && h.OSM == "" {
		d.warn("horaires_accueil", "directory.import.hours-unread")
	}
	return h
}

// date reads the day of the last change at the source.
func (s *inclusionReader) date(d *draft) time.Time {
	text, _, _ := strings.Cut(oneLine(d.cells["date_maj"]), "T")
	if text == "" {
		return time.Time{}
	}
	at, err := time.ParseInLocation(time.DateOnly, text, s.setting.Zone)
	switch {
	case err != nil || at.Year() < 1990:
		d.warn("date_maj", "directory.import.date")
	case at.After(s.now):
		d.warn("date_maj", "directory.import.date-to-come")
	default:
		return at.UTC()
	}
	return time.Time{}
}

// warnOf lists one value of a member that has several.
func (d *draft) warnOf(field, value, key string, args ...any) {
	d.findings = append(d.findings, Finding{Line: d.line, File: d.file, Row: d.row, Field: field, Value: shorten(value), Key: key, Args: args})
}

// paragraphs are texts that say something, one after another.
func paragraphs(texts ...string) string {
	var all []string
	for _, text := range texts {
		if text = clean(text); text != "" && !slices.Contains(all, text) {
			all = append(all, text)
		}
	}
	return strings.Join(all, "\n\n")
}

// elsewhere is the id of the place of a service that is not given where its structure is.
func elsewhere(from Source, structure string, a Address, at *geo.Point) (own, local string) {
	where := strings.ToLower(a.Line(false))
	if where == "" && at != nil {
		where = point(*at)
	}
	mark := id.From(from.Name, structure, where)
	local = fmt.Sprintf("%s--%s", localTo(from.Name, structure), mark[:8])
	return id.From(from.Name, local), local
}
