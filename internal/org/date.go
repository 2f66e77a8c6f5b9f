package org

import (
	"strings"
	"time"
)

// Date is a calendar day, "2026-11-22". Days compare as texts do.
type Date string

const dateForm = "2006-01-02"

// DateOf is the day of an instant in the zone that the instant carries.
func DateOf(t time.Time) Date { return Date(t.Format(dateForm)) }

// Valid reports whether d is a day of the calendar.
func (d Date) Valid() bool {
	t, err := time.Parse(dateForm, string(d))
	return err == nil && DateOf(t) == d
}

// In is the day's first instant in a zone: midnight, or the first moment after it where the clock jumps over midnight.
func (d Date) In(zone *time.Location) time.Time {
	t, err := time.ParseInLocation(dateForm, string(d), zone)
	if err != nil {
		return time.Time{}
	}
	return t
}

// Add is the day that many days later, or earlier.
func (d Date) Add(days int) Date { return DateOf(d.In(time.UTC).AddDate(0, 0, days)) }

// Weekday is the day of the week.
func (d Date) Weekday() time.Weekday { return d.In(time.UTC).Weekday() }

// Span is a day or several in a row, as a pack writes them: "2026-05-01" or "2026-02-16..2026-02-20".
type Span string

// Bounds are the first and the last day.
func (s Span) Bounds() (first, last Date) {
	a, b, several := strings.Cut(string(s), "..")
	if !several {
		return Date(a), Date(a)
	}
	return Date(a), Date(b)
}

// Valid reports whether both bounds are days of the calendar, in their order, and at most a year apart.
func (s Span) Valid() bool {
	first, last := s.Bounds()
	return first.Valid() && last.Valid() && first <= last && last <= first.Add(366)
}

// Days lists every day of a valid span.
func (s Span) Days() []Date {
	if !s.Valid() {
		return nil
	}
	first, last := s.Bounds()
	days := []Date{first}
	for first < last {
		first = first.Add(1)
		days = append(days, first)
	}
	return days
}
