package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/geo"
)

// today is the day that dates of update count back from. It is fixed so that the files are always the same.
var today = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

// place is a row of places.csv, as it is being made.
type place struct {
	id, organisation, kind, name, nameEn, street, postcode, town, unit string
	at                                                                 geo.Point
	nowhere, itinerant, approximate                                    bool
	phone, mail, hours, wheelchair                                     string
	languages, equipment, has                                          []string
	about, aboutEn, bring, bringEn                                     string
	updated, confirmed                                                 string
	spot                                                               spot
	model                                                              model
	service                                                            string // the one that a listed place has
	offers                                                             []string
}

// service is a row of services.csv.
type service struct {
	id, place, name, nameEn, fee, feeNote, feeNoteEn, hours, details, detailsEn, capacity, until string
	needs, audiences, ways, entry                                                                []string
}

// maker makes one territory's records.
type maker struct {
	*recipe
	land          *land
	taken         map[string]bool // names with their towns
	names         int             // how many of the list were used
	places        []place
	services      []service
	organisations []organisation
	parents       map[string]string // organisation by model
}

func (m *maker) make() error {
	m.parents = map[string]string{}
	m.organisations = append(m.organisations, m.Authority)
	for _, o := range m.recipe.Organisations {
		m.organisations = append(m.organisations, o)
		for _, name := range o.Models {
			m.parents[name] = o.ID
		}
	}
	for _, group := range []struct {
		portions []portion
		services int
	}{{m.recipe.Places, m.recipe.Services}, {m.Beside.Places, m.Beside.Services}} {
		from := len(m.places)
		for _, p := range group.portions {
			if err := m.portion(p); err != nil {
				return err
			}
		}
		m.offer(m.places[from:], group.services)
	}
	return nil
}

// portion makes the places of one model.
func (m *maker) portion(p portion) error {
	spots := m.land.choose(p, newDraw(m.Seed, p.Model, "spots"))
	if len(spots) != p.Count {
		return fmt.Errorf("model %q: %d spots for %d places", p.Model, len(spots), p.Count)
	}
	mod := m.Models[p.Model]
	for i, s := range spots {
		d := newDraw(m.Seed, p.Model, strconv.Itoa(i))
		pl := place{id: fmt.Sprintf("%s-%04d", m.Prefix, len(m.places)+1), kind: mod.Kind, nowhere: mod.Nowhere,
			itinerant: mod.Itinerant, spot: s, model: mod, organisation: m.parents[p.Model]}
		m.furnish(&pl, d)
		if len(mod.Fixed) > 0 {
			m.listed(&pl, mod.Fixed[i])
		} else if err := m.name(&pl, d); err != nil {
			return fmt.Errorf("model %q: %w", p.Model, err)
		}
		m.where(&pl, d)
		m.describe(&pl, d)
		m.reach(&pl, d)
		m.date(&pl, d)
		if d.chance(mod.Own) {
			m.own(&pl)
		}
		m.places = append(m.places, pl)
	}
	return nil
}

// listed gives a place what the recipe says of it alone.
func (m *maker) listed(p *place, f fixed) {
	p.name, p.nameEn, p.about, p.aboutEn, p.service = f.Name.own, f.Name.en, f.About.own, f.About.en, f.Service
}

// name gives a place a name that no other place in its town has. A pattern without {name} may be taken by its spot alone.
func (m *maker) name(p *place, d *draw) error {
	pattern := d.below(len(p.model.Names))
	for range len(m.Names) * len(p.model.Names) {
		own, en := named(m.Names[m.names%len(m.Names)])
		if strings.Contains(p.model.Names[pattern], "{name}") {
			m.names++
		}
		v := said{name: own, nameEn: en, town: p.spot.name, unit: p.spot.unit.Name.In(m.Lang), unitEn: p.spot.unit.Name.In("en")}
		p.name, p.nameEn = v.own(p.model.Names[pattern], m.Lang), v.english(p.model.NamesEn[pattern])
		key := p.name + "/" + p.spot.name
		if m.Town != "" || m.Lang == "zh" {
			key = p.name
		}
		if !m.taken[key] {
			m.taken[key] = true
			return nil
		}
		pattern = (pattern + 1) % len(p.model.Names)
	}
	return fmt.Errorf("no name is left for %s", p.spot.name)
}

// where puts a place on the map and gives it an address on a street that flowers gave its name.
func (m *maker) where(p *place, d *draw) {
	if p.nowhere {
		p.town = m.Town
		return
	}
	p.at = m.land.near(p.spot, d)
	p.unit = p.spot.unit.Code
	if u := m.land.unit(p.at); m.Spots.Units == nil && u.Outline.Contains(p.at) {
		p.unit = u.Code
	}
	p.postcode, p.town = p.spot.postcode, p.spot.name
	street := d.pick(m.Streets)
	switch {
	case m.Street[p.spot.kind] != "":
		street = said{town: p.spot.name}.own(m.Street[p.spot.kind], m.Lang)
	case m.Lang == "fr":
		street = fmt.Sprintf("%d %s", d.between(1, 94), street)
	case m.Lang == "ro":
		street = fmt.Sprintf("%s nr. %d", street, d.between(1, 120))
	case m.Lang == "zh":
		street = fmt.Sprintf("%s%d号", street, d.between(1, 300))
	}
	if m.Town != "" {
		p.town, p.postcode = m.Town, m.Postcode
		street += ", " + p.spot.name
	}
	if m.Within {
		p.town = p.spot.unit.Name.In(m.Lang)
	}
	p.approximate = m.Lang == "vi" || m.Lang == "zh"
	p.street = street
}

// furnish gives a place its equipment, languages, hours and access.
func (m *maker) furnish(p *place, d *draw) {
	for _, piece := range p.model.Equipment {
		if !d.chance(piece.Share) {
			continue
		}
		code := piece.Code
		p.has = append(p.has, code)
		switch {
		case len(piece.Notes) > 0:
			code += ":" + d.pick(piece.Notes)
		case piece.To > 0:
			code += ":" + strconv.Itoa(d.between(piece.From, piece.To))
		}
		p.equipment = append(p.equipment, code)
	}
	p.languages = []string{m.Lang}
	speaks := map[string]int{}
	for code, share := range p.model.Speaks {
		speaks[code] = share
	}
	for _, l := range m.Local {
		if slices.Contains(l.Spots, p.spot.name) {
			speaks[l.Code] = l.Share
		}
	}
	for _, code := range []string{"en", "fr", "ar", "ber", "de", "es", "fa", "hu", "ktv", "nl", "pl", "pt", "ro", "rom", "tr", "uk", "wuu"} {
		if speaks[code] > 0 && d.chance(speaks[code]) {
			p.languages = append(p.languages, code)
		}
	}
	var hours []string
	for _, pool := range p.model.Hours {
		hours = append(hours, m.Hours[pool]...)
	}
	p.hours = d.pick(hours)
	p.wheelchair = d.weigh(p.model.Wheelchair)
	if p.nowhere {
		p.wheelchair = ""
	}
}

// date says when a record was last changed and confirmed: most of them lately, some more than six months ago.
func (m *maker) date(p *place, d *draw) {
	days := d.between(3, 170)
	if d.chance(22) {
		days = d.between(185, 420)
	}
	p.updated = today.AddDate(0, 0, -days).Format(time.DateOnly)
	if d.chance(60) {
		p.confirmed = today.AddDate(0, 0, -d.between(1, days)).Format(time.DateOnly)
	}
}
