package org

import (
	"slices"

	"parvis/internal/geo"
	"parvis/internal/i18n"
)

// Territory is who is served: a town, a ward, a department. It is read from territory.yaml; the tags are the names of
// its fields there.
type Territory struct {
	ID       string    `yaml:"id"`       // the folder's name and the database's: "auch"
	Name     i18n.Text `yaml:"name"`     // as it signs: "Ville d'Auch"
	Short    i18n.Text `yaml:"short"`    // as people say it: "Auch"
	Sentence i18n.Text `yaml:"sentence"` // presents it to someone who does not know it

	Hosts     []string `yaml:"hosts"`     // host names that it answers under, without port
	Languages []string `yaml:"languages"` // that its pages are offered in; the first is the default
	Country   string   `yaml:"country"`   // ISO 3166-1, two letters: how phone numbers are read
	Zone      string   `yaml:"zone"`      // IANA time zone
	Currency  string   `yaml:"currency"`  // ISO 4217

	Hue         int       `yaml:"hue"`         // 0 to 359, its only choice of colour
	Centre      geo.Point `yaml:"centre"`      // where its map opens
	Zoom        float64   `yaml:"zoom"`        // and how close, web mercator
	Approximate bool      `yaml:"approximate"` // the outline is a hull or a sketch, and the map says so

	Phone   string    `yaml:"phone"`   // a person answers
	Hours   string    `yaml:"hours"`   // of the phone, OpenStreetMap opening_hours
	Mail    string    `yaml:"mail"`    // for questions about the service
	Address i18n.Text `yaml:"address"` // where to write or come

	Emergency string   `yaml:"emergency"` // the first number to call
	Numbers   []Number `yaml:"numbers"`   // further numbers for emergencies and for help

	Doors    []Door      `yaml:"doors"`    // the ways of being served that it offers, in its order
	Examples []i18n.Text `yaml:"examples"` // what people ask for, in their own words, for the search box

	Workdays       []string  `yaml:"workdays"`        // mon to sun
	Worked         []Span    `yaml:"worked"`          // rest days that are worked in exchange for a bridge
	Holidays       []Holiday `yaml:"holidays"`        // public holidays
	SchoolHolidays []Holiday `yaml:"school-holidays"` // as far as they are published

	Freshness Freshness `yaml:"freshness"` // for how long the directory's records are trusted

	Legal   Legal                        `yaml:"legal"`
	Figures []Figure                     `yaml:"figures"` // public facts for the page that presents it
	Words   map[string]map[string]string `yaml:"words"`   // language, message key, the territory's own word

	calendar *calendar
}

// Number is a phone number for an emergency or for help in distress.
type Number struct {
	Number string    `yaml:"number"`
	Name   i18n.Text `yaml:"name"`
}

// Door is one of the five ways of being served, as this territory offers it.
type Door struct {
	Door string    `yaml:"door"` // online, counter, near-home, home, phone
	Text i18n.Text `yaml:"text"` // one line under its name
}

// Freshness says for how long a record of the directory is trusted, in months since it was last known to be true. What is
// not said is left to the directory: 6, and a month before.
type Freshness struct {
	Ask   int `yaml:"ask"`   // its team is asked whether it is still right
	Stale int `yaml:"stale"` // its page says that nobody confirmed it
}

// Figure is a public fact about the territory. The demo shows it; it is never computed from demo data.
type Figure struct {
	Value int64     `yaml:"value"`
	Unit  string    `yaml:"unit"` // empty, or "percent"
	Label i18n.Text `yaml:"label"`
}

// Legal is what the legal, privacy and accessibility pages are filled with. It names roles, never persons.
type Legal struct {
	Publisher i18n.Text `yaml:"publisher"`
	Director  i18n.Text `yaml:"director"` // the role that answers for what is published
	Host      i18n.Text `yaml:"host"`     // who runs the machines, and where

	PrivacyContact string    `yaml:"privacy-contact"` // an address for questions about personal data
	PrivacyRole    i18n.Text `yaml:"privacy-role"`    // who answers there
	PrivacyLaw     i18n.Text `yaml:"privacy-law"`     // the law that protects people's data here
	Complaint      i18n.Text `yaml:"complaint"`       // the authority to complain to
	ComplaintSite  string    `yaml:"complaint-site"`

	Accessibility          i18n.Text `yaml:"accessibility"`         // the declared state, in a sentence
	AccessibilityContact   string    `yaml:"accessibility-contact"` // an address for a page that somebody cannot use
	AccessibilityLaw       i18n.Text `yaml:"accessibility-law"`
	AccessibilityComplaint i18n.Text `yaml:"accessibility-complaint"` // whom to turn to when the answer does not help
}

// Language is the default language.
func (t *Territory) Language() string {
	if len(t.Languages) == 0 {
		return ""
	}
	return t.Languages[0]
}

// Offers reports whether the pages exist in a language.
func (t *Territory) Offers(lang string) bool { return slices.Contains(t.Languages, lang) }
