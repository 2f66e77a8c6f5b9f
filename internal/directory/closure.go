package directory

import (
	"strings"
	"time"

	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/problem"
)

// Closure is an exception to a place's hours: closed on some days, or open at other times than usual.
type Closure struct {
	ID    string
	Place string
	From  hours.Date
	To    hours.Date // the last day, included
	// Hours are the times at which the place is open on these days all the same ("10:00-12:00,14:00-15:00"); empty:
	// closed all day.
	Hours  string
	Reason i18n.Text
	Made   time.Time
	By     string // the account that entered it
}

// longest is how many days a closure may last; a place closed for longer has closed for good or has other hours.
const longest = 366

// Clean puts a closure's values into their one form, and tells by field what to change.
func (c *Closure) Clean() error {
	var wrong problem.Fields
	c.Reason, c.Hours = cleanText(c.Reason), clean(c.Hours)
	switch {
	case c.From <= 0:
		wrong.Add("from", "directory.wrong.empty")
	case c.To < c.From:
		wrong.Add("to", "directory.wrong.to-before-from")
	case c.To-c.From > longest:
		wrong.Add("to", "directory.wrong.too-long", "Max", longest)
	}
	if c.Hours != "" {
		if spans, ok := timesOf(c.Hours); !ok || len(spans) == 0 {
			wrong.Add("hours", "directory.wrong.times", "Value", c.Hours)
		}
	}
	return wrong.Err()
}

// ahead refuses a closure that is over: no page would ever show it, and nobody could take it back.
func (c *Closure) ahead(today hours.Date) error {
	var wrong problem.Fields
	switch {
	case c.To >= today:
	case c.To == c.From:
		wrong.Add("from", "directory.wrong.past")
	default:
		wrong.Add("to", "directory.wrong.past")
	}
	return wrong.Err()
}

// timesOf reads times of a day without days ("10:00-12:00,14:00-15:00").
func timesOf(text string) ([]hours.Span, bool) {
	if text == "" {
		return nil, true
	}
	if strings.ContainsFunc(text, func(r rune) bool { return !strings.ContainsRune("0123456789:-, ", r) }) {
		return nil, false
	}
	schedule, err := hours.Parse(text)
	if err != nil {
		return nil, false
	}
	const anyMonday = hours.Date(4) // 5 January 1970: no holiday is known there
	week := schedule.Week(anyMonday, hours.Holidays{})
	return week[0].Spans, true
}

// exception is the closure as the schedule wants it.
func (c *Closure) exception() hours.Exception {
	spans, _ := timesOf(c.Hours) // checked when it was entered
	return hours.Exception{Period: hours.Period{From: c.From, To: c.To}, Spans: spans}
}

// exceptions are closures as the schedule wants them.
func exceptions(closures []Closure) []hours.Exception {
	if len(closures) == 0 {
		return nil
	}
	all := make([]hours.Exception, len(closures))
	for i := range closures {
		all[i] = closures[i].exception()
	}
	return all
}
