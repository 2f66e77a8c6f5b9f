package opendata

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"parvis/internal/directory"
	"parvis/internal/id"
)

// Open Referral's Human Services Data Specification 3.1: a service with the organisation that answers for it and the place
// where it is given. Ids are UUIDs, made from our own where those are not.

// HSDSVersion is the version of the specification that is written.
const HSDSVersion = "3.1"

// Statuses of a service.
const (
	hsdsActive  = "active"
	hsdsDefunct = "defunct"
)

// HSDSService is a service as HSDS 3.1 has it.
type HSDSService struct {
	ID                     string                  `json:"id" format:"uuid"`
	OrganizationID         string                  `json:"organization_id,omitempty" format:"uuid"`
	Name                   string                  `json:"name"`
	Description            string                  `json:"description,omitempty"`
	URL                    string                  `json:"url,omitempty" format:"uri"`
	Email                  string                  `json:"email,omitempty" format:"email"`
	Status                 string                  `json:"status" enum:"active,inactive,defunct,temporarily closed"`
	ApplicationProcess     string                  `json:"application_process,omitempty"`
	FeesDescription        string                  `json:"fees_description,omitempty"`
	EligibilityDescription string                  `json:"eligibility_description,omitempty"`
	AssuredDate            string                  `json:"assured_date,omitempty"`
	LastModified           string                  `json:"last_modified,omitempty" format:"date-time"`
	Phones                 []HSDSPhone             `json:"phones,omitempty"`
	Schedules              []HSDSSchedule          `json:"schedules,omitempty"`
	ServiceAtLocations     []HSDSServiceAtLocation `json:"service_at_locations,omitempty"`
	Languages              []HSDSLanguage          `json:"languages,omitempty"`
	Organization           *HSDSOrganization       `json:"organization,omitempty"`
	CostOptions            []HSDSCostOption        `json:"cost_options,omitempty"`
	Attributes             []HSDSAttribute         `json:"attributes,omitempty"`
}

// HSDSOrganization is who answers for services.
type HSDSOrganization struct {
	ID          string         `json:"id" format:"uuid"`
	Name        string         `json:"name"`
	Description string         `json:"description"`
	Email       string         `json:"email,omitempty" format:"email"`
	Website     string         `json:"website,omitempty" format:"uri"`
	Phones      []HSDSPhone    `json:"phones,omitempty"`
	Locations   []HSDSLocation `json:"locations,omitempty"`
}

// HSDSServiceAtLocation says that a service is given at a place. Ours has one place, so its id is the service's.
type HSDSServiceAtLocation struct {
	ID         string        `json:"id" format:"uuid"`
	ServiceID  string        `json:"service_id,omitempty" format:"uuid"`
	LocationID string        `json:"location_id,omitempty" format:"uuid"`
	Location   *HSDSLocation `json:"location,omitempty"`
	Service    *HSDSService  `json:"service,omitempty"`
}

// HSDSLocation is a place.
type HSDSLocation struct {
	ID            string              `json:"id" format:"uuid"`
	LocationType  string              `json:"location_type" enum:"physical,postal,virtual"`
	URL           string              `json:"url,omitempty" format:"uri"`
	Name          string              `json:"name,omitempty"`
	Description   string              `json:"description,omitempty"`
	Latitude      *float64            `json:"latitude,omitempty"`
	Longitude     *float64            `json:"longitude,omitempty"`
	Languages     []HSDSLanguage      `json:"languages,omitempty"`
	Addresses     []HSDSAddress       `json:"addresses,omitempty"`
	Accessibility []HSDSAccessibility `json:"accessibility,omitempty"`
	Phones        []HSDSPhone         `json:"phones,omitempty"`
	Schedules     []HSDSSchedule      `json:"schedules,omitempty"`
}

// HSDSAddress is where a place is.
type HSDSAddress struct {
	ID            string `json:"id" format:"uuid"`
	Address1      string `json:"address_1"`
	Address2      string `json:"address_2,omitempty"`
	City          string `json:"city"`
	StateProvince string `json:"state_province" doc:"The specification asks for it; empty where the record has none."`
	PostalCode    string `json:"postal_code"`
	Country       string `json:"country"`
	AddressType   string `json:"address_type" enum:"physical,postal,virtual"`
}

// HSDSPhone is a phone number.
type HSDSPhone struct {
	ID          string `json:"id" format:"uuid"`
	Number      string `json:"number"`
	Description string `json:"description,omitempty"`
}

// HSDSLanguage is a language that is spoken.
type HSDSLanguage struct {
	ID   string `json:"id" format:"uuid"`
	Code string `json:"code,omitempty"`
}

// HSDSAccessibility says how one gets in.
type HSDSAccessibility struct {
	ID          string `json:"id" format:"uuid"`
	Description string `json:"description,omitempty"`
	URL         string `json:"url,omitempty" format:"uri"`
}

// HSDSCostOption is what a service costs.
type HSDSCostOption struct {
	ID     string  `json:"id" format:"uuid"`
	Option string  `json:"option,omitempty"`
	Amount float64 `json:"amount"`
}

// HSDSSchedule is when somebody is there: a weekly rule, or the hours in words where a rule would say too little.
type HSDSSchedule struct {
	ID          string `json:"id" format:"uuid"`
	Freq        string `json:"freq,omitempty" enum:"WEEKLY,MONTHLY"`
	ByDay       string `json:"byday,omitempty" example:"MO,TU"`
	Description string `json:"description,omitempty"`
	OpensAt     string `json:"opens_at,omitempty" example:"09:00"`
	ClosesAt    string `json:"closes_at,omitempty" example:"12:00"`
}

// HSDSAttribute puts a service under a term.
type HSDSAttribute struct {
	ID             string    `json:"id" format:"uuid"`
	LinkID         string    `json:"link_id,omitempty" format:"uuid"`
	TaxonomyTermID string    `json:"taxonomy_term_id,omitempty" format:"uuid"`
	LinkType       string    `json:"link_type,omitempty"`
	LinkEntity     string    `json:"link_entity,omitempty"`
	TaxonomyTerm   *HSDSTerm `json:"taxonomy_term,omitempty"`
}

// HSDSTaxonomy is one of the directory's vocabularies.
type HSDSTaxonomy struct {
	ID          string `json:"id" format:"uuid"`
	Name        string `json:"name"`
	Description string `json:"description"`
}

// HSDSTerm is one code of a vocabulary.
type HSDSTerm struct {
	ID          string `json:"id" format:"uuid"`
	Code        string `json:"code,omitempty"`
	Name        string `json:"name"`
	Description string `json:"description"`
	Taxonomy    string `json:"taxonomy,omitempty"`
	Language    string `json:"language,omitempty"`
	TaxonomyID  string `json:"taxonomy_id,omitempty" format:"uuid"`
}

// HSDS is a service of an entry, fully nested; with its place and who answers for it left out when it is not full.
func (s *Setting) HSDS(e *directory.Entry, v *directory.Service, full bool) HSDSService {
	own, p := UUID(v.ID), &e.Place
	one := HSDSService{
		ID: own, Name: s.in(v.Name), Description: s.in(v.Details), URL: s.site(p), Email: first(p.Contact.Mails), Status: hsdsActive,
		FeesDescription: s.in(v.FeeNote), EligibilityDescription: strings.Join(s.words(directory.GroupAudience, v.Audiences), ", "),
		ApplicationProcess: strings.Join(s.words(directory.GroupEntry, v.Entry), ", "),
		LastModified:       later(v.Changed, p.Changed).UTC().Format(time.RFC3339), Schedules: s.schedules(own, v.Hours),
		Languages: languages(own, v.Languages),
	}
	if v.IsGone() || p.IsGone() {
		one.Status = hsdsDefunct
	}
	if checked := later(v.Checked(), p.Confirmed.At); !checked.IsZero() {
		one.AssuredDate = s.day(checked)
	}
	if v.Fee == directory.FeeFree {
		one.CostOptions = []HSDSCostOption{{ID: id.From("cost", own), Option: s.word(directory.GroupFee, v.Fee)}}
	}
	if e.Organisation != nil {
		one.OrganizationID = UUID(e.Organisation.ID)
	}
	if !full {
		return one
	}
	for _, need := range v.Needs {
		term := s.Term(directory.GroupNeed, need)
		one.Attributes = append(one.Attributes, HSDSAttribute{ID: id.From("attribute", own, term.ID), LinkID: own, TaxonomyTermID: term.ID,
			LinkType: "service_need", LinkEntity: "service", TaxonomyTerm: &term})
	}
	one.Phones = phones(own, p.Contact)
	at := s.Location(p)
	one.ServiceAtLocations = []HSDSServiceAtLocation{{ID: own, ServiceID: own, LocationID: at.ID, Location: &at}}
	if e.Organisation != nil {
		o := s.Organization(e.Organisation)
		one.Organization = &o
	}
	return one
}

// site is the address of a place's own site, else of its page here.
func (s *Setting) site(p *directory.Place) string {
	if len(p.Contact.Sites) > 0 {
		return p.Contact.Sites[0]
	}
	return s.page(p.ID)
}

// Organization is who answers for a place. The specification wants a description: where there is none, the name.
func (s *Setting) Organization(o *directory.Organisation) HSDSOrganization {
	own := UUID(o.ID)
	one := HSDSOrganization{ID: own, Name: s.in(o.Name), Description: s.in(o.About), Email: first(o.Contact.Mails),
		Website: first(o.Contact.Sites), Phones: phones(own, o.Contact)}
	if one.Description == "" {
		one.Description = one.Name
	}
	return one
}

// Location is a place. A point that is only its town's is left out: the specification cannot say so.
func (s *Setting) Location(p *directory.Place) HSDSLocation {
	own := UUID(p.ID)
	one := HSDSLocation{ID: own, LocationType: "physical", URL: s.site(p), Name: s.in(p.Name), Description: s.in(p.About),
		Languages: languages(own, p.Languages), Phones: phones(own, p.Contact), Schedules: s.schedules(own, p.Hours)}
	if p.Kind == "online" || p.Kind == "phone-line" {
		one.LocationType = "virtual"
	}
	if p.Point != nil && !p.Approximate {
		one.Latitude, one.Longitude = &p.Point.Lat, &p.Point.Lon
	}
	if a := p.Address; a.Street != "" && a.Town != "" {
		one.Addresses = []HSDSAddress{{ID: id.From("address", own), Address1: a.Street, Address2: a.More, City: a.Town,
			PostalCode: a.Postcode, Country: s.Country, AddressType: one.LocationType}}
	}
	if p.Access != "" || p.Wheelchair != directory.WheelchairUnknown && p.Wheelchair != "" {
		access := HSDSAccessibility{ID: id.From("access", own), URL: p.Access}
		if p.Wheelchair != directory.WheelchairUnknown {
			access.Description = s.word(directory.GroupWheelchair, p.Wheelchair)
		}
		one.Accessibility = []HSDSAccessibility{access}
	}
	return one
}

// TermID is the id of a code as a term.
func TermID(g directory.Group, code string) string { return id.From("term", string(g), code) }

// Term is a code of a vocabulary as a term of its taxonomy.
func (s *Setting) Term(g directory.Group, code string) HSDSTerm {
	name := s.word(g, code)
	return HSDSTerm{ID: TermID(g, code), Code: code, Name: name, Description: name, Taxonomy: string(g),
		Language: s.lang(), TaxonomyID: Taxonomy(g).ID}
}

// taxonomies are the vocabularies that others may want to know, and what each is about.
var taxonomies = []struct {
	group directory.Group
	about string
}{
	{directory.GroupNeed, "What a person needs help with."}, {directory.GroupAudience, "Whom a service is meant for."},
	{directory.GroupKind, "What kind of place it is."}, {directory.GroupEquipment, "What can be used at a place."},
}

// Taxonomies are the vocabularies as taxonomies, the one of needs first.
func Taxonomies() []HSDSTaxonomy {
	all := make([]HSDSTaxonomy, len(taxonomies))
	for i, t := range taxonomies {
		all[i] = HSDSTaxonomy{ID: id.From("taxonomy", string(t.group)), Name: string(t.group), Description: t.about}
	}
	return all
}

// Taxonomy is one vocabulary; its zero value when others are not told of it.
func Taxonomy(g directory.Group) HSDSTaxonomy {
	for _, t := range Taxonomies() {
		if t.Name == string(g) {
			return t
		}
	}
	return HSDSTaxonomy{}
}

// Terms are the codes of all vocabularies that others are told of.
func (s *Setting) Terms() []HSDSTerm {
	var all []HSDSTerm
	for _, t := range taxonomies {
		for _, code := range directory.Codes(t.group) {
			all = append(all, s.Term(t.group, code))
		}
	}
	return all
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

func phones(of string, c directory.Contact) []HSDSPhone {
	var all []HSDSPhone
	for _, p := range c.Phones {
		all = append(all, HSDSPhone{ID: id.From("phone", of, p.Number), Number: p.Number, Description: p.Note})
	}
	return all
}

func languages(of string, codes []string) []HSDSLanguage {
	var all []HSDSLanguage
	for _, code := range codes {
		all = append(all, HSDSLanguage{ID: id.From("language", of, code), Code: code})
	}
	return all
}

// WriteHSDS writes all services that are there, fully nested, as ndjson: one to a line, and says how many.
func (s *Setting) WriteHSDS(ctx context.Context, d *directory.Directory, w io.Writer) (written int, err error) {
	out := json.NewEncoder(w)
	out.SetEscapeHTML(false)
	err = d.EachEntry(ctx, func(entries []directory.Entry) error {
		for i := range entries {
			for j := range entries[i].Services {
				if err := out.Encode(s.HSDS(&entries[i], &entries[i].Services[j], true)); err != nil {
					return err
				}
				written++
			}
		}
		return nil
	})
	if err != nil {
		return written, fmt.Errorf("write HSDS: %w", err)
	}
	return written, nil
}
