package directoryweb

import (
	"slices"
	"strings"
	"time"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// hoursView is when a place is open, as its page shows it.
type hoursView struct {
	Week    ui.Hours
	Raw     string // hours that only people can read, as the place wrote them
	Remarks []string
}

// Sizes of what is said of hours.
const (
	weeksCompared = 5  // hours that are the same in so many weeks repeat every week
	datesShown    = 3  // next dates of hours that do not
	daysSearched  = 62 // for those dates
)

// placeHours lays out the coming week, or gives the hours as the place wrote them.
func placeHours(r *web.Request, sheet *directory.Sheet, now time.Time) hoursView {
	schedule, readable := sheet.Place.Hours.Schedule()
	if !readable {
		return hoursView{Raw: sheet.Place.Hours.Given}
	}
	today := hours.DateOf(now.In(r.Words.Zone()))
	v := hoursView{Week: ui.Hours{Caption: r.T("directory.place.hours")}}
	weekly := repeats(schedule, today)
	same, all := sharedComment(sheet.Week)
	for _, day := range sheet.Week {
		row := ui.HoursDay{
			Name: r.Words.Sentence(r.Words.Weekday(day.Date.Weekday())), Today: day.Date == today,
			Closed: r.T("directory.place.closed-day"), Note: day.Comment,
		}
		if !weekly || len(sheet.Closures) > 0 {
			row.Date = r.Words.DayMonth(day.Date.In(r.Words.Zone()))
		}
		for _, span := range day.Spans {
			row.Spans = append(row.Spans, web.SpanText(span, r.Words))
			if span.Comment != "" && !all && !strings.Contains(row.Note, span.Comment) {
				row.Note = strings.TrimPrefix(row.Note+", "+span.Comment, ", ")
			}
		}
		if holiday := r.Territory.Holiday(day.Date); holiday != nil {
			row.Note = r.T("directory.place.holiday", "Name", name(r, holiday))
		}
		v.Week.Days = append(v.Week.Days, row)
	}
	if all && same != "" {
		v.Remarks = append(v.Remarks, r.Words.Sentence(same))
	}
	if !weekly {
		if dates := nextDates(r, schedule, today); dates != "" {
			v.Remarks = append(v.Remarks, r.T("directory.hours.next", "Dates", dates))
		}
	}
	return v
}

// sharedComment is what the hours say beside, when every time that they give says the same.
func sharedComment(week []hours.Day) (comment string, all bool) {
	first := true
	for _, day := range week {
		for _, span := range day.Spans {
			if !first && span.Comment != comment {
				return "", false
			}
			comment, first = span.Comment, false
		}
	}
	return comment, true
}

// monday is the first day of a date's week.
func monday(d hours.Date) hours.Date { return d - hours.Date((int(d.Weekday())+6)%7) }

// repeats reports whether hours are the same in the coming weeks, holidays aside.
func repeats(schedule hours.Schedule, today hours.Date) bool {
	first := monday(today)
	week := schedule.Week(first, hours.Holidays{})
	for n := 1; n < weeksCompared; n++ {
		for i, day := range schedule.Week(first+hours.Date(7*n), hours.Holidays{}) {
			if !slices.Equal(day.Spans, week[i].Spans) {
				return false
			}
		}
	}
	return true
}

// hoursText says hours in words: "Monday to Friday 9:00–12:00, by appointment", or the next dates where they differ from
// week to week. What we cannot read is given as it was written.
func hoursText(r *web.Request, h directory.Hours, now time.Time) string {
	schedule, readable := h.Schedule()
	if !readable {
		return h.Given
	}
	today := hours.DateOf(now.In(r.Words.Zone()))
	if !repeats(schedule, today) {
		if dates := nextDates(r, schedule, today); dates != "" {
			return r.T("directory.hours.next", "Dates", dates)
		}
		return r.T("directory.place.closed")
	}
	first := monday(today)
	week := schedule.Week(first, hours.Holidays{})
	text := web.WeekText(schedule, first, r.Words)
	if !slices.ContainsFunc(week, func(d hours.Day) bool { return !slices.Equal(d.Spans, []hours.Span{{To: 24 * 60}}) }) {
		text = r.T("directory.place.open-always")
	}
	if comment, all := sharedComment(week); all && comment != "" {
		text = r.T("directory.hours.comment", "Hours", text, "Comment", comment)
	}
	if quietInHolidays(schedule, first) {
		text = r.T("directory.hours.not-in-holidays", "Hours", text)
	}
	return text
}

// quietInHolidays reports whether hours end where school holidays begin.
func quietInHolidays(schedule hours.Schedule, monday hours.Date) bool {
	school := hours.Holidays{School: []hours.Period{{From: monday, To: monday + 6}}}
	return !slices.ContainsFunc(schedule.Week(monday, school), func(d hours.Day) bool { return !d.Closed() }) &&
		slices.ContainsFunc(schedule.Week(monday, hours.Holidays{}), func(d hours.Day) bool { return !d.Closed() })
}

// nextDates lists the next days on which hours are open, each with its times.
func nextDates(r *web.Request, schedule hours.Schedule, today hours.Date) string {
	calendar := r.Territory.Calendar(r.Words.Lang())
	var dates []string
	for date := today; date < today+daysSearched && len(dates) < datesShown; date++ {
		day := schedule.Day(date, calendar)
		if day.Closed() {
			continue
		}
		spans := make([]string, len(day.Spans))
		for i, span := range day.Spans {
			spans[i] = web.SpanText(span, r.Words)
		}
		dates = append(dates, r.T("directory.hours.date", "Day", r.Words.WeekdayDate(date.In(r.Words.Zone())), "Times", strings.Join(spans, ", ")))
	}
	text := ""
	for _, date := range dates {
		if text != "" {
			date = r.T("directory.hours.then", "First", text, "Then", date)
		}
		text = date
	}
	return text
}

// timesText is times of one day, as they were entered ("10:00-12:00"), in the person's language.
func timesText(r *web.Request, text string) string {
	schedule, err := hours.Parse(text)
	if err != nil {
		return text
	}
	var spans []string
	for _, span := range schedule.Day(hours.NewDate(2024, time.January, 3), hours.Holidays{}).Spans { // a Wednesday like any other
		spans = append(spans, web.SpanText(span, r.Words))
	}
	return r.Words.List(spans)
}
