package hours

import "slices"

// build makes ready what At needs often.
func build(rules []rule) *parsed {
	p := &parsed{rules: rules, weekly: true}
	for i := range rules {
		r := &rules[i]
		p.usesPH = p.usesPH || r.ph || r.inPH
		p.usesSH = p.usesSH || r.sh || r.inSH
		p.weekly = p.weekly && r.anyDate() && len(r.nth) == 0
		if r.comment != "" && !slices.Contains(p.comments, r.comment) {
			p.comments = append(p.comments, r.comment)
		}
		for _, t := range r.times {
			p.spills = p.spills || t.to > minutesADay || t.openEnd && openEndUntil(t) > minutesADay
		}
	}
	p.always = len(rules) == 1 && rules[0].always && rules[0].kind == open
	if p.weekly {
		p.tabulate()
	}
	return p
}

// tabulate keeps the seven ordinary days of a schedule that knows no dates.
func (p *parsed) tabulate() {
	var d day
	for wd := range 7 {
		p.own(facts{wd: wd}, &d)
		if len(p.table)+d.n > 255 { // cannot be counted in days
			p.weekly, p.table = false, nil
			return
		}
		p.table = append(p.table, d.list()...)
		p.days[wd+1] = uint8(len(p.table))
	}
	p.table = slices.Clip(p.table)
}

// look says what kind of a day a date is, and gives its holidays.
type look struct {
	facts
	except *Exception
}

func (p *parsed) look(date Date, h *Holidays) look {
	l := look{facts: facts{date: date, wd: date.monday0()}, except: h.exception(date)}
	if !p.weekly {
		l.year, l.month, l.day = date.civil()
	}
	if !p.always {
		_, l.ph = h.PublicDay(date)
	}
	if p.usesSH {
		_, l.sh = h.SchoolDay(date)
	}
	return l
}

// begins gives the segments that begin on a day: from the table when the day is an ordinary one, else laid out in d.
func (p *parsed) begins(date Date, h *Holidays, d *day) []seg {
	l := p.look(date, h)
	switch {
	case l.except != nil:
		d.except(l.except)
	case p.weekly && !l.ph && !l.sh:
		return p.table[p.days[l.wd]:p.days[l.wd+1]]
	default:
		if spoken := p.own(l.facts, d); l.ph && !spoken {
			d.doubt()
		}
	}
	return d.list()
}

// except lays out the spans of an exception.
func (d *day) except(e *Exception) {
	d.n, d.closed = 0, 0
	for _, s := range e.Spans {
		if s.From < 0 || s.To > 2*minutesADay || d.n > maxSpans {
			continue
		}
		k := open
		if s.Unknown {
			k = unknown
		}
		d.over(seg{from: uint16(s.From), to: uint16(max(s.From, s.To)), kind: k})
	}
	d.join()
}

// doubt makes unknown what is open: a public holiday that nobody spoke of.
func (d *day) doubt() {
	for i := range d.list() {
		d.segs[i].kind, d.segs[i].opens = unknown, false
	}
	d.join()
}

// view is a calendar day from midnight to midnight, with what is left of the evening before.
func (p *parsed) view(date Date, h *Holidays, d *day) []seg {
	if len(h.Except) == 0 && (!p.spills || p.quietEve(date-1, h)) {
		return p.begins(date, h, d)
	}
	var eve, today day
	before, here := p.begins(date-1, h, &eve), p.begins(date, h, &today)
	d.n, d.closed = 0, today.closed
	for _, s := range here {
		if s.from < minutesADay {
			s.to = min(s.to, minutesADay)
			d.over(s)
		}
	}
	for _, s := range before {
		if s.to <= minutesADay {
			continue
		}
		s.from, s.to = max(s.from, minutesADay)-minutesADay, s.to-minutesADay
		if s.kind == open {
			d.over(s)
		} else {
			d.under(s)
		}
	}
	d.join()
	return d.list()
}

// quietEve reports, at little cost, that a day surely leaves nothing for the next one.
func (p *parsed) quietEve(date Date, h *Holidays) bool {
	if !p.weekly {
		return false
	}
	if l := p.look(date, h); l.ph || l.sh {
		return false
	}
	wd := date.monday0()
	from, to := p.days[wd], p.days[wd+1]
	return from == to || p.table[to-1].to <= minutesADay
}
