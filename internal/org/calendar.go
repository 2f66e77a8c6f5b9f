package org

import (
	"slices"
	"strings"
	"time"

	"parvis/internal/hours"
	"parvis/internal/i18n"
)

// Holiday is a public or a school holiday and the days on which it falls, year by year.
type Holiday struct {
	Name i18n.Text `yaml:"name"`
	Days []Span    `yaml:"days"`
}

// weekdays are the names that packs use, Sunday first as in package time.
var weekdays = []string{"sun", "mon", "tue", "wed", "thu", "fri", "sat"}

// calendar answers questions about days without a search.
type calendar struct {
	zone   *time.Location
	work   [7]bool
	worked map[hours.Date]bool
	public map[hours.Date]i18n.Text
	said   map[string]hours.Holidays // by language
}

func newCalendar(t *Territory, zone *time.Location) *calendar {
	c := &calendar{zone: zone, worked: map[hours.Date]bool{}, public: days(t.Holidays), said: map[string]hours.Holidays{}}
	for i, name := range weekdays {
		c.work[i] = slices.Contains(t.Workdays, name)
	}
	for _, span := range t.Worked {
		for _, day := range span.Days() {
			c.worked[day] = true
		}
	}
	for _, lang := range t.Languages {
		c.said[lang] = hours.Holidays{Public: merged(c.public, lang), School: periods(t.SchoolHolidays, lang)}
	}
	return c
}

// days spreads holidays over their days. Two that fall on one day are both named.
func days(holidays []Holiday) map[hours.Date]i18n.Text {
	named := map[hours.Date]i18n.Text{}
	for _, h := range holidays {
		for _, span := range h.Days {
			for _, day := range span.Days() {
				if named[day] == nil {
					named[day] = h.Name
					continue
				}
				both := i18n.Text{}
				for lang, name := range h.Name {
					both[lang] = strings.Join([]string{named[day][lang], name}, ", ")
				}
				named[day] = both
			}
		}
	}
	return named
}

// merged gives the days as periods in their order; neighbours with one name become one period.
func merged(named map[hours.Date]i18n.Text, lang string) []hours.Period {
	var list []hours.Period
	for day, name := range named {
		list = append(list, hours.Period{From: day, To: day, Name: name[lang]})
	}
	slices.SortFunc(list, func(a, b hours.Period) int { return int(a.From - b.From) })
	var rows []hours.Period
	for _, p := range list {
		if n := len(rows); n > 0 && rows[n-1].To+1 == p.From && rows[n-1].Name == p.Name {
			rows[n-1].To = p.To
			continue
		}
		rows = append(rows, p)
	}
	return rows
}

func periods(holidays []Holiday, lang string) []hours.Period {
	var list []hours.Period
	for _, h := range holidays {
		for _, span := range h.Days {
			if first, last, ok := span.Bounds(); ok {
				list = append(list, hours.Period{From: first, To: last, Name: h.Name[lang]})
			}
		}
	}
	slices.SortFunc(list, func(a, b hours.Period) int { return int(a.From - b.From) })
	return list
}

// Calendar gives the public and school holidays, named in a language that the territory offers (else in its own), as
// opening hours need them. The caller adds a place's own closures with With.
func (t *Territory) Calendar(lang string) hours.Holidays {
	if t.calendar == nil {
		return hours.Holidays{}
	}
	if h, ok := t.calendar.said[lang]; ok {
		return h
	}
	return t.calendar.said[t.Language()]
}

// Location is the territory's time zone.
func (t *Territory) Location() *time.Location {
	if t.calendar == nil {
		return time.UTC
	}
	return t.calendar.zone
}

// Today is the calendar day of an instant in the territory's zone.
func (t *Territory) Today(now time.Time) hours.Date { return hours.DateOf(now.In(t.Location())) }

// Holiday gives the name of the public holiday that falls on a day; nil when none does.
func (t *Territory) Holiday(d hours.Date) i18n.Text {
	if t.calendar == nil {
		return nil
	}
	return t.calendar.public[d]
}

// Workday reports whether the authority works on a day: a working day of its week that is no public holiday, or a rest
// day that is worked in exchange for another.
func (t *Territory) Workday(d hours.Date) bool {
	c := t.calendar
	if c == nil {
		return false
	}
	return c.worked[d] || c.work[d.Weekday()] && c.public[d] == nil
}

// AddWorkdays is the day on which a delay of n working days after d ends: the nth working day after d. With n = 0 it is
// d itself when that is a working day, else the next one. A calendar without any working day gives d.
func (t *Territory) AddWorkdays(d hours.Date, n int) hours.Date {
	const horizon = 31 // no rest lasts longer, so that a calendar without working days ends the search
	next := func(from hours.Date) (hours.Date, bool) {
		for day := from; day < from+horizon; day++ {
			if t.Workday(day) {
				return day, true
			}
		}
		return d, false
	}
	if n <= 0 {
		day, _ := next(d)
		return day
	}
	end := d
	for range n {
		day, ok := next(end + 1)
		if !ok {
			return d
		}
		end = day
	}
	return end
}
