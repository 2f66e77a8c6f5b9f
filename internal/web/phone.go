package web

import (
	"strings"
	"time"

	"parvis/internal/hours"
	"parvis/internal/i18n"
)

// phoneWeek says when the phone answers: the days of an ordinary week, those alike joined. Empty when the territory says
// nothing that can be read.
func phoneWeek(text string, words *i18n.Printer) string {
	schedule, err := hours.Parse(text)
	if err != nil || schedule.IsZero() {
		return ""
	}
	week := schedule.Week(hours.NewDate(2024, time.January, 1), hours.Holidays{}) // a Monday
	text = ""
	for i := 0; i < len(week); {
		spans := spansText(week[i].Spans, words)
		last := i
		for last+1 < len(week) && spansText(week[last+1].Spans, words) == spans {
			last++
		}
		if spans != "" {
			then := daysText(week[i].Date, week[last].Date, words) + " " + spans
			if text == "" {
				text = then
			} else {
				text = words.T("web.days-then", "First", text, "Then", then)
			}
		}
		i = last + 1
	}
	return i18n.Sentence(text)
}

func spansText(spans []hours.Span, words *i18n.Printer) string {
	parts := make([]string, len(spans))
	for i, span := range spans {
		parts[i] = words.ClockRange(span.From, span.To)
	}
	return strings.Join(parts, ", ")
}

func daysText(from, to hours.Date, words *i18n.Printer) string {
	if from == to {
		return words.Weekday(from.Weekday())
	}
	return words.T("web.days", "From", words.Weekday(from.Weekday()), "To", words.Weekday(to.Weekday()))
}
