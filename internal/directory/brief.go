package directory

import (
	"math"
	"slices"
	"strings"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/search"
)

// Brief is a place as a list shows it: enough to choose by. The index keeps it.
type Brief struct {
	ID         string
	Kind       string
	Name       i18n.Text
	Address    Address
	Point      *geo.Point // nil when not known
	Itinerant  bool       // it moves from village to village
	Wheelchair string     // of GroupWheelchair
	Needs      []string   // what is offered there, each once, in the order of its services
	Fees       []string   // of GroupFee: each service's
}

// Free reports whether all that is offered at the place is free of charge.
func (b *Brief) Free() bool {
	return len(b.Fees) > 0 && !slices.ContainsFunc(b.Fees, func(fee string) bool { return fee != FeeFree })
}

// offer adds a service to what is told of its place.
func (b *Brief) offer(needs []string, fee string) {
	for _, need := range needs {
		if !slices.Contains(b.Needs, need) {
			b.Needs = append(b.Needs, need)
		}
	}
	b.Fees = append(b.Fees, fee)
}

// Brief is the place as a list shows it.
func (e *Entry) Brief() Brief {
	p := &e.Place
	b := Brief{ID: p.ID, Kind: p.Kind, Name: p.Name, Address: p.Address, Point: p.Point, Itinerant: p.Itinerant, Wheelchair: p.Wheelchair}
	for i := range e.Services {
		b.offer(e.Services[i].Needs, e.Services[i].Fee)
	}
	return b
}

// Found is a place in a list.
type Found struct {
	Brief
	State    State
	Distance float64 // metres; -1 when not known
	Reasons  []Reason
}

// brief packs what a list shows of a place, for the index to keep: one text a place, nothing to read where a list is made.
func (f *found) brief() string {
	services := make([]string, len(f.services))
	for i := range f.services {
		services[i] = f.services[i].needs + column + f.services[i].fee
	}
	return strings.Join([]string{f.name, f.street, f.more, f.postcode, f.town, f.unit, f.wheelchair, f.itinerant, strings.Join(services, group)}, unit)
}

// name is the place's, as the index keeps it.
func (e *entry) name() i18n.Text {
	column, _, _ := strings.Cut(e.brief, unit)
	name, _ := readText(column) // written by us
	return name
}

// read unpacks what a list shows of a place.
func (e *entry) read(id string) Brief {
	b := Brief{ID: id, Kind: e.kind}
	if !math.IsNaN(e.point.Lat) {
		point := e.point
		b.Point = &point
	}
	var name, itinerant, services string
	a := &b.Address
	if cut(e.brief, unit, &name, &a.Street, &a.More, &a.Postcode, &a.Town, &a.Unit, &b.Wheelchair, &itinerant, &services) != nil {
		return b // of a number that no place has
	}
	b.Name, _ = readText(name) // written by us
	b.Itinerant = itinerant != ""
	for service := range strings.SplitSeq(services, group) {
		if needs, fee, ok := strings.Cut(service, column); ok {
			b.offer(readList(needs), fee)
		}
	}
	return b
}

// list shows the places that were hit, in their order. It asks nothing of the database.
func (x *index) list(hits []search.Hit, known []entry, at time.Time) []Found {
	list := make([]Found, len(hits))
	for i := range hits {
		list[i] = Found{Brief: known[i].read(hits[i].ID), State: x.stateOf(&known[i], at), Distance: hits[i].Distance, Reasons: reasons(hits[i].Reasons)}
	}
	return list
}
