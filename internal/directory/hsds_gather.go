package directory

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
)

// hsdsMost is how much of HSDS is read at once: what belongs together stands in several tables or pages, so the whole is
// held in memory before its first record is made.
const hsdsMost = 256 << 20

// hsdsFeed is all that a feed says, each object once, in the order in which it came first.
type hsdsFeed struct {
	services      map[string]*hsdsService
	locations     map[string]*hsdsLocation
	organizations map[string]*hsdsOrganization
	terms         map[string]hsdsTerm
	inOrder       []string          // ids of the services
	placesInOrder []string          // ids of the locations
	at            []*hsdsAtLocation // which service is given where, each pair once
	pairs         map[[2]string]*hsdsAtLocation
	atByID        map[string]*hsdsAtLocation
	findings      []Finding
	rows          int
}

func newHSDSFeed() *hsdsFeed {
	return &hsdsFeed{services: map[string]*hsdsService{}, locations: map[string]*hsdsLocation{}, organizations: map[string]*hsdsOrganization{},
		terms: map[string]hsdsTerm{}, pairs: map[[2]string]*hsdsAtLocation{}, atByID: map[string]*hsdsAtLocation{}}
}

// reject lists an object that stays out.
func (h *hsdsFeed) reject(at hsdsWhere, row, field, value, key string, args ...any) {
	h.findings = append(h.findings, Finding{File: at.file, Line: at.line, Row: row, Field: field, Value: shorten(value), Key: key, Args: args, Rejected: true})
}

// object takes over one object of a page. What it is, its list's name tells, else what it has.
func (h *hsdsFeed) object(raw json.RawMessage, kind string, at hsdsWhere) error {
	var probe map[string]json.RawMessage
	if err := json.Unmarshal(raw, &probe); err != nil {
		return err
	}
	has := func(name string) bool { _, ok := probe[name]; return ok }
	h.rows++
	switch {
	case has("service_id") || has("location") && !has("name") || has("location_id") || has("service") && !has("name"):
		var one hsdsAtLocation
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.atLocation(one, "", at)
	case has("location_type") || kind == "locations":
		var one hsdsLocation
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.location(&one, at)
	case kind == "organizations" || !has("status") && !has("service_at_locations") && !has("organization_id") && !has("organization") && !has("taxonomy"):
		var one hsdsOrganization
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.organization(&one, at)
	case has("taxonomy") && !has("status"):
		var one hsdsTerm
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.terms[one.ID.line()] = one
	default:
		var one hsdsService
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.service(&one, at)
	}
	return nil
}

// service takes over a service, and what stands in it. The same service again adds what the first did not say.
func (h *hsdsFeed) service(one *hsdsService, at hsdsWhere) string {
	own := one.ID.line()
	if own == "" {
		h.reject(at, "", "id", "", "directory.import.no-id")
		return ""
	}
	one.where = at
	first, twice := h.services[own]
	switch {
	case !twice:
		h.services[own], h.inOrder = one, append(h.inOrder, own)
	case first.Name != "" && one.Name != "" && first.Name != one.Name:
		h.reject(at, own, "id", own, "directory.import.same-id", "Line", first.where.line)
		return own
	default:
		first.fill(one)
	}
	if one.Organization != nil {
		if id := h.organization(one.Organization, at); id != "" && h.services[own].OrganizationID == "" {
			h.services[own].OrganizationID = hsdsText(id)
		}
		one.Organization = nil
	}
	for i := range one.At {
		h.atLocation(one.At[i], own, at)
	}
	one.At = nil
	return own
}

// fill takes over what the first mention of a service did not say.
func (s *hsdsService) fill(more *hsdsService) {
	for _, pair := range [][2]*hsdsText{{&s.Name, &more.Name}, {&s.OrganizationID, &more.OrganizationID}, {&s.Description, &more.Description}, {&s.URL, &more.URL},
		{&s.Email, &more.Email}, {&s.Status, &more.Status}, {&s.ApplicationProcess, &more.ApplicationProcess}, {&s.Fees, &more.Fees}, {&s.Eligibility, &more.Eligibility},
		{&s.MinimumAge, &more.MinimumAge}, {&s.MaximumAge, &more.MaximumAge}, {&s.Assured, &more.Assured}, {&s.Alert, &more.Alert}} {
		if *pair[0] == "" {
			*pair[0] = *pair[1]
		}
	}
	if s.Phones == nil {
		s.Phones = more.Phones
	}
	if s.Schedules == nil {
		s.Schedules = more.Schedules
	}
	if s.Languages == nil {
		s.Languages = more.Languages
	}
	if s.Costs == nil {
		s.Costs = more.Costs
	}
	if s.Attributes == nil {
		s.Attributes = more.Attributes
	}
	if s.Documents == nil {
		s.Documents = more.Documents
	}
}

// organization takes over an organisation; one that is mentioned shortly is replaced by one that says more.
func (h *hsdsFeed) organization(one *hsdsOrganization, at hsdsWhere) string {
	own := one.ID.line()
	if own == "" {
		h.reject(at, "", "organization.id", one.Name.line(), "directory.import.no-id")
		return ""
	}
	one.where = at
	if first, twice := h.organizations[own]; !twice || len(first.Description)+len(first.Phones) < len(one.Description)+len(one.Phones) {
		h.organizations[own] = one
	}
	for i := range one.Locations {
		where := one.Locations[i]
		if where.OrganizationID == "" {
			where.OrganizationID = one.ID
		}
		h.location(&where, at)
	}
	one.Locations = nil
	return own
}

// location takes over a place; one that is mentioned shortly is replaced by one that says more.
func (h *hsdsFeed) location(one *hsdsLocation, at hsdsWhere) string {
	own := one.ID.line()
	if own == "" {
		h.reject(at, "", "location.id", one.Name.line(), "directory.import.no-id")
		return ""
	}
	one.where = at
	first, twice := h.locations[own]
	weight := func(l *hsdsLocation) int {
		return len(l.Addresses) + len(l.Phones) + len(l.Schedules) + len(l.Accessibility) + len(l.Languages) + min(len(l.Name), 1) + min(len(l.Latitude), 1)
	}
	switch {
	case !twice:
		h.locations[own], h.placesInOrder = one, append(h.placesInOrder, own)
	case weight(first) < weight(one):
		h.locations[own] = one
	}
	return own
}

// atLocation takes over that a service is given at a place.
func (h *hsdsFeed) atLocation(one hsdsAtLocation, service string, at hsdsWhere) {
	if one.Service != nil {
		if id := h.service(one.Service, at); service == "" {
			service = id
		}
	}
	if service == "" {
		service = one.ServiceID.line()
	}
	where := one.LocationID.line()
	if one.Location != nil {
		if id := h.location(one.Location, at); id != "" {
			where = id
		}
	}
	if service == "" || where == "" {
		if one.Service == nil && one.Location == nil { // else it is told already
			h.reject(at, one.ID.line(), "service_at_location", strings.Join(nonEmpty(service, where), ", "), "directory.import.no-owner")
		}
		return
	}
	one.where = at
	key := [2]string{service, where}
	if first, twice := h.pairs[key]; twice {
		if first.Phones == nil {
			first.Phones = one.Phones
		}
		if first.Schedules == nil {
			first.Schedules = one.Schedules
		}
		return
	}
	one.ServiceID, one.LocationID, one.Service, one.Location = hsdsText(service), hsdsText(where), nil, nil
	h.pairs[key] = &one
	h.at = append(h.at, &one)
	if one.ID != "" {
		h.atByID[one.ID.line()] = &one
	}
}

// pages reads a JSON file of HSDS: pages, lists, or one object to a line.
func (h *hsdsFeed) pages(r io.Reader, paged bool, file string, ends *bool) error {
	lists, err := newLists(r, paged)
	if errors.Is(err, io.EOF) {
		return nil
	}
	if err != nil {
		return err
	}
	for {
		raw, kind, line, err := lists.object()
		var finding *Finding
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.As(err, &finding):
			finding.File = file
			h.rows++
			h.findings = append(h.findings, *finding)
			*ends = *ends || finding.ends
			continue
		case err != nil:
			return err
		}
		if err := h.object(raw, kind, hsdsWhere{file, line}); err != nil {
			h.reject(hsdsWhere{file, line}, "", "", string(raw), "directory.import.no-object")
		}
	}
}

// hsdsTables are the tables of the tabular package that are read, by the names that publishers give them.
var hsdsTables = map[string]string{
	"organization": "organization", "location": "location", "service": "service", "service_at_location": "service_at_location", "phone": "phone",
	"address": "address", "physical_address": "address", "schedule": "schedule", "regular_schedule": "schedule", "language": "language",
	"accessibility": "accessibility", "accessibility_for_disability": "accessibility", "cost_option": "cost_option", "required_document": "required_document",
	"attribute": "attribute", "taxonomy_term": "taxonomy_term",
}

// hsdsTable is the table that a file of a package is; empty for one that is not read.
func hsdsTable(name string) string {
	name = columnName(strings.TrimSuffix(name, ".csv"))
	for _, form := range []string{name, strings.TrimSuffix(name, "s"), strings.TrimSuffix(name, "es"), strings.TrimSuffix(name, "ies") + "y"} {
		if table := hsdsTables[form]; table != "" {
			return table
		}
	}
	return ""
}

// tablesInOrder are the tables in the order in which they are read: what is named before what names it.
var tablesInOrder = []string{"organization", "location", "service", "service_at_location", "taxonomy_term", "phone", "address", "schedule", "language",
	"accessibility", "cost_option", "required_document", "attribute"}

// row takes over one row of a table.
func (h *hsdsFeed) row(table string, cells map[string]string, at hsdsWhere) error {
	for _, nested := range []string{"organization", "location", "service", "taxonomy_term"} {
		delete(cells, nested) // what stands inside in the API, and is no text
	}
	raw, err := json.Marshal(cells)
	if err != nil {
		return err
	}
	switch table {
	case "organization", "location", "service", "service_at_location":
		h.rows++
		return h.main(table, raw, at)
	case "taxonomy_term":
		var one hsdsTerm
		err = json.Unmarshal(raw, &one)
		h.terms[one.ID.line()] = one
		return err
	case "attribute":
		var one hsdsAttribute
		err = json.Unmarshal(raw, &one)
		if s := h.services[one.LinkID.line()]; s != nil {
			s.Attributes = append(s.Attributes, one)
		}
		return err
	}
	var link hsdsLink
	if err := json.Unmarshal(raw, &link); err != nil {
		return err
	}
	s, l, o, pair := h.belongs(link)
	if s == nil && l == nil && o == nil && pair == nil && link.ContactID == "" && link.PhoneID == "" {
		h.findings = append(h.findings, Finding{File: at.file, Line: at.line, Row: cells["id"], Value: shorten(cells["number"] + cells["description"]), Key: "directory.import.no-owner"})
	}
	return h.detail(table, raw)
}

func (h *hsdsFeed) main(table string, raw json.RawMessage, at hsdsWhere) error {
	switch table {
	case "organization":
		var one hsdsOrganization
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.organization(&one, at)
	case "location":
		var one hsdsLocation
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.location(&one, at)
	case "service":
		var one hsdsService
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.service(&one, at)
	case "service_at_location":
		var one hsdsAtLocation
		if err := json.Unmarshal(raw, &one); err != nil {
			return err
		}
		h.atLocation(one, "", at)
	}
	return nil
}

// detail takes over a row of a table whose rows belong to others: to each that it names.
func (h *hsdsFeed) detail(table string, raw json.RawMessage) (err error) {
	switch table {
	case "phone":
		err = attach(raw, func(one hsdsPhone) {
			s, l, o, at := h.belongs(one.hsdsLink)
			if s != nil {
				s.Phones = append(s.Phones, one)
			}
			if l != nil {
				l.Phones = append(l.Phones, one)
			}
			if o != nil {
				o.Phones = append(o.Phones, one)
			}
			if at != nil {
				at.Phones = append(at.Phones, one)
			}
		})
	case "schedule":
		err = attach(raw, func(one hsdsSchedule) {
			s, l, _, at := h.belongs(one.hsdsLink)
			if s != nil {
				s.Schedules = append(s.Schedules, one)
			}
			if l != nil {
				l.Schedules = append(l.Schedules, one)
			}
			if at != nil {
				at.Schedules = append(at.Schedules, one)
			}
		})
	case "language":
		err = attach(raw, func(one hsdsLanguage) {
			s, l, _, _ := h.belongs(one.hsdsLink)
			if s != nil {
				s.Languages = append(s.Languages, one)
			}
			if l != nil {
				l.Languages = append(l.Languages, one)
			}
		})
	default:
		err = h.detailOfOne(table, raw)
	}
	return err
}

// detailOfOne is detail for the tables whose rows belong to a place alone, or to a service alone.
func (h *hsdsFeed) detailOfOne(table string, raw json.RawMessage) error {
	switch table {
	case "address":
		return attach(raw, func(one hsdsAddress) {
			if l := h.locations[one.LocationID.line()]; l != nil {
				l.Addresses = append(l.Addresses, one)
			}
		})
	case "accessibility":
		return attach(raw, func(one hsdsAccess) {
			if l := h.locations[one.LocationID.line()]; l != nil {
				l.Accessibility = append(l.Accessibility, one)
			}
		})
	case "cost_option":
		return attach(raw, func(one hsdsCost) {
			if s := h.services[one.ServiceID.line()]; s != nil {
				s.Costs = append(s.Costs, one)
			}
		})
	case "required_document":
		return attach(raw, func(one hsdsDocument) {
			if s := h.services[one.ServiceID.line()]; s != nil {
				s.Documents = append(s.Documents, one)
			}
		})
	}
	return nil
}

func attach[T any](raw json.RawMessage, to func(T)) error {
	var one T
	err := json.Unmarshal(raw, &one)
	if err == nil {
		to(one)
	}
	return err
}

// belongs finds what a row of a table belongs to; nil for what it does not name or is not there.
func (h *hsdsFeed) belongs(link hsdsLink) (s *hsdsService, l *hsdsLocation, o *hsdsOrganization, at *hsdsAtLocation) {
	return h.services[link.ServiceID.line()], h.locations[link.LocationID.line()], h.organizations[link.OrganizationID.line()],
		h.atByID[link.AtLocationID.line()]
}
