package hours

import (
	"slices"
	"time"
)

// seg is a part of a day in one state, in minutes after its midnight; to is over 1440 past the next midnight.
type seg struct {
	from, to uint16
	kind     kind // open or unknown
	openEnd  bool // its end is not known
	opens    bool // an open end that is an opening too: "17:00+"
	comment  uint8
}

// same reports whether two segments that touch are one to a reader.
func (s seg) same(o seg) bool {
	return s.kind == o.kind && s.comment == o.comment && s.openEnd == o.openEnd
}

// day is what a place's day looks like: segments in order that do not overlap. What is not covered is closed.
type day struct {
	n      int
	closed uint8 // the comment of the rule that closes it
	segs   [2*maxSpans + 8]seg
}

func (d *day) list() []seg { return d.segs[:d.n] }

func (d *day) insert(i int, s seg) {
	if d.n < len(d.segs) {
		copy(d.segs[i+1:d.n+1], d.segs[i:d.n])
		d.segs[i] = s
		d.n++
	}
}

// erase closes a part of the day.
func (d *day) erase(from, to uint16) {
	for i := 0; i < d.n; i++ {
		s := &d.segs[i]
		switch {
		case s.to <= from || s.from >= to:
		case s.from < from && s.to > to:
			right := *s
			s.to, right.from = from, to
			d.insert(i+1, right)
			return
		case s.from < from:
			s.to = from
		case s.to > to:
			s.from = to
		default:
			copy(d.segs[i:d.n-1], d.segs[i+1:d.n])
			d.n--
			i--
		}
	}
}

// over puts a segment in place of what is there.
func (d *day) over(s seg) {
	if s.from >= s.to {
		return
	}
	d.erase(s.from, s.to)
	i := 0
	for i < d.n && d.segs[i].from < s.from {
		i++
	}
	d.insert(i, s)
}

// under puts a segment where nothing is yet.
func (d *day) under(s seg) {
	for i := 0; i < d.n && s.from < s.to; i++ {
		have := d.segs[i]
		if have.to <= s.from {
			continue
		}
		if have.from > s.from {
			gap := s
			gap.to = min(s.to, have.from)
			d.insert(i, gap)
			i++
		}
		s.from = max(s.from, have.to)
	}
	if s.from < s.to {
		d.insert(d.n, s)
	}
}

// join makes one of neighbours that say the same.
func (d *day) join() {
	kept := 0
	for i := 0; i < d.n; i++ {
		if kept > 0 && d.segs[kept-1].to == d.segs[i].from && d.segs[kept-1].same(d.segs[i]) {
			d.segs[kept-1].to = d.segs[i].to
			continue
		}
		d.segs[kept] = d.segs[i]
		kept++
	}
	d.n = kept
}

// facts are what rules ask of a day.
type facts struct {
	date   Date
	wd     int // Monday is 0
	year   int // with month and day only for schedules that ask for them
	month  time.Month
	day    int
	ph, sh bool
}

// own fills d with the hours that begin on a day, exceptions and holidays aside but for PH and SH in the rules. spoken
// reports whether a rule spoke of the day as a holiday or by its date.
func (p *parsed) own(f facts, d *day) (spoken bool) {
	d.n, d.closed = 0, 0
	for i := range p.rules {
		r := &p.rules[i]
		if !r.on(f) {
			continue
		}
		spoken = spoken || f.ph && (r.ph || r.inPH || r.always || r.explicit())
		switch {
		case r.kind == off && len(r.times) == 0:
			if r.join != fallback {
				d.n, d.closed = 0, p.comment(r.comment)
			}
			continue
		case r.kind != off && r.join == replace:
			d.n, d.closed = 0, 0
		}
		p.apply(r, d)
	}
	d.join()
	return spoken
}

func (p *parsed) apply(r *rule, d *day) {
	comment := p.comment(r.comment)
	put := d.over
	if r.join == fallback {
		put = d.under
	}
	if len(r.times) == 0 {
		put(seg{from: 0, to: minutesADay, kind: r.kind, comment: comment})
		return
	}
	for i, t := range r.times {
		if r.kind == off {
			d.erase(uint16(t.from), uint16(t.to))
			continue
		}
		put(seg{from: uint16(t.from), to: uint16(t.to), kind: r.kind, comment: comment})
		if t.openEnd {
			end := openEndUntil(t)
			if i+1 < len(r.times) {
				end = min(end, max(t.to, r.times[i+1].from))
			}
			put(seg{from: uint16(t.to), to: uint16(end), kind: unknown, openEnd: true, opens: t.from == t.to, comment: comment})
		}
	}
}

// openEndUntil is when an open end is taken to be over: at midnight, or at five when it is past midnight already.
func openEndUntil(t times) int {
	const five = 5 * 60
	if t.to < minutesADay {
		return minutesADay
	}
	return max(minutesADay+five, t.to)
}

// comment is a comment's place in the table, from 1; 0 for none.
func (p *parsed) comment(text string) uint8 {
	if text == "" {
		return 0
	}
	return uint8(slices.Index(p.comments, text) + 1)
}

// on reports whether a rule is about a day.
func (r *rule) on(f facts) bool {
	if !r.anyDate() && !r.onDate(f) {
		return false
	}
	if r.inPH || r.inSH {
		if !(r.inPH && f.ph || r.inSH && f.sh) {
			return false
		}
	}
	return r.days&(1<<f.wd) != 0 || r.ph && f.ph || r.sh && f.sh || len(r.nth) > 0 && r.onNth(f) ||
		r.days == 0 && !r.ph && !r.sh && len(r.nth) == 0
}

func (r *rule) onNth(f facts) bool {
	length := int(NewDate(f.year, f.month+1, 1) - NewDate(f.year, f.month, 1))
	here := uint16(1)<<((f.day-1)/7+1) | uint16(1)<<(8+(length-f.day)/7+1)
	return slices.ContainsFunc(r.nth, func(n nth) bool { return n.day == f.wd && n.which&here != 0 })
}

func (r *rule) onDate(f facts) bool {
	inYear := func(s years) bool { return s.from <= f.year && (f.year <= s.to || s.to == 0) }
	if len(r.years) > 0 && !slices.ContainsFunc(r.years, inYear) {
		return false
	}
	inDates := func(s dates) bool { return s.has(f.year, int(f.month), f.day) }
	if len(r.dates) > 0 && !slices.ContainsFunc(r.dates, inDates) {
		return false
	}
	if len(r.weeks) == 0 {
		return true
	}
	week := f.date.isoWeek()
	return slices.ContainsFunc(r.weeks, func(s weeks) bool {
		return s.from <= week && week <= s.to && (week-s.from)%s.step == 0
	})
}

// has reports whether a date lies in the range. Without years a range may go over the new year.
func (s dates) has(year, month, day int) bool {
	from := int(s.from.month)*32 + max(1, s.from.day)
	to := int(s.to.month)*32 + s.to.day
	if s.to.day == 0 {
		to += 31
	}
	here := month*32 + day
	if s.from.year > 0 {
		const aYear = 13 * 32
		at := year*aYear + here
		return s.from.year*aYear+from <= at && at <= s.to.year*aYear+to
	}
	if from <= to {
		return from <= here && here <= to
	}
	return here >= from || here <= to
}
