package directory

import (
	"io"
	"slices"
	"strings"
	"time"

	"parvis/internal/geo"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// hsdsReader turns what a feed of HSDS says into organisations, places and services, in that order: each place with who
// answers for it, then what is given there.
type hsdsReader struct {
	feed    *hsdsFeed
	setting Setting
	source  string
	now     time.Time
	towns   *towns
	words   *words
	at      map[string][]*hsdsAtLocation // by location
	made    []draft
	next    int
	size    int64
	ends    bool // what comes after a fault in it is not known
}

// read gives how many bytes were read: HSDS is read whole before its first record is made.
func (r *hsdsRows) read() int64       { return r.reader.size }
func (r *hsdsRows) columns() []string { return nil }

// hsdsRows gives the drafts one after another.
type hsdsRows struct{ reader *hsdsReader }

func (r *hsdsRows) next() (row, error) {
	h := r.reader
	if len(h.feed.findings) > 0 {
		f := h.feed.findings[0]
		h.feed.findings = h.feed.findings[1:]
		f.ends = f.ends || h.ends
		return row{line: f.Line}, &f
	}
	if h.next >= len(h.made) {
		return row{}, io.EOF
	}
	d := h.made[h.next]
	h.made[h.next] = draft{} // what is given away needs no room
	h.next++
	return row{line: d.line, made: &d}, nil
}

// own is the id of an object here: its own where it is a UUID, as the specification wants it, else one made from it.
func (h *hsdsReader) own(kind, theirs string) string {
	if theirs = strings.ToLower(theirs); id.Valid(theirs) {
		return theirs
	}
	return id.From(h.source, kind, theirs)
}

// drafts makes all records.
func (h *hsdsReader) drafts() {
	h.at = map[string][]*hsdsAtLocation{}
	given := map[string]int{}
	for _, at := range h.feed.at {
		s, l := h.feed.services[at.ServiceID.line()], h.feed.locations[at.LocationID.line()]
		if s == nil || l == nil {
			h.feed.reject(at.where, at.ID.line(), "service_at_location", strings.Join([]string{at.ServiceID.line(), at.LocationID.line()}, ", "), "directory.import.no-owner")
			continue
		}
		h.at[at.LocationID.line()] = append(h.at[at.LocationID.line()], at)
		given[at.ServiceID.line()]++
	}
	for _, service := range h.feed.inOrder {
		if given[service] == 0 {
			h.homeless(h.feed.services[service])
		}
	}
	for _, where := range h.feed.placesInOrder {
		h.placeWith(where, given)
	}
	h.at = nil
}

// homeless gives a service without a place one: that of who answers for it.
func (h *hsdsReader) homeless(s *hsdsService) {
	o := h.feed.organizations[s.OrganizationID.line()]
	if slices.Contains(statusEnded, s.Status.line()) {
		h.ended(s)
		return
	}
	if o == nil {
		h.feed.reject(s.where, s.ID.line(), "service_at_locations", "", "directory.import.no-location")
		return
	}
	const mark = "\x00organization\x00"
	where := mark + o.ID.line()
	if h.feed.locations[where] == nil {
		h.feed.locations[where] = &hsdsLocation{ID: hsdsText(where), Type: "virtual", Name: o.Name, OrganizationID: o.ID, where: o.where}
		h.feed.placesInOrder = append(h.feed.placesInOrder, where)
	}
	h.at[where] = append(h.at[where], &hsdsAtLocation{ServiceID: s.ID, LocationID: hsdsText(where)})
}

// ended lists a service that is not given now.
func (h *hsdsReader) ended(s *hsdsService) {
	h.feed.reject(s.where, s.ID.line(), "status", s.Status.line(), "directory.import.ended")
}

// placeWith makes a place and what is given there.
func (h *hsdsReader) placeWith(where string, given map[string]int) {
	l, all := h.feed.locations[where], []*hsdsAtLocation{}
	for _, at := range h.at[where] {
		s := h.feed.services[at.ServiceID.line()]
		if slices.Contains(statusEnded, s.Status.line()) {
			if given[at.ServiceID.line()] != -1 {
				given[at.ServiceID.line()] = -1 // told once, however many places it had
				h.ended(s)
			}
			continue
		}
		all = append(all, at)
	}
	if len(h.at[where]) > 0 && len(all) == 0 {
		return // all that was given there has ended
	}
	d := draft{line: l.where.line, file: l.where.file, row: strings.TrimPrefix(where, "\x00organization\x00"), apart: true}
	organisation := h.answering(l, all)
	d.organisation = h.organisation(&d, organisation)
	shared := h.shared(l, all)
	h.place(&d, l, shared)
	if d.organisation != nil {
		d.place.Organisation = d.organisation.ID
	}
	h.made = append(h.made, d)
	for _, at := range all {
		h.made = append(h.made, h.service(at, l, d.place, organisation, shared, given[at.ServiceID.line()]))
	}
}

// answering is who answers for a place: whom it names, else who answers for the first service there.
func (h *hsdsReader) answering(l *hsdsLocation, all []*hsdsAtLocation) *hsdsOrganization {
	if len(all) > 0 {
		if o := h.feed.organizations[h.feed.services[all[0].ServiceID.line()].OrganizationID.line()]; o != nil {
			return o
		}
	}
	return h.feed.organizations[l.OrganizationID.line()]
}

func (h *hsdsReader) organisation(d *draft, from *hsdsOrganization) *Organisation {
	if from == nil || from.Name.line() == "" {
		return nil
	}
	o := &Organisation{ID: h.own("organization", from.ID.line()), Name: h.text(from.Name), Contact: Contact{Mails: nonEmpty(from.Email.line()), Sites: nonEmpty(from.Website.line())}}
	if from.Description != from.Name {
		o.About = h.text(from.Description)
	}
	for _, p := range from.Phones {
		o.Contact.Phones = append(o.Contact.Phones, hsdsPhoneOf(p))
	}
	o.Source = Source{Name: h.source, ID: from.ID.line()}
	d.cleanedAs(o.Clean(h.setting.Country), map[string]string{"phones": "phones", "mails": "email", "sites": "website"})
	return o
}

// text is a text of the feed, in the territory's first language.
func (h *hsdsReader) text(t hsdsText) i18n.Text {
	return cleanText(i18n.Text{h.setting.Languages[0]: string(t)})
}

// hsdsShared is how everything at a place is reached.
type hsdsShared struct {
	phones     []hsdsPhone
	mail, site string
}

// shared finds how a place is reached: by its own numbers and address, else by what all that is given there have alike. What
// differs is each service's own.
func (h *hsdsReader) shared(l *hsdsLocation, all []*hsdsAtLocation) hsdsShared {
	s := hsdsShared{phones: l.Phones, site: l.URL.line()}
	for i, at := range all {
		one := h.feed.services[at.ServiceID.line()]
		phones := slices.Concat(at.Phones, one.Phones)
		if i == 0 {
			s.mail = one.Email.line()
			if l.URL == "" {
				s.site = one.URL.line()
			}
			if len(l.Phones) == 0 {
				s.phones = phones
			}
			continue
		}
		if s.mail != one.Email.line() {
			s.mail = ""
		}
		if l.URL == "" && s.site != one.URL.line() {
			s.site = ""
		}
		if len(l.Phones) == 0 && !slices.EqualFunc(s.phones, phones, func(a, b hsdsPhone) bool { return hsdsNumber(a) == hsdsNumber(b) }) {
			s.phones = nil
		}
	}
	return s
}

func (h *hsdsReader) place(d *draft, l *hsdsLocation, shared hsdsShared) {
	p := &Place{Name: h.text(l.Name), About: h.text(l.Description), Hours: hsdsHours(l.Schedules, h.now), Wheelchair: WheelchairUnknown,
		Contact: Contact{Mails: nonEmpty(shared.mail), Sites: nonEmpty(shared.site)}}
	d.place = p
	p.ID = h.own("location", l.ID.line())
	p.Source = Source{Name: h.source, ID: d.row}
	for _, phone := range shared.phones {
		p.Contact.Phones = append(p.Contact.Phones, hsdsPhoneOf(phone))
	}
	for _, language := range l.Languages {
		p.Languages = append(p.Languages, nonEmpty(language.Code.line())...)
	}
	for _, fallback := range []hsdsText{l.AlternateName, h.named(l), h.firstLine(l)} {
		if len(p.Name) == 0 {
			p.Name = h.text(fallback)
		}
	}
	if p.Kind = kindOfName(p.Name.In(h.setting.Languages[0])); p.Kind == "" {
		p.Kind = KindServicePoint
	}
	if l.Type.line() == "virtual" {
		p.Kind = "online"
	}
	h.where(d, p, l)
	for _, access := range l.Accessibility {
		if codes, ok := h.words.codes(GroupWheelchair, access.Description.line()); ok && len(codes) == 1 {
			p.Wheelchair = codes[0]
		} else if text := oneLine(string(access.Description + " " + access.Details)); text != "" {
			p.Said = append(p.Said, Said{Field: "accessibility", Text: text})
		}
		if p.Access == "" {
			p.Access = access.URL.line()
		}
	}
	if text := l.Transportation.line(); text != "" {
		p.Said = append(p.Said, Said{Field: "transportation", Text: text})
	}
	if p.Hours.Given != "" && p.Hours.OSM == "" {
		d.findings = append(d.findings, Finding{Line: d.line, File: d.file, Row: d.row, Field: "schedules", Value: shorten(p.Hours.Given), Key: "directory.import.hours-unread"})
	}
	d.cleanedAs(p.Clean(h.setting.Country), map[string]string{"mails": "email", "sites": "url", "point": "latitude", "access": "accessibility"})
}

// named is what a place without a name is called: as who answers for it.
func (h *hsdsReader) named(l *hsdsLocation) hsdsText {
	if o := h.feed.organizations[l.OrganizationID.line()]; o != nil {
		return o.Name
	}
	for _, at := range h.at[l.ID.line()] {
		if o := h.feed.organizations[h.feed.services[at.ServiceID.line()].OrganizationID.line()]; o != nil {
			return o.Name
		}
	}
	return ""
}

// firstLine is the first line of a place's address.
func (h *hsdsReader) firstLine(l *hsdsLocation) hsdsText {
	if len(l.Addresses) == 0 {
		return ""
	}
	return l.Addresses[0].Address1
}

// where reads the address and the position.
func (h *hsdsReader) where(d *draft, p *Place, l *hsdsLocation) {
	if len(l.Addresses) > 0 {
		from := l.Addresses[max(0, slices.IndexFunc(l.Addresses, func(a hsdsAddress) bool { return a.Type.line() == "physical" }))]
		p.Address = Address{Street: from.Address1.line(), More: from.Address2.line(), Town: from.City.line(), Postcode: from.PostalCode.line()}
		if l.Type.line() == "virtual" {
			d.warnOf("location_type", "virtual", "directory.import.virtual-address")
		}
	}
	town := h.towns.find(p.Address.Town, p.Address.Postcode, "")
	p.Address.Unit = h.setting.unit("", p.Address.Town, town)
	y, ok1 := number(l.Latitude.line())
	x, ok2 := number(l.Longitude.line())
	switch {
	case l.Latitude == "" && l.Longitude == "":
	case !ok1 || !ok2:
		d.warnOf("latitude", l.Latitude.line()+", "+l.Longitude.line(), "directory.import.point-number")
	default:
		p.Point = &geo.Point{Lat: y, Lon: x}
		if !onEarth(*p.Point) {
			d.warnOf("latitude", point(*p.Point), "directory.wrong.point", "Value", point(*p.Point))
			p.Point = nil
		}
	}
	if p.Point == nil && town != nil {
		at := town.Point
		p.Point, p.Approximate = &at, true
	}
}
