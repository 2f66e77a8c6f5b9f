package main

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// offer gives every place its first services and spreads the rest, until there are as many as asked for.
func (m *maker) offer(places []place, total int) {
	given := 0
	for i := range places {
		p := &places[i]
		d := newDraw(m.Seed, p.id, "offers")
		first := 1
		if len(p.model.Offered) == 2 {
			first = d.between(p.model.Offered[0], p.model.Offered[1])
		}
		if p.service != "" {
			p.offers = []string{p.service}
		}
		for len(p.offers) < first && m.another(p, d) {
		}
		given += len(p.offers)
	}
	d := newDraw(m.Seed, "more services")
	for tries := 0; given < total && tries < 50*total; tries++ {
		p := &places[d.below(len(places))]
		if len(p.model.Offered) == 0 && p.service == "" && len(p.offers) < 4 && m.another(p, d) {
			given++
		}
	}
	for i := range places {
		for n, name := range places[i].offers {
			m.services = append(m.services, m.service(&places[i], name, n))
		}
	}
}

// another adds a service that the place has not yet; false when its model has no more.
func (m *maker) another(p *place, d *draw) bool {
	left := maps.Clone(p.model.Offers)
	for _, has := range p.offers {
		delete(left, has)
	}
	if len(left) == 0 {
		return false
	}
	p.offers = append(p.offers, d.weigh(left))
	return true
}

// service makes the nth service of a place.
func (m *maker) service(p *place, name string, n int) service {
	o := m.Offers[name]
	d := newDraw(m.Seed, p.id, name)
	title, details := o.Names[d.below(len(o.Names))], o.Details[d.below(len(o.Details))]
	s := service{id: fmt.Sprintf("%s-s%d", p.id, n+1), place: p.id, name: title.own, nameEn: title.en, fee: d.weigh(o.Fee),
		needs: slices.Clone(o.Needs), audiences: d.some(o.Audiences), ways: p.model.Ways}
	for _, extra := range slices.Sorted(maps.Keys(o.Also)) {
		if d.chance(o.Also[extra]) {
			s.needs = append(s.needs, extra)
		}
	}
	if d.chance(55) {
		s.details, s.detailsEn = details.own, details.en
	}
	if s.ways == nil {
		s.ways = d.some(o.Ways)
	}
	if !slices.Equal(s.ways, []string{"online"}) {
		s.entry = d.some(o.Entry)
	}
	if s.fee != "free" && len(o.FeeNote) > 0 {
		note := o.FeeNote[d.below(len(o.FeeNote))]
		s.feeNote, s.feeNoteEn = note.own, note.en
	}
	if len(o.Hours) > 0 && !p.itinerant && !p.nowhere && d.chance(o.Own) {
		s.hours = d.pick(m.Hours[d.pick(o.Hours)])
	}
	m.capacity(&s, o, d)
	return s
}

// capacity says how many places are left, and until when that is true: for some in the weeks to come, for some no more.
func (m *maker) capacity(s *service, o offer, d *draw) {
	if len(o.Capacity) != 3 || !d.chance(o.Capacity[0]) {
		return
	}
	s.capacity = strconv.Itoa(d.between(o.Capacity[1], o.Capacity[2]))
	s.until = today.AddDate(0, 0, d.between(-30, 240)).Format(time.DateOnly)
}

// list writes values as the directory's tables have them.
func list(values []string) string { return strings.Join(values, "|") }
