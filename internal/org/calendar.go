package org

import (
	"slices"
	"strings"
	"time"

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
	worked map[Date]bool
	public map[Date]i18n.Text
	school map[Date]i18n.Text
}

func newCalendar(t *Territory, zone *time.Location) *calendar {
	c := &calendar{zone: zone, worked: map[Date]bool{}, public: days(t.Holidays), school: days(t.SchoolHolidays)}
	for i, name := range weekdays {
		c.work[i] = slices.Contains(t.Workdays, name)
	}
	for _, span := range t.Worked {
		for _, day := range span.Days() {
			c.worked[day] = true
		}
	}
	return c
}

// days spreads holidays over their days. Two that fall on one day are both named.
func days(holidays []Holiday) map[Date]i18n.Text {
	named := map[Date]i18n.Text{}
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

// Holiday gives the name of the public holiday that falls on a day; nil when none does.
func (t *Territory) Holiday(d Date) i18n.Text {
	if t.calendar == nil {
		return nil
	}
	return t.calendar.public[d]
}

// SchoolHoliday gives the name of the school holiday that a day is in; nil when it is in none.
func (t *Territory) SchoolHoliday(d Date) i18n.Text {
	if t.calendar == nil {
		return nil
	}
	return t.calendar.school[d]
}

// Workday reports whether the authority works on a day: a working day of its week that is no public holiday, or a rest
// day that is worked in exchange for another.
func (t *Territory) Workday(d Date) bool {
	c := t.calendar
	if c == nil {
		return false
	}
	return c.worked[d] || c.work[d.Weekday()] && c.public[d] == nil
}

// AddWorkdays is the day on which a delay of n working days after d ends: the nth working day after d. With n = 0 it is
// d itself when that is a working day, else the next one. A calendar without any working day gives d.
func (t *Territory) AddWorkdays(d Date, n int) Date {
	const horizon = 4000 // days looked at, so that a calendar without working days ends the search
	for range horizon {
		if t.Workday(d) {
			if n == 0 {
				return d
			}
			n--
		} else if n == 0 {
			d = d.Add(1)
			continue
		}
		d = d.Add(1)
	}
	return d
}
