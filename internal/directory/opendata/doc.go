// Package opendata gives the directory's places to others: as GeoJSON, as data.inclusion v1, as HSDS 3.1, and as records of
// our own. Each is made from the same directory.Entry; the French national CSV, whose reading it mirrors, is written by
// package directory itself.
//
// What always holds:
//
//   - Only what a place publishes itself is given: never who confirmed a record, what visitors remarked, or what a source
//     wrote that our words do not have.
//   - What a format cannot say is left out, never bent; docs/develop/standards.md lists it.
//   - A writer streams: it holds a few hundred places at a time, whatever their number.
//   - A record has the same id in a format each time it is given.
package opendata

import (
	"encoding/json"
	"io"
	"strings"
	"time"
	"unicode/utf8"

	"parvis/internal/directory"
	"parvis/internal/i18n"
	"parvis/internal/id"
)

// Setting is what the writers need to know of the territory.
type Setting struct {
	Territory string                         // its id: the source of what was entered here
	Site      string                         // address of its pages ("https://auch.example.org"); empty: records have no link to their page
	Country   string                         // ISO 3166, two letters
	Zone      *time.Location                 // days are its days
	Languages []string                       // its first one first: what formats of one language are written in
	TownCode  func(directory.Address) string // the official code of an address's town; may be nil
	// Word is what a code of a vocabulary is called in a language; nil: the code itself.
	Word func(lang string, g directory.Group, code string) string
}

// in is a text in the territory's first language, or the nearest there is.
func (s *Setting) in(t i18n.Text) string { return t.In(s.lang(), s.Languages...) }

func (s *Setting) lang() string {
	if len(s.Languages) == 0 {
		return "en"
	}
	return s.Languages[0]
}

func (s *Setting) words(g directory.Group, codes []string) []string {
	all := make([]string, len(codes))
	for i, code := range codes {
		all[i] = s.word(g, code)
	}
	return all
}

func (s *Setting) word(g directory.Group, code string) string {
	if s.Word == nil {
		return code
	}
	return s.Word(s.lang(), g, code)
}

// page is the address of a place's page; empty where the site has none.
func (s *Setting) page(place string) string {
	if s.Site == "" {
		return ""
	}
	return s.Site + "/places/" + place
}

// day is a moment as a day of the territory.
func (s *Setting) day(at time.Time) string {
	if s.Zone != nil {
		at = at.In(s.Zone)
	}
	return at.Format(time.DateOnly)
}

// UUID is the id of a record where a format wants a UUID: its own when it is one, else always the same one made from it.
func UUID(own string) string {
	if id.Valid(own) {
		return own
	}
	return id.From("record", own)
}

// cut shortens a text to a number of characters, at a word, and shows that it did.
func cut(text string, most int) string {
	if utf8.RuneCountInString(text) <= most {
		return text
	}
	runes := []rune(text)[:most-1]
	short := string(runes)
	if at := strings.LastIndexByte(short, ' '); at > most/2 {
		short = short[:at]
	}
	return strings.TrimRight(short, " ,;.") + "…"
}

// list writes the members of a JSON list as they come.
type list struct {
	w     io.Writer
	begun bool
}

func (l *list) add(member any) error {
	text, err := json.Marshal(member)
	if err != nil {
		return err
	}
	if l.begun {
		text = append([]byte(",\n"), text...)
	}
	l.begun = true
	_, err = l.w.Write(text)
	return err
}
