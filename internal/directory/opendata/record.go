package opendata

import (
	"time"

	"parvis/internal/directory"
)

// Place is a place as our own API and GeoJSON give it. Texts are by language; codes are of the directory's vocabularies.
type Place struct {
	ID           string            `json:"id" doc:"The record's id. It never changes."`
	Page         string            `json:"page,omitempty" doc:"Its page on this site."`
	Kind         string            `json:"kind" doc:"What kind of place it is: a code of the vocabulary."`
	Name         map[string]string `json:"name" doc:"Its name, by language."`
	About        map[string]string `json:"about,omitempty" doc:"What it is, by language."`
	Bring        map[string]string `json:"bring,omitempty" doc:"What to bring, by language."`
	Address      Address           `json:"address"`
	Position     *Position         `json:"position,omitempty" doc:"Where it is; absent where nobody knows."`
	Phones       []Phone           `json:"phones,omitempty"`
	Mails        []string          `json:"mails,omitempty"`
	Sites        []string          `json:"sites,omitempty"`
	Hours        *Hours            `json:"hours,omitempty"`
	Wheelchair   string            `json:"wheelchair" enum:"yes,partly,no,unknown" doc:"Whether a wheelchair gets in."`
	Access       string            `json:"access,omitempty" doc:"A page that tells how to get in."`
	Languages    []string          `json:"languages,omitempty" doc:"Languages spoken there (BCP 47)."`
	Equipment    []Equipment       `json:"equipment,omitempty"`
	Itinerant    bool              `json:"itinerant,omitempty" doc:"It moves from village to village."`
	Labels       []string          `json:"labels,omitempty" doc:"Programmes it belongs to."`
	Register     string            `json:"register,omitempty" doc:"Its number in the country's register."`
	Organisation *Organisation     `json:"organisation,omitempty" doc:"Who answers for it."`
	Services     []Service         `json:"services" doc:"What is offered there."`
	Source       *Source           `json:"source,omitempty" doc:"The register it came from; absent when it was entered here."`
	Confirmed    *time.Time        `json:"confirmed,omitempty" doc:"When its team last said that the record is true."`
	Changed      time.Time         `json:"changed" doc:"When the record, a service of it or its organisation last changed here."`
	Gone         *time.Time        `json:"gone,omitempty" doc:"When it closed for good. A reader takes it out."`
}

// Address is where a place is, as written on an envelope.
type Address struct {
	Street   string `json:"street,omitempty"`
	More     string `json:"more,omitempty" doc:"Building, floor, behind the church."`
	Postcode string `json:"postcode,omitempty"`
	Town     string `json:"town,omitempty"`
	Unit     string `json:"unit,omitempty" doc:"Code of the commune, ward or neighbourhood in this territory."`
	Country  string `json:"country,omitempty" doc:"ISO 3166, two letters."`
}

// Position is a point on the globe (WGS 84).
type Position struct {
	Lat         float64 `json:"lat" doc:"Degrees north."`
	Lon         float64 `json:"lon" doc:"Degrees east."`
	Approximate bool    `json:"approximate,omitempty" doc:"The point is its town's, not its own."`
}

// Phone is a phone number.
type Phone struct {
	Number string `json:"number" example:"+33353010012"`
	Note   string `json:"note,omitempty" doc:"Whom it reaches, or when."`
}

// Hours are opening hours.
type Hours struct {
	Given string `json:"given" doc:"As they were given."`
	OSM   string `json:"osm,omitempty" doc:"The same in OpenStreetMap's syntax; absent when they cannot be read." example:"Mo-Fr 09:00-12:00"`
}

// Equipment is something that can be used at a place.
type Equipment struct {
	Code   string `json:"code" doc:"A code of the vocabulary."`
	Number int    `json:"number,omitempty" doc:"How many."`
	Note   string `json:"note,omitempty"`
}

// Organisation is who answers for a place.
type Organisation struct {
	ID   string            `json:"id"`
	Name map[string]string `json:"name" doc:"Its name, by language."`
}

// Service is something offered at a place.
type Service struct {
	ID        string            `json:"id"`
	Name      map[string]string `json:"name"`
	Details   map[string]string `json:"details,omitempty"`
	Needs     []string          `json:"needs,omitempty" doc:"What it helps with: codes of the vocabulary."`
	Audiences []string          `json:"audiences,omitempty" doc:"Whom it is for; absent: everyone."`
	Ways      []string          `json:"ways,omitempty" doc:"How the help reaches the person: online, counter, near-home, home, phone."`
	Entry     []string          `json:"entry,omitempty" doc:"How one gets in: walk-in, appointment, referral."`
	Fee       string            `json:"fee" enum:"free,conditional,paid,unknown"`
	FeeNote   map[string]string `json:"fee_note,omitempty"`
	Languages []string          `json:"languages,omitempty" doc:"Spoken for this service; absent: those of the place."`
	Hours     *Hours            `json:"hours,omitempty" doc:"Of this service; absent: those of the place."`
	Booking   string            `json:"booking,omitempty" doc:"Where an appointment is taken."`
	Capacity  *Capacity         `json:"capacity,omitempty" doc:"Places left; absent when nobody knows now."`
	Gone      *time.Time        `json:"gone,omitempty" doc:"When it ended for good."`
}

// Capacity is how many places a service has left.
type Capacity struct {
	Left  int       `json:"left"`
	Until time.Time `json:"until" doc:"Until when that is to be believed."`
}

// Source is the register that a record came from.
type Source struct {
	Name    string     `json:"name"`
	ID      string     `json:"id,omitempty" doc:"The record's id there."`
	URL     string     `json:"url,omitempty" doc:"Where it can be read there."`
	Updated *time.Time `json:"updated,omitempty" doc:"When it was last changed there."`
}

// Record is an entry as our own API gives it; now is for what holds until a moment only.
func (s *Setting) Record(e *directory.Entry, now time.Time) Place {
	p := &e.Place
	r := Place{
		ID: p.ID, Page: s.page(p.ID), Kind: p.Kind, Name: p.Name, About: p.About, Bring: p.Bring,
		Address: Address{Street: p.Address.Street, More: p.Address.More, Postcode: p.Address.Postcode, Town: p.Address.Town, Unit: p.Address.Unit, Country: s.Country},
		Mails:   p.Contact.Mails, Sites: p.Contact.Sites, Hours: opening(p.Hours), Wheelchair: p.Wheelchair, Access: p.Access,
		Languages: p.Languages, Itinerant: p.Itinerant, Labels: p.Labels, Register: p.Register, Services: []Service{},
		Confirmed: moment(p.Confirmed.At), Changed: e.Changed().UTC(), Gone: moment(p.Gone),
	}
	if p.Point != nil {
		r.Position = &Position{Lat: p.Point.Lat, Lon: p.Point.Lon, Approximate: p.Approximate}
	}
	for _, phone := range p.Contact.Phones {
		r.Phones = append(r.Phones, Phone(phone))
	}
	for _, piece := range p.Equipment {
		r.Equipment = append(r.Equipment, Equipment(piece))
	}
	if e.Organisation != nil {
		r.Organisation = &Organisation{ID: e.Organisation.ID, Name: e.Organisation.Name}
	}
	if p.Source.Name != "" {
		r.Source = &Source{Name: p.Source.Name, ID: p.Source.ID, URL: p.Source.URL, Updated: moment(p.Source.Updated)}
	}
	for i := range e.Services {
		r.Services = append(r.Services, service(&e.Services[i], now))
	}
	return r
}

func service(s *directory.Service, now time.Time) Service {
	one := Service{
		ID: s.ID, Name: s.Name, Details: s.Details, Needs: s.Needs, Audiences: s.Audiences, Ways: s.Ways, Entry: s.Entry, Fee: s.Fee,
		FeeNote: s.FeeNote, Languages: s.Languages, Hours: opening(s.Hours), Booking: s.Booking, Gone: moment(s.Gone),
	}
	if left, known := s.Capacity.At(now); known {
		one.Capacity = &Capacity{Left: left, Until: s.Capacity.Until.UTC()}
	}
	return one
}

func opening(h directory.Hours) *Hours {
	if h.Given == "" {
		return nil
	}
	return &Hours{Given: h.Given, OSM: h.OSM}
}

// moment is an instant that may not be known, as JSON leaves it out.
func moment(at time.Time) *time.Time {
	if at.IsZero() {
		return nil
	}
	at = at.UTC()
	return &at
}
