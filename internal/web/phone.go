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
	return WeekText(schedule, hours.NewDate(2024, time.January, 1), words)
}

// WeekText says in words when hours are open in the week that begins on a Monday, holidays aside: the days, those alike
// joined. Empty when they are closed all week.
func WeekText(schedule hours.Schedule, monday hours.Date, words *i18n.Printer) string {
	week := schedule.Week(monday, hours.Holidays{})
	text := ""
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
		parts[i] = SpanText(span, words)
	}
	return strings.Join(parts, ", ")
}

// SpanText says from when to when; where nobody said until when, only from when.
func SpanText(span hours.Span, words *i18n.Printer) string {
	if span.OpenEnd && span.To == span.From {
		return words.T("web.from-time", "Time", words.Clock(span.From))
	}
	return words.ClockRange(span.From, span.To)
}

func daysText(from, to hours.Date, words *i18n.Printer) string {
	switch to - from {
	case 0:
		return words.Weekday(from.Weekday())
	case 1:
		return words.List([]string{words.Weekday(from.Weekday()), words.Weekday(to.Weekday())})
	}
	return words.T("web.days", "From", words.Weekday(from.Weekday()), "To", words.Weekday(to.Weekday()))
}
