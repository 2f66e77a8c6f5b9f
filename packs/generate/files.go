package main

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"parvis/internal/i18n"
)

// source is what every generated record names as its source.
const source = "demo"

var placeHeader = strings.Split("id,organisation,kind,name,name_en,address,postcode,town,unit,lat,lon,approximate,phones,mails,"+
	"hours,wheelchair,languages,equipment,itinerant,about,about_en,bring,bring_en,source,updated,confirmed", ",")

var serviceHeader = strings.Split("id,place,name,name_en,needs,audiences,ways,entry,fee,fee_note,fee_note_en,hours,details,"+
	"details_en,capacity,capacity_until,source,updated", ",")

// files writes what was made.
func (m *maker) files() (map[string][]byte, error) {
	updated := map[string]string{}
	places := [][]string{placeHeader}
	for i := range m.places {
		places = append(places, m.places[i].row())
		updated[m.places[i].id] = m.places[i].updated
	}
	services := [][]string{serviceHeader}
	for i := range m.services {
		services = append(services, m.services[i].row(updated[m.services[i].place]))
	}
	organisations, err := m.organisationsYAML()
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{"organisations.yaml": organisations}
	for name, rows := range map[string][][]string{"places.csv": places, "services.csv": services} {
		var b bytes.Buffer
		w := csv.NewWriter(&b)
		if err := w.WriteAll(rows); err != nil {
			return nil, err
		}
		files[name] = b.Bytes()
	}
	return files, nil
}

func (p *place) row() []string {
	lat, lon := "", ""
	if !p.nowhere {
		lat, lon = degrees(p.at.Lat), degrees(p.at.Lon)
	}
	return []string{p.id, p.organisation, p.kind, p.name, p.nameEn, p.street, p.postcode, p.town, p.unit, lat, lon,
		yes(p.approximate), p.phone, p.mail, p.hours, p.wheelchair, list(p.languages), list(p.equipment), yes(p.itinerant),
		p.about, p.aboutEn, p.bring, p.bringEn, source, p.updated, p.confirmed}
}

func (s *service) row(updated string) []string {
	return []string{s.id, s.place, s.name, s.nameEn, list(s.needs), list(s.audiences), list(s.ways), list(s.entry), s.fee,
		s.feeNote, s.feeNoteEn, s.hours, s.details, s.detailsEn, s.capacity, s.until, source, updated}
}

func degrees(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }

func yes(b bool) string {
	if b {
		return "yes"
	}
	return ""
}

// written is an organisation as organisations.yaml has it.
type written struct {
	ID        string    `yaml:"id"`
	Authority bool      `yaml:"authority,omitempty"`
	Kind      string    `yaml:"kind"`
	Name      i18n.Text `yaml:"name,flow"`
	About     i18n.Text `yaml:"about,flow,omitempty"`
	Town      string    `yaml:"town,omitempty"`
	Phone     string    `yaml:"phone,omitempty"`
	Mail      string    `yaml:"mail,omitempty"`
	Needs     []string  `yaml:"needs,flow,omitempty"`
	Source    string    `yaml:"source"`
	Teams     []team    `yaml:"teams,omitempty"`
}

func (m *maker) organisationsYAML() ([]byte, error) {
	var all []written
	for i, o := range m.organisations {
		w := written{ID: o.ID, Authority: i == 0, Kind: o.Kind, Name: o.Name, About: o.About, Needs: o.Needs, Source: source, Teams: o.Teams}
		at := slices.IndexFunc(m.places, func(p place) bool { return "org-"+p.id == o.ID })
		if at >= 0 {
			p := &m.places[at]
			w.Town, w.Phone, w.Mail, w.Needs = p.town, p.phone, p.mail, needs(p.id, m.services)
		}
		all = append(all, w)
	}
	var b bytes.Buffer
	fmt.Fprintf(&b, "# Made by packs/generate from recipes/%s.yaml; change the recipe, not this file.\n", m.Territory)
	e := yaml.NewEncoder(&b)
	e.SetIndent(2)
	if err := e.Encode(all); err != nil {
		return nil, err
	}
	return b.Bytes(), e.Close()
}

// needs are what a place's services are for, each once.
func needs(place string, services []service) []string {
	var all []string
	for i := range services {
		if services[i].place != place {
			continue
		}
		for _, n := range services[i].needs {
			if !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}
