package directory

import (
	"slices"
	"strings"

	"parvis/internal/hours"
)

// osmDays are the days of the week in OpenStreetMap's syntax, Monday first.
var osmDays = [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

// weekOf writes a week in OpenStreetMap's syntax, with a remark beside all its times; empty when no day is open.
func weekOf(days [7][]hours.Span, remark string) string {
	if remark != "" {
		remark = " \"" + remark + "\""
	}
	var rules []string
	for i := 0; i < 7; {
		last := i
		for last < 6 && slices.Equal(days[last+1], days[i]) {
			last++
		}
		if len(days[i]) > 0 {
			name := osmDays[i]
			if last > i {
				name += "-" + osmDays[last]
			}
			rules = append(rules, name+" "+strings.ReplaceAll(showTimes(days[i]), ", ", ",")+remark)
		}
		i = last + 1
	}
	return strings.Join(rules, "; ")
}

// someMonday is where weeks are compared: a year from it has every month and both ends of summer time.
var someMonday = hours.NewDate(2024, 1, 1)

const yearOfWeeks = 53

// daysOf lays hours out as the times of seven days. False when that would not be the same hours: they differ from week to
// week, are not sure, or cannot be read. No hours are seven days of none.
func daysOf(h Hours) (days [7]string, weekly bool) {
	if h.Given == "" {
		return days, true
	}
	schedule, ok := h.Schedule()
	if !ok {
		return days, false
	}
	osm := weekOf(plainWeek(schedule), remarkOf(h))
	if osm == "" {
		return days, false
	}
	again := ReadHours(osm + holidaysOf(h, osm))
	rebuilt, ok := again.Schedule()
	if !ok || !sameHours(schedule, rebuilt) {
		return days, false
	}
	for i, spans := range plainWeek(schedule) {
		days[i] = showTimes(spans)
	}
	return days, true
}

// plainWeek are the times of a usual week, without what is said beside them.
func plainWeek(s hours.Schedule) (days [7][]hours.Span) {
	for i, day := range s.Week(someMonday, hours.Holidays{}) {
		for _, span := range day.Spans {
			days[i] = append(days[i], hours.Span{From: span.From, To: span.To})
		}
	}
	return days
}

// holidaysOf is what hours say of holidays, when that is only that they are closed: it follows the times osm.
func holidaysOf(h Hours, osm string) string {
	schedule, ok := h.Schedule()
	if !ok || osm == "" {
		return ""
	}
	text := ""
	if closedOn(schedule, hours.Holidays{Public: everyDay()}) {
		text += "; PH off"
	}
	if closedOn(schedule, hours.Holidays{School: everyDay()}) {
		text += "; SH off"
	}
	return text
}

func everyDay() []hours.Period { return []hours.Period{{From: someMonday, To: someMonday + 6}} }

func closedOn(s hours.Schedule, h hours.Holidays) bool {
	return !slices.ContainsFunc(s.Week(someMonday, h), func(d hours.Day) bool { return !d.Closed() })
}

// remarkOf is what hours say beside their times, when every one of them says the same.
func remarkOf(h Hours) (remark string) {
	schedule, ok := h.Schedule()
	if !ok {
		return ""
	}
	first := true
	for _, day := range schedule.Week(someMonday, hours.Holidays{}) {
		for _, span := range day.Spans {
			if !first && span.Comment != remark {
				return ""
			}
			remark, first = span.Comment, false
		}
	}
	return remark
}

// sameHours reports whether two schedules say the same all year round, on usual days and in holidays.
func sameHours(a, b hours.Schedule) bool {
	for week := range yearOfWeeks {
		monday := someMonday + hours.Date(7*week)
		for _, h := range []hours.Holidays{{}, {Public: []hours.Period{{From: monday, To: monday + 6}}}, {School: []hours.Period{{From: monday, To: monday + 6}}}} {
			x, y := a.Week(monday, h), b.Week(monday, h)
			if slices.ContainsFunc([]int{0, 1, 2, 3, 4, 5, 6}, func(i int) bool { return !slices.Equal(x[i].Spans, y[i].Spans) }) {
				return false
			}
		}
	}
	return true
}
