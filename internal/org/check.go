package org

import (
	"fmt"
	"net/mail"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/currency"
	"golang.org/x/text/language"

	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/i18n"
)

// The vocabulary of packs.
var (
	doors      = []string{"online", "counter", "near-home", "home", "phone"}
	units      = []string{"", "percent"}
	idForm     = regexp.MustCompile(`^[a-z][a-z0-9-]{1,40}$`)
	hostForm   = regexp.MustCompile(`^[a-z0-9-]+(\.[a-z0-9-]+)*$`)
	phoneForm  = regexp.MustCompile(`^\+?[0-9][0-9 .()-]{1,24}$`)
	keyForm    = regexp.MustCompile(`^[a-z0-9]+([.-][a-z0-9]+)*(=0)?$`)
	knownCodes = i18n.Languages
)

// checker holds a document and what its texts must be offered in.
type checker struct {
	*document
	languages []string
}

// territory notes whatever is wrong with a territory's fields.
func (c checker) territory(t *Territory) {
	c.identity(t)
	c.place(t)
	c.reach(t)
	c.days(t)
	c.legal(t.Legal)
	for i, e := range t.Examples {
		c.text(e, "examples", i)
	}
	for i, f := range t.Figures {
		c.text(f.Label, "figures", i, "label")
		c.among(f.Unit, units, "figures", i, "unit")
	}
	c.words(t)
}

// IDRule says what a territory's id looks like.
const IDRule = "a small letter, then small letters, digits and hyphens, 2 to 41 in all"

// ValidID reports whether a text can be a territory's id, and so the name of its folder and its schema.
func ValidID(text string) bool { return idForm.MatchString(text) }

func (c checker) identity(t *Territory) {
	if !ValidID(t.ID) {
		c.fault(fmt.Sprintf("id %q", t.ID), IDRule+", as the folder is called", "id")
	}
	c.text(t.Name, "name")
	c.text(t.Short, "short")
	c.text(t.Sentence, "sentence")
	if len(t.Hosts) == 0 {
		c.fault("no host name", "hosts: [help.example.org]", "hosts")
	}
	for i, h := range t.Hosts {
		if !hostForm.MatchString(h) {
			c.fault(fmt.Sprintf("host %q", h), "a host name in small letters, without port or path", "hosts", i)
		}
	}
	if len(t.Languages) == 0 {
		c.fault("no language", "languages: [fr, en], the default first", "languages")
	}
	for i, l := range t.Languages {
		if !slices.Contains(knownCodes, l) || slices.Index(t.Languages, l) < i {
			c.fault(fmt.Sprintf("language %q", l), "each once, of "+strings.Join(knownCodes, ", "), "languages", i)
		}
	}
	if r, err := language.ParseRegion(t.Country); err != nil || r.String() != t.Country || len(t.Country) != 2 {
		c.fault(fmt.Sprintf("country %q", t.Country), "two capital letters of ISO 3166: FR", "country")
	}
	if _, err := currency.ParseISO(t.Currency); err != nil || strings.ToUpper(t.Currency) != t.Currency {
		c.fault(fmt.Sprintf("currency %q", t.Currency), "three capital letters of ISO 4217: EUR", "currency")
	}
}

func (c checker) place(t *Territory) {
	if _, err := time.LoadLocation(t.Zone); err != nil || t.Zone == "" || t.Zone == "Local" {
		c.fault(fmt.Sprintf("zone %q", t.Zone), "a time zone such as Europe/Paris", "zone")
	}
	if t.Hue < 0 || t.Hue > 359 {
		c.fault(fmt.Sprintf("hue is %d", t.Hue), "a whole number from 0 to 359", "hue")
	}
	if !t.Centre.Valid() || t.Centre == (geo.Point{}) {
		c.fault("the centre is not on the map", "centre: {lat: 43.65, lon: 0.59}", "centre")
	}
	if t.Zoom < 1 || t.Zoom > 18 {
		c.fault(fmt.Sprintf("zoom is %g", t.Zoom), "a number from 1 (the world) to 18 (a street)", "zoom")
	}
}

// reach is how to get hold of the territory.
func (c checker) reach(t *Territory) {
	c.phone(t.Phone, "phone")
	c.phone(t.Emergency, "emergency")
	for i, n := range t.Numbers {
		c.phone(n.Number, "numbers", i, "number")
		c.text(n.Name, "numbers", i, "name")
	}
	c.mail(t.Mail, "mail")
	c.text(t.Address, "address")
	c.hours(t.Hours, "hours")
	if len(t.Doors) == 0 {
		c.fault("no door", "doors: at least one of "+strings.Join(doors, ", "), "doors")
	}
	for i, d := range t.Doors {
		c.among(d.Door, doors, "doors", i, "door")
		c.text(d.Text, "doors", i, "text")
	}
}

func (c checker) days(t *Territory) {
	if len(t.Workdays) == 0 {
		c.fault("no working day", "workdays: [mon, tue, wed, thu, fri]", "workdays")
	}
	for i, d := range t.Workdays {
		c.among(d, weekdays, "workdays", i)
	}
	if f := t.Freshness; f.Ask < 0 || f.Stale < 0 || f.Ask > 0 && f.Stale > 0 && f.Ask > f.Stale {
		c.fault("a record is asked about after it is no longer trusted", "freshness: {ask: 5, stale: 6}", "freshness")
	}
	for i, s := range t.Worked {
		c.span(s, "worked", i)
	}
	for field, list := range map[string][]Holiday{"holidays": t.Holidays, "school-holidays": t.SchoolHolidays} {
		for i, h := range list {
			c.text(h.Name, field, i, "name")
			if len(h.Days) == 0 {
				c.fault("a holiday without days", "days: [2026-05-01, 2027-05-01]", field, i)
			}
			for j, s := range h.Days {
				c.span(s, field, i, "days", j)
			}
		}
	}
}

func (c checker) legal(l Legal) {
	for name, text := range map[string]i18n.Text{"publisher": l.Publisher, "director": l.Director, "host": l.Host,
		"privacy-role": l.PrivacyRole, "privacy-law": l.PrivacyLaw, "complaint": l.Complaint, "accessibility": l.Accessibility,
		"accessibility-law": l.AccessibilityLaw, "accessibility-complaint": l.AccessibilityComplaint} {
		c.text(text, "legal", name)
	}
	c.mail(l.PrivacyContact, "legal", "privacy-contact")
	c.mail(l.AccessibilityContact, "legal", "accessibility-contact")
	c.site(l.ComplaintSite, "legal", "complaint-site")
}

func (c checker) words(t *Territory) {
	for lang, words := range t.Words {
		if !t.Offers(lang) {
			c.fault(fmt.Sprintf("words in %q, which the territory does not offer", lang), strings.Join(t.Languages, " or "), "words", lang)
		}
		for key, word := range words {
			if !keyForm.MatchString(key) || strings.TrimSpace(word) == "" {
				c.fault(fmt.Sprintf("word %q is %q", key, word), "a message key and the territory's word for it", "words", lang, key)
			}
		}
	}
}

// text asks for a text in every language that the territory offers, and in no unknown one.
func (c checker) text(t i18n.Text, path ...any) {
	for _, lang := range c.languages {
		if strings.TrimSpace(t[lang]) == "" {
			c.fault(fmt.Sprintf("%v has no text in %q", label(path), lang), "a text in each of "+strings.Join(c.languages, ", "), path...)
		}
	}
	for lang := range t {
		if !slices.Contains(knownCodes, lang) {
			c.fault(fmt.Sprintf("a text in %q", lang), "the languages "+strings.Join(knownCodes, ", "), append(path, lang)...)
		}
	}
}

func (c checker) among(word string, known []string, path ...any) {
	if !slices.Contains(known, word) {
		c.fault(fmt.Sprintf("%v %q", label(path), word), oneOf(word, known), path...)
	}
}

func (c checker) phone(number string, path ...any) {
	if !phoneForm.MatchString(number) {
		c.fault(fmt.Sprintf("%v %q", label(path), number), "a phone number as people dial it, in quotes", path...)
	}
}

func (c checker) mail(address string, path ...any) {
	if a, err := mail.ParseAddress(address); err != nil || a.Address != address {
		c.fault(fmt.Sprintf("%v %q", label(path), address), "a mail address: help@example.org", path...)
	}
}

func (c checker) site(address string, path ...any) {
	if u, err := url.Parse(address); err != nil || u.Scheme != "https" || u.Host == "" {
		c.fault(fmt.Sprintf("%v %q", label(path), address), "an address that begins with https://", path...)
	}
}

func (c checker) span(s Span, path ...any) {
	if _, _, ok := s.Bounds(); !ok {
		c.fault(fmt.Sprintf("day %q", s), "2026-05-01, or 2026-02-16..2026-02-20 for days in a row", path...)
	}
}

func (c checker) hours(text string, path ...any) {
	if _, err := hours.Parse(text); err != nil {
		c.fault(fmt.Sprintf("%v %q: %v", label(path), text, err), "opening hours as OpenStreetMap writes them: Mo-Fr 09:00-17:00; PH off", path...)
	}
}

// label is the field that a path leads to: its last name.
func label(path []any) string {
	for _, step := range slices.Backward(path) {
		if name, ok := step.(string); ok {
			return name
		}
	}
	return "it"
}

// offered are the languages that are known, so that an unknown one is told once and not with every text.
func offered(languages []string) []string {
	return slices.DeleteFunc(slices.Clone(languages), func(l string) bool { return !slices.Contains(knownCodes, l) })
}
