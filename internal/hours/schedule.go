package hours

import (
	"fmt"
	"time"
)

// Schedule is opening hours that were read. It never changes and may be used by several goroutines. The zero value
// is no hours at all: always unknown.
type Schedule struct{ *parsed }

// parsed is what a schedule consists of.
type parsed struct {
	rules []rule

	always   bool     // "24/7" and nothing else
	usesPH   bool     // some rule speaks of public holidays
	usesSH   bool     // some rule speaks of school holidays
	weekly   bool     // days differ by weekday and holiday alone
	spills   bool     // some span goes past midnight
	days     [8]uint8 // weekly: weekday i has table[days[i]:days[i+1]]
	table    []seg
	comments []string // seg.comment counts from 1 in it
}

// IsZero reports whether there are no hours at all.
func (s Schedule) IsZero() bool { return s.parsed == nil }

// Error says where a text stops being hours that we read. The text is still good for people: keep it and show it.
type Error struct {
	Text   string
	At     int // byte in Text
	Reason string
}

// Error is for whoever entered the hours.
func (e *Error) Error() string {
	rest := e.Text[min(e.At, len(e.Text)):]
	if rest == "" {
		return fmt.Sprintf("hours %q: at the end: %s", e.Text, e.Reason)
	}
	if runes := []rune(rest); len(runes) > 12 {
		rest = string(runes[:12]) + "…"
	}
	return fmt.Sprintf("hours %q: at %q: %s", e.Text, rest, e.Reason)
}

// join says how a rule stands to those before it.
type join uint8

const (
	replace  join = iota // ";": its days are as it says, whatever was said before
	add                  // ",": beside what was said before
	fallback             // "||": where nothing before it is open
)

// kind is the state that a rule gives.
type kind uint8

const (
	open kind = iota
	unknown
	off
)

// rule is one rule: on which days, at which times, in which state.
type rule struct {
	join    join
	always  bool // written 24/7
	years   []years
	dates   []dates
	weeks   []weeks
	days    uint8 // weekdays, Monday first
	nth     []nth
	ph, sh  bool // also on holidays ("Mo-Fr,PH")
	inPH    bool // only on public holidays ("PH Mo-Fr")
	inSH    bool // only in school holidays ("SH Mo-Fr")
	times   []times
	kind    kind
	said    bool // the state was written, not understood
	comment string
}

// years are from one year to another; to is 0 for no end.
type years struct{ from, to int }

// dates are from one date to another. A year is 0 when not said, a day is 0 when the whole month is meant.
type dates struct{ from, to date }

type date struct {
	year  int
	month time.Month
	day   int
}

// weeks are ISO weeks, every step-th from the first.
type weeks struct{ from, to, step int }

// nth is a weekday of a month: from the start (bits 1 to 5) or from the end (bits 9 to 13: last, last but one).
type nth struct {
	day   int // Monday is 0
	which uint16
}

// times are minutes after midnight; to is over 1440 past midnight.
type times struct {
	from, to int
	openEnd  bool // "17:00+" (to is from then) or "17:00-19:00+"
}

// anyDay reports whether the rule says nothing about weekdays and holidays.
func (r *rule) anyDay() bool {
	return r.days == 0 && len(r.nth) == 0 && !r.ph && !r.sh && !r.inPH && !r.inSH
}

// anyDate reports whether the rule says nothing about dates.
func (r *rule) anyDate() bool { return len(r.years) == 0 && len(r.dates) == 0 && len(r.weeks) == 0 }

const explicitDays = 7 // dates of so few days, said one by one, speak of a holiday among them too

// explicit reports whether the rule names single days, and so means a public holiday too when it falls there.
func (r *rule) explicit() bool {
	for _, d := range r.dates {
		length := NewDate(2000, d.to.month, d.to.day) - NewDate(2000, d.from.month, d.from.day)
		if d.from.day == 0 || d.to.day == 0 || d.from.year != d.to.year || length < 0 || length >= explicitDays {
			return false
		}
	}
	return len(r.dates) > 0
}
