package org

import (
	"strings"

	"parvis/internal/hours"
)

// Span is a day or several in a row, as a pack writes them: "2026-05-01" or "2026-02-16..2026-02-20".
type Span string

// longest is the most days that a span may have; more is a slip in a year.
const longest = 120

// Bounds are the first and the last day; ok is false when they are no days of the calendar, stand in the wrong order,
// or lie more than 120 days apart.
func (s Span) Bounds() (first, last hours.Date, ok bool) {
	a, b, several := strings.Cut(string(s), "..")
	if !several {
		b = a
	}
	first, errA := hours.ParseDate(a)
	last, errB := hours.ParseDate(b)
	return first, last, errA == nil && errB == nil && first <= last && last-first < longest
}

// Days lists every day of the span; none when it has no bounds.
func (s Span) Days() []hours.Date {
	first, last, ok := s.Bounds()
	if !ok {
		return nil
	}
	days := make([]hours.Date, 0, last-first+1)
	for day := first; day <= last; day++ {
		days = append(days, day)
	}
	return days
}
