package hours

import (
	"cmp"
	"slices"
	"time"
)

func holiday(t token) bool { return t.what == 'a' && (t.text == "ph" || t.text == "sh") }

func isDayToken(t token) bool {
	_, ok := weekday(t)
	return ok || holiday(t)
}

func (p *parser) isDay() bool { return isDayToken(p.peek()) }

func (p *parser) isWeekday() bool {
	_, ok := weekday(p.peek())
	return ok
}

// days reads "Mo-Fr,Su", "Th[1,3]", "Fr[-1]", "PH", "Mo-Fr,PH", "SH Mo-Fr".
func (p *parser) days(r *rule) {
	fresh := r.days == 0 && len(r.nth) == 0
	switch {
	case fresh && (r.ph || r.sh) && !holiday(p.peek()): // "SH Mo-Fr": only then
		r.inPH, r.inSH, r.ph, r.sh = r.ph, r.sh, false, false
	case !fresh && holiday(p.peek()) && !r.ph && !r.sh && !r.inPH && !r.inSH: // "Mo-Fr SH"
		r.inPH, r.inSH = p.word("ph"), p.word("sh")
		p.next()
		return
	case !r.anyDay():
		p.fail("there are days already; a \";\" may be missing")
		return
	}
	for p.wrong == nil {
		p.day(r)
		p.accept('.')
		if !p.at(',') || !isDayToken(p.after(1)) || p.ruleFollows(r) {
			break
		}
		p.next()
	}
	slices.SortFunc(r.nth, func(a, b nth) int { return a.day - b.day })
}

// ruleFollows tells "Mo-Fr,PH" from "Mo-Fr 09:00, PH off": before its times a rule goes on.
func (p *parser) ruleFollows(r *rule) bool { return len(r.times) > 0 || r.said || r.comment != "" }

func (p *parser) day(r *rule) {
	t := p.next()
	if holiday(t) {
		r.ph, r.sh = r.ph || t.text == "ph", r.sh || t.text == "sh"
		if p.at('+') || p.at('-') {
			p.fail("days counted from a holiday are not read")
		}
		return
	}
	from, ok := weekday(t)
	if !ok {
		p.fail("a weekday should stand here")
		return
	}
	p.accept('.')
	switch {
	case p.accept('['):
		p.nth(r, from)
	case p.accept('-') || p.wordNext("to"):
		to, ok := weekday(p.peek())
		if !ok {
			p.fail("a weekday should stand here")
			return
		}
		p.next()
		for day := from; ; day = (day + 1) % 7 {
			r.days |= 1 << day
			if day == to {
				break
			}
		}
	default:
		r.days |= 1 << from
	}
}

// nth reads "1,3]", "-1]", "1-3]" after the weekday's bracket.
func (p *parser) nth(r *rule, day int) {
	const which = "1 to 5, or -1 to -5 from the end, should stand in the brackets"
	var bits uint16
	for p.wrong == nil {
		fromEnd := p.accept('-')
		from := p.number(1, 5, which)
		to := from
		if !fromEnd && p.accept('-') {
			to = p.number(from, 5, which)
		}
		for n := from; n <= to; n++ {
			if fromEnd {
				bits |= 1 << (8 + n)
			} else {
				bits |= 1 << n
			}
		}
		if !p.accept(',') {
			break
		}
	}
	if !p.accept(']') {
		p.fail("a \"]\" is missing")
	}
	if p.at('+') || p.at('-') {
		p.fail("days counted from a weekday are not read")
	}
	for i := range r.nth {
		if r.nth[i].day == day {
			r.nth[i].which |= bits
			return
		}
	}
	r.nth = append(r.nth, nth{day, bits})
}

// weeks reads "week 01-26/2,30".
func (p *parser) weeks(r *rule) {
	const what = "weeks go from 1 to 53"
	if len(r.weeks) > 0 {
		p.fail("there are weeks already; a \";\" may be missing")
		return
	}
	p.next()
	for p.wrong == nil {
		w := weeks{step: 1}
		w.from = p.number(1, 53, what)
		w.to = w.from
		if p.accept('-') {
			w.to = p.number(w.from, 53, what+", the smaller first")
			if p.accept('/') {
				w.step = p.number(1, 26, "every how many weeks? 1 to 26")
			}
			if w.step > w.to-w.from { // only the first of them
				w.to, w.step = w.from, 1
			}
		}
		r.weeks = append(r.weeks, w)
		if !p.at(',') || p.after(1).what != '0' || p.timeAt(1) {
			break
		}
		p.next()
	}
	p.accept(':')
	slices.SortFunc(r.weeks, func(a, b weeks) int { return cmp.Or(a.from-b.from, a.to-b.to) })
}

func isYearToken(t token) bool {
	return t.what == '0' && len(t.text) == 4 && t.value >= 2010 && t.value < 2100
}

func (p *parser) isYear() bool { return isYearToken(p.peek()) && p.after(1).what != ':' }

func (p *parser) isDate() bool {
	_, ok := month(p.peek())
	return ok
}

// dates reads years ("2026", "2026-2028", "2026+") and dates ("Jan-Mar", "Dec 24-26", "2026 Nov 01-2026 Dec 15").
func (p *parser) dates(r *rule) {
	if len(r.dates) > 0 {
		p.fail("there are dates already; a \";\" may be missing")
		return
	}
	if _, monthNext := month(p.after(1)); p.isYear() && !monthNext {
		p.yearList(r)
		return
	}
	for p.wrong == nil {
		r.dates = append(r.dates, p.dateRange(r))
		_, monthAfter := month(p.after(1))
		_, monthLater := month(p.after(2))
		yearAfter := isYearToken(p.after(1)) && monthLater
		dayAfter := p.after(1).what == '0' && !isYearToken(p.after(1)) && !p.timeAt(1) && r.dates[len(r.dates)-1].to.day > 0
		if !p.at(',') || !monthAfter && !dayAfter && !yearAfter {
			return
		}
		p.next()
	}
}

func (p *parser) yearList(r *rule) {
	if len(r.years) > 0 || !r.anyDay() {
		p.fail("years come first, once")
		return
	}
	for p.wrong == nil {
		p.years(r)
		if !p.at(',') || !isYearToken(p.after(1)) {
			return
		}
		p.next()
	}
}

func (p *parser) years(r *rule) {
	y := years{from: p.next().value}
	y.to = y.from
	switch {
	case p.accept('+'):
		y.to = 0
	case p.at('-') && isYearToken(p.after(1)):
		p.next()
		y.to = p.number(y.from, 2099, "the later year should stand here")
	}
	r.years = append(r.years, y)
}

// dateRange reads one date, or two with a dash. In a list the month may be left out: "Dec 24,26".
func (p *parser) dateRange(r *rule) dates {
	var d dates
	if n := len(r.dates); n > 0 && p.at('0') && !isYearToken(p.peek()) {
		last := r.dates[n-1].to
		d.from = date{last.year, last.month, p.dayOfMonth(last.month)}
	} else {
		d.from = p.date()
	}
	d.to = d.from
	if !p.accept('-') {
		return d
	}
	_, monthNext := month(p.peek())
	switch {
	case p.at('0') && !isYearToken(p.peek()) && !p.isTime() && d.from.day > 0:
		d.to.day = p.dayOfMonth(d.from.month)
		if d.to.day < d.from.day {
			p.fail("the later day should stand here")
		}
	case monthNext || isYearToken(p.peek()):
		d.to = p.date()
		if (d.to.day == 0) != (d.from.day == 0) || d.to.year != 0 && d.from.year == 0 {
			p.fail("both ends should be written alike")
		}
		if d.to.year == 0 && d.from.year != 0 {
			if d.to.year = d.from.year; d.to.order() < d.from.order() {
				d.to.year++
			}
		}
		if d.to.year != 0 && d.to.order() < d.from.order() {
			p.fail("the later date should come second")
		}
	default:
		p.fail("until when? a month or a day should stand here")
	}
	return d
}

func (p *parser) date() date {
	var d date
	if isYearToken(p.peek()) {
		d.year = p.next().value
	}
	m, ok := month(p.peek())
	if !ok {
		p.fail("a month should stand here")
		return d
	}
	p.next()
	p.accept('.')
	d.month = time.Month(m + 1)
	if p.at('0') && !p.isTime() && !isYearToken(p.peek()) {
		d.day = p.dayOfMonth(d.month)
	}
	return d
}

func (p *parser) dayOfMonth(m time.Month) int {
	lengths := [...]int{31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31}
	return p.number(1, lengths[max(1, m)-1], "the month has no such day")
}

// order makes dates comparable; a month without a day counts as its first.
func (d date) order() int { return d.year*512 + int(d.month)*32 + max(1, d.day) }
