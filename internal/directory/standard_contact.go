package directory

import (
	"strings"

	"parvis/internal/directory/mapping"
)

func (s *standardReader) contact(d *draft) {
	c := &d.place.Contact
	for _, text := range numbers(d.cells["telephone"]) {
		if phone, ok := ParsePhone(text, s.setting.country("FR")); ok {
			c.Phones = append(c.Phones, phone)
		} else {
			d.warn("telephone", "directory.wrong.phone", "Value", text, "Example", phoneExample(s.setting.country("FR")))
			d.say("telephone", text)
		}
	}
	for _, text := range mails(d.cells["courriels"]) {
		if address, ok := ParseMail(text); ok {
			c.Mails = append(c.Mails, address)
		} else {
			d.warn("courriels", "directory.wrong.mail", "Value", text)
			d.say("courriels", text)
		}
	}
	for _, text := range sites(d.cells["site_web"]) {
		if site, ok := ParseSite(text); ok {
			c.Sites = append(c.Sites, site)
		} else {
			d.warn("site_web", "directory.wrong.site", "Value", text)
			d.say("site_web", text)
		}
	}
	if text := d.cells["fiche_acces_libre"]; text != "" {
		if site, ok := ParseSite(text); ok {
			d.place.Access = site
		} else {
			d.warn("fiche_acces_libre", "directory.wrong.site", "Value", text)
		}
	}
	if text := d.cells["prise_rdv"]; text != "" {
		if site, ok := ParseSite(text); ok {
			d.service.Booking = site
		} else {
			d.warn("prise_rdv", "directory.wrong.site", "Value", text)
		}
	}
}

// opening reads the hours: OpenStreetMap's syntax, else French as people write it, else kept as text.
func (s *standardReader) opening(d *draft) {
	text := d.cells["horaires"]
	if text == "" {
		return
	}
	d.place.Hours = ReadHours(text)
	if read := ReadHours(d.cells[mapping.HoursRead]); read.OSM != "" {
		d.place.Hours.OSM = read.OSM
	}
	if d.place.Hours.OSM != "" {
		return
	}
	if osm, ok := proseHours(text); ok {
		d.place.Hours.OSM = osm
		d.warn("horaires", "directory.import.hours-prose", "Read", d.place.Hours.OSM)
		return
	}
	d.warn("horaires", "directory.import.hours-unread")
}

// numbers cuts a cell with several phone numbers.
func numbers(cell string) []string {
	var all []string
	for text := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune("|;/\n", r) }) {
		if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// mails cuts a cell with several mail addresses. Spaces part them too, but not the words of somebody who has none.
func mails(cell string) []string {
	var all []string
	for text := range strings.FieldsFuncSeq(cell, func(r rune) bool { return strings.ContainsRune("|;,\n", r) }) {
		if strings.Count(text, "@") > 1 {
			all = append(all, strings.Fields(text)...)
		} else if text = strings.TrimSpace(text); text != "" {
			all = append(all, text)
		}
	}
	return all
}

// sites cuts a cell with several addresses. A semicolon or a comma may be part of one, and a space parts the words of
// somebody who has none: they cut only where another address begins.
func sites(cell string) []string {
	var all []string
	for text := range strings.FieldsFuncSeq(cell, func(r rune) bool { return r == '|' || r == '\n' }) {
		for {
			at := -1
			for _, begins := range []string{"http", "www."} {
				for _, mark := range []string{";", ",", " ", "; ", ", "} {
					if i := strings.Index(text, mark+begins); i >= 0 && (at < 0 || i < at) {
						at = i
					}
				}
			}
			if at < 0 {
				break
			}
			all, text = append(all, strings.TrimSpace(text[:at])), strings.TrimLeft(text[at:], ";, ")
		}
		all = append(all, strings.Trim(text, ";, "))
	}
	return nonEmpty(all...)
}
