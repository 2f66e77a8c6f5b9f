package directory

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"parvis/internal/hours"
)

// hsdsHours understands schedules: a description in OpenStreetMap's syntax, as we write it, else the weekly rules. Rules that
// hold otherwise than each week (by month, every other week) and what is over are not bent into a week: their words are kept.
func hsdsHours(all []hsdsSchedule, now time.Time) Hours {
	var descriptions []string
	var spans [7][]hours.Span
	weekly, other := false, false
	for _, one := range all {
		if until, err := time.Parse(time.DateOnly, one.ValidTo.line()); err == nil && until.Before(now.AddDate(0, 0, -1)) {
			continue
		}
		if text := clean(string(one.Description)); text != "" && !slices.Contains(descriptions, text) {
			descriptions = append(descriptions, text)
		}
		days, opens, closes, ok := weeklyRule(one)
		switch {
		case ok:
			weekly = true
			for _, day := range days {
				spans[day] = append(spans[day], hours.Span{From: opens, To: closes})
			}
		case one.OpensAt != "" || one.ByDay != "" || one.Freq != "":
			other = true
		}
	}
	given := strings.Join(descriptions, "\n")
	if h := ReadHours(given); h.OSM != "" || !weekly || other {
		return h
	}
	h := ReadHours(weekInOSM(spans))
	if given != "" {
		h.Given = given
	}
	return h
}

// weeklyRule reads a rule that holds each week alike: its days from Monday, and its minutes.
func weeklyRule(one hsdsSchedule) (days []int, opens, closes int, ok bool) {
	for _, more := range []hsdsText{one.ByMonthDay, one.ByWeekNo, one.ByYearDay} {
		if more != "" {
			return nil, 0, 0, false
		}
	}
	if freq := strings.ToUpper(one.Freq.line()); freq != "" && freq != "WEEKLY" || one.Interval != "" && one.Interval != "1" {
		return nil, 0, 0, false
	}
	for code := range strings.SplitSeq(strings.ToUpper(one.ByDay.line()), ",") {
		day := slices.Index([]string{"MO", "TU", "WE", "TH", "FR", "SA", "SU"}, strings.TrimSpace(code))
		if day < 0 {
			return nil, 0, 0, false
		}
		days = append(days, day)
	}
	opens, ok1 := minuteOf(one.OpensAt.line())
	closes, ok2 := minuteOf(one.ClosesAt.line())
	if closes <= opens {
		closes += 24 * 60
	}
	return days, opens, closes, ok1 && ok2
}

// minuteOf reads a time of the wall clock ("09:00", "09:00:00", "09:00Z", "09:00+01:00") as a minute of the day.
func minuteOf(text string) (int, bool) {
	if len(text) < 4 {
		return 0, false
	}
	hour, rest, ok := strings.Cut(text, ":")
	if !ok || len(rest) < 2 {
		return 0, false
	}
	h, err1 := strconv.Atoi(hour)
	m, err2 := strconv.Atoi(rest[:2])
	return h*60 + m, err1 == nil && err2 == nil && h >= 0 && h <= 24 && m >= 0 && m < 60 && h*60+m <= 24*60
}

// weekInOSM writes the spans of a week in OpenStreetMap's syntax, a rule a day.
func weekInOSM(spans [7][]hours.Span) string {
	var rules []string
	for day, list := range spans {
		if len(list) == 0 {
			continue
		}
		slices.SortFunc(list, func(a, b hours.Span) int { return a.From - b.From })
		var times []string
		for _, span := range list {
			text := wallClock(span.From) + "-" + wallClock(span.To)
			if !slices.Contains(times, text) {
				times = append(times, text)
			}
		}
		rules = append(rules, []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[day]+" "+strings.Join(times, ","))
	}
	return strings.Join(rules, "; ")
}
