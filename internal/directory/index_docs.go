package directory

import (
	"maps"
	"slices"
	"strings"

	"parvis/internal/search"
)

// The names of facets, as filters and addresses have them.
const (
	FacetNeed         = "need"
	FacetAudience     = "audience"
	FacetWay          = "way"
	FacetEntry        = "entry"
	FacetFee          = "fee"
	FacetEquipment    = "equipment"
	FacetWheelchair   = "wheelchair"
	FacetKind         = "kind"
	FacetUnit         = "unit"
	FacetSpoken       = "spoken"
	FacetOrganisation = "organisation"
)

// The fields of a document, as reasons name them: where a word was found.
const (
	FieldName  = "name"  // in its name
	FieldNeed  = "need"  // in what it offers
	FieldPlace = "place" // in where it is
	FieldAbout = "about" // in its description
)

// How much a word counts by where it stands.
const (
	weightName    = 8
	weightService = 4
	weightPlace   = 3
	weightAbout   = 1
)

// found is what the index reads of a place: its columns and those of its services.
type found struct {
	id, organisation, kind, name, about, street, more, postcode, town, unit string
	hours, wheelchair, languages, equipment, labels, itinerant              string
	organisationName                                                        string
	also                                                                    []string // what the records under it are called
	lat, lon                                                                *float64
	services                                                                []offered
}

// offered is what the index reads of a service.
type offered struct {
	name, details, needs, audiences, ways, entry, fee, languages string
}

// doc is a place as the search index wants it. The words of its codes are not in it: the index is taught them once.
func (x *index) doc(f *found) search.Doc {
	facets := map[string][]string{FacetKind: {f.kind}, FacetWheelchair: {f.wheelchair}}
	set := func(name string, values []string) {
		if len(values) > 0 {
			facets[name] = values
		}
	}
	needs, audiences := codes{}, codes{}
	ways, entry, fees, spoken := codes{}, codes{}, codes{}, codes{}
	spoken.add(f.languages)
	var services, details []string
	for i := range f.services {
		s := &f.services[i]
		needs.add(s.needs)
		ways.add(s.ways)
		entry.add(s.entry)
		fees.add(s.fee)
		spoken.add(s.languages)
		if s.audiences == "" {
			audiences.add(AudienceEveryone)
		}
		audiences.add(s.audiences)
		services = append(services, every(s.name))
		details = append(details, every(s.details))
	}
	var equipment []string
	for _, piece := range readList(f.equipment) {
		equipment = append(equipment, ParseEquipment(piece).Code)
	}
	set(FacetNeed, needs)
	set(FacetAudience, audiences)
	set(FacetWay, ways)
	set(FacetEntry, entry)
	set(FacetFee, fees)
	set(FacetSpoken, spoken)
	set(FacetEquipment, equipment)
	set(FacetUnit, nonEmpty(f.unit))
	set(FacetOrganisation, nonEmpty(f.organisation))
	doc := search.Doc{ID: f.id, Facets: facets, Point: pointOf(f.lat, f.lon)}
	add := func(name string, weight float32, texts ...string) {
		if text := strings.Join(nonEmpty(texts...), ". "); text != "" {
			doc.Fields = append(doc.Fields, search.Field{Name: name, Text: text, Weight: weight})
		}
	}
	add(FieldName, weightName, every(f.name))
	add(FieldNeed, weightService, services...)
	add(FieldPlace, weightPlace, f.street, f.more, f.postcode, f.town, x.units[f.unit])
	about := []string{every(f.about), f.organisationName, strings.ReplaceAll(f.labels, "\n", ". ")}
	add(FieldAbout, weightAbout, slices.Concat(about, f.also, details)...)
	return doc
}

// codes gathers codes, each once.
type codes []string

func (c *codes) add(column string) {
	for code := range strings.SplitSeq(column, "|") {
		if code != "" && !slices.Contains(*c, code) {
			*c = append(*c, code)
		}
	}
}

// every is a text in all its languages, as one to be searched.
func every(column string) string {
	switch {
	case column == "":
		return ""
	case !strings.Contains(column, `\`) && strings.Count(column, `"`) == 4: // one language, nothing escaped
		if at := strings.Index(column, `":"`); at > 0 {
			return column[at+3 : len(column)-2]
		}
	}
	text, err := readText(column)
	if err != nil {
		return ""
	}
	var all []string
	for _, lang := range slices.Sorted(maps.Keys(text)) {
		all = append(all, text[lang])
	}
	return strings.Join(all, ". ")
}
