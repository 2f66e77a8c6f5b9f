package directory

import (
	"slices"
	"strings"

	"parvis/internal/directory/inclusion"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// inclusionNetwork is what a network calls itself; the code itself when it is none of the vocabulary.
func inclusionNetwork(code string) (label string, known bool) {
	if label, known = inclusion.Network(code); !known {
		label = code
	}
	return label, known
}

// service makes a service at its structure's place; at a place of its own where its address is another one.
func (s *inclusionReader) service(d *draft, from Source) {
	structure := oneLine(d.cells["structure_id"])
	if structure == "" {
		d.reject("structure_id", "directory.import.no-structure")
		return
	}
	v := &Service{ID: id.From(from.Name, from.ID, "service"), Place: structurePlace(from.Name, structure),
		Name: i18n.Text{"fr": clean(d.cells["nom"])}, Booking: s.site(d, "lien_mobilisation"), Hours: s.hours(d), Fee: FeeUnknown}
	v.Source, d.service = from, v
	at, known := s.places[structure]
	if !known {
		at, known = s.lookup(v.Place)
	}
	s.place(d, v, structure, at, known)
	s.cost(d, v)
	unknown := s.needs(d, v)
	whom := s.whom(d, v)
	s.ways(d, v)
	p := s.words.printer(s.setting.Languages)
	v.Details = cleanText(i18n.Text{"fr": paragraphs(d.cells["description"], labelled(p, "terms", strings.Join(unknown, ", ")), labelled(p, "whom", whom),
		labelled(p, "conditions", d.cells["conditions_acces"]), labelled(p, "how", d.cells["mobilisation_precisions"]),
		s.reached(d, p, at, known))})
}

// structurePlace is the id of the place that a structure is: of the producer whose name its id begins with, which may be
// another one than the service's.
func structurePlace(source, structure string) string {
	if producer, _, ok := strings.Cut(structure, "--"); ok && !strings.HasPrefix(structure, source+"--") {
		source = producer
	}
	return id.From(source, localTo(source, structure))
}

// place finds out where a service is given. What its structure says too is not said twice.
func (s *inclusionReader) place(d *draft, v *Service, structure string, at inclusionPlace, known bool) {
	own := &Place{}
	remarks := len(d.findings)
	s.where(d, own)
	d.findings = d.findings[:remarks] // its structure has told them already, or will
	if own.Address.Line(false) == "" && (own.Point == nil || own.Approximate) {
		return
	}
	if known && (sameWhere(own.Address, at.address) || own.Address.Street == "" && own.Address.Town == at.address.Town) {
		return
	}
	if !known || own.Address.Street == "" && own.Address.Town == "" {
		return
	}
	placeID, local := elsewhere(v.Source, structure, own.Address, own.Point)
	own.ID, own.Name, own.Wheelchair, own.Kind = placeID, v.Name, WheelchairUnknown, KindServicePoint
	if kind := kindOfName(v.Name["fr"]); kind != "" {
		own.Kind = kind
	}
	own.Source = Source{Name: v.Source.Name, ID: local, URL: v.Source.URL, Updated: v.Source.Updated}
	s.contact(d, own)
	own.Said = nil
	v.Place = own.ID
	if before, twice := s.places[own.ID]; twice && sameWhere(before.address, own.Address) {
		return // another service of the structure is given there too
	}
	s.places[own.ID] = placeKnown(own)
	d.place = own
}

func sameWhere(a, b Address) bool {
	return strings.EqualFold(a.Street, b.Street) && strings.EqualFold(a.Town, b.Town) && a.Postcode == b.Postcode
}

// reached tells how the service is reached where its place is reached otherwise.
func (s *inclusionReader) reached(d *draft, p *i18n.Printer, at inclusionPlace, known bool) string {
	if !known || d.place != nil {
		return ""
	}
	var lines []string
	if text := oneLine(d.cells["telephone"]); text != "" {
		if phone, ok := ParsePhone(text, s.setting.country("FR")); !ok {
			d.warn("telephone", "directory.wrong.phone", "Value", text, "Example", phoneExample(s.setting.country("FR")))
		} else if phone.Number != at.phone {
			lines = append(lines, labelled(p, "phone", phone.Show(s.setting.country("FR"))))
		}
	}
	if text := oneLine(d.cells["courriel"]); text != "" {
		if address, ok := ParseMail(text); !ok {
			d.warn("courriel", "directory.wrong.mail", "Value", text)
		} else if address != at.mail {
			lines = append(lines, labelled(p, "mail", address))
		}
	}
	return strings.Join(lines, "\n")
}

func (s *inclusionReader) cost(d *draft, v *Service) {
	switch code := oneLine(d.cells["frais"]); code {
	case "gratuit":
		v.Fee = FeeFree
	case "payant":
		v.Fee = FeePaid
	case "":
	default:
		d.warn("frais", "directory.import.term")
	}
	if text := clean(d.cells["frais_precisions"]); text != "" {
		v.FeeNote = i18n.Text{"fr": text}
	}
}

// needs reads the themes. What our vocabulary does not have is given back in words.
func (s *inclusionReader) needs(d *draft, v *Service) (unknown []string) {
	var all []string
	for _, theme := range bars(d.cells["thematiques"]) {
		needs, ok := inclusion.Needs(theme)
		if !ok {
			d.warnOf("thematiques", theme, "directory.import.term")
			unknown = append(unknown, inclusion.Words(theme))
		}
		for _, need := range needs {
			if !slices.Contains(all, need) {
				all = append(all, need)
			}
		}
	}
	v.Needs = inOrder(GroupNeed, all)
	return unknown
}

// whom reads whom the service is for, and gives back in words what our vocabulary does not have.
func (s *inclusionReader) whom(d *draft, v *Service) string {
	var all, unknown []string
	everyone := false
	for _, code := range bars(d.cells["publics"]) {
		audiences, ok := inclusion.Audiences(code)
		if !ok {
			d.warnOf("publics", code, "directory.import.term")
			unknown = append(unknown, inclusion.Words(code))
		}
		everyone = everyone || ok && len(audiences) == 0
		all = append(all, audiences...)
	}
	more := clean(d.cells["publics_precisions"])
	if codes, ok := s.words.codes(GroupAudience, more); ok {
		all, more = append(all, codes...), ""
	}
	slices.Sort(all)
	if v.Audiences = inOrder(GroupAudience, slices.Compact(all)); everyone {
		v.Audiences = nil
	}
	return strings.Join(nonEmpty(strings.Join(unknown, ", "), more), ". ")
}

// ways reads through which door the service comes, and how one gets in.
func (s *inclusionReader) ways(d *draft, v *Service) {
	modes, by := bars(d.cells["modes_mobilisation"]), bars(d.cells["mobilisable_par"])
	phone, mail := oneLine(d.cells["telephone"]) != "", oneLine(d.cells["courriel"]) != ""
	for _, code := range bars(d.cells["modes_accueil"]) {
		switch code {
		case "en-presentiel":
			v.Ways = append(v.Ways, WayCounter)
		case "a-distance":
			called, written := slices.Contains(modes, "telephoner"), slices.Contains(modes, "envoyer-un-courriel")
			if written || !called && (!mail || phone) {
				v.Ways = append(v.Ways, WayOnline)
			}
			if called || !written && mail && !phone {
				v.Ways = append(v.Ways, WayPhone)
			}
		default:
			d.warnOf("modes_accueil", code, "directory.import.term")
		}
	}
	v.Ways = inOrder(GroupWay, v.Ways)
	known := []string{"envoyer-un-courriel", "se-presenter", "telephoner", "utiliser-lien-mobilisation"}
	for _, code := range modes {
		if !slices.Contains(known, code) {
			d.warnOf("modes_mobilisation", code, "directory.import.term")
		}
	}
	switch walkIn := slices.Contains(modes, "se-presenter"); {
	case walkIn:
		v.Entry = append(v.Entry, EntryWalkIn)
	case slices.Contains(by, "usagers") && len(modes) > 0:
		v.Entry = append(v.Entry, EntryAppointment)
	}
	if slices.Contains(by, "professionnels") {
		v.Entry = append(v.Entry, EntryReferral)
	}
	v.Entry = inOrder(GroupEntry, v.Entry)
}
