package directory

import (
	"slices"
	"strings"

	"parvis/internal/i18n"
)

func (s *standardReader) texts(d *draft) {
	about := clean(strings.Join(nonEmpty(d.cells["presentation_resume"], d.cells["presentation_detail"]), "\n\n"))
	if about != "" {
		d.place.About = i18n.Text{"fr": about}
	}
	for _, column := range []string{"dispositif_programmes_nationaux", "formations_labels", "autres_formations_labels"} {
		for _, label := range values(d.cells[column]) {
			if label = oneLine(label); !slices.Contains(d.place.Labels, label) {
				d.place.Labels = append(d.place.Labels, label)
			}
		}
	}
}

// offer reads what is offered, to whom, how, and at what cost.
func (s *standardReader) offer(d *draft) {
	var all meaning
	fees, details, notes := []string{}, []string{}, []string{}
	take := func(column string, known standardValues) {
		for _, value := range values(d.cells[column]) {
			m, ok := known.means[valueKey(value)]
			if !ok {
				s.unknown(d, column, value, known)
				continue
			}
			all.add(m)
			if m.fee != "" {
				fees = append(fees, m.fee)
			}
			if m.say != "" && !slices.Contains(details, m.say) {
				details = append(details, m.say)
			}
			if m.keep && column == "frais_a_charge" {
				notes = append(notes, value)
			} else if m.keep {
				d.say(column, value)
			}
		}
	}
	take("services", standardServices)
	take("publics_specifiquement_adresses", standardAudiences)
	take("prise_en_charge_specifique", standardAudiences)
	take("frais_a_charge", standardFees)
	take("modalites_acces", standardAccess)
	take("modalites_accompagnement", standardSupport)
	for _, value := range values(d.cells["itinerance"]) {
		switch valueKey(value) {
		case "itinerant":
			d.place.Itinerant = true
			all.ways = append(all.ways, WayNearHome)
		case "fixe":
		default:
			s.unknown(d, "itinerance", value, standardItinerance)
		}
	}
	v := d.service
	v.Needs, v.Audiences = inOrder(GroupNeed, all.needs), inOrder(GroupAudience, all.audiences)
	v.Ways, v.Entry = inOrder(GroupWay, all.ways), inOrder(GroupEntry, all.entry)
	v.Languages, v.Fee = all.languages, fee(fees)
	for _, code := range inOrder(GroupEquipment, all.equipment) {
		d.place.Equipment = append(d.place.Equipment, Equipment{Code: code})
	}
	if len(details) > 0 {
		v.Details = i18n.Text{"fr": strings.Join(details, " ")}
	}
	if len(notes) > 0 {
		v.FeeNote = i18n.Text{"fr": strings.Join(notes, "\n")}
	}
}

// add takes over what a value means, each code once.
func (m *meaning) add(more meaning) {
	for _, list := range []struct {
		to   *[]string
		from []string
	}{{&m.needs, more.needs}, {&m.audiences, more.audiences}, {&m.ways, more.ways}, {&m.entry, more.entry},
		{&m.equipment, more.equipment}, {&m.languages, more.languages}} {
		for _, code := range list.from {
			if !slices.Contains(*list.to, code) {
				*list.to = append(*list.to, code)
			}
		}
	}
}

// unknown lists a value that the standard does not have, and keeps it in the source's words.
func (s *standardReader) unknown(d *draft, column, value string, known standardValues) {
	d.say(column, value)
	f := Finding{Line: d.line, Row: d.row, Field: column, Value: shorten(value), Key: "directory.import.value"}
	if near := known.nearest(value); near != "" {
		f.Key, f.Args = "directory.import.value-near", []any{"Near", near}
	}
	d.findings = append(d.findings, f)
}

// say keeps a value in the source's own words.
func (d *draft) say(column, value string) {
	d.place.Said = append(d.place.Said, Said{Field: column, Text: oneLine(value)})
}

// fee is one word for all that a row says of its cost: where some is free and some is not, it depends.
func fee(said []string) string {
	if len(said) == 0 {
		return FeeUnknown
	}
	for _, one := range said[1:] {
		if one != said[0] {
			return FeeConditional
		}
	}
	return said[0]
}

// values cuts a cell with several values, at the bar of the standard or the semicolon of its older form.
func values(cell string) []string {
	var all []string
	for value := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == '|' || r == ';' || r == '\n' }) {
		if value = strings.Trim(strings.TrimSpace(value), ","); value != "" && !slices.Contains(all, value) {
			all = append(all, value)
		}
	}
	return all
}
