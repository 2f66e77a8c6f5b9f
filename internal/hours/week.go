package hours

import "slices"

// Day is a day as a table of hours shows it.
type Day struct {
	Date    Date
	Spans   []Span // in order; none when closed
	Holiday string // the public holiday's name
	School  string // the school holiday's name
	Comment string // why it is closed, or the exception's name
	Except  bool   // an exception holds, not the usual hours
}

// Span is a time that begins on a day, in minutes after midnight. To is over 1440 when it ends after midnight.
type Span struct {
	From, To int
	Unknown  bool   // may be open
	OpenEnd  bool   // goes on after To, nobody said until when; To is From when no end was given at all
	Comment  string // of the rule
}

// Closed reports whether nothing is open and nothing unknown that day.
func (d Day) Closed() bool { return len(d.Spans) == 0 }

// Week lays out seven days from a date, each with the spans that begin on it.
func (s Schedule) Week(from Date, h Holidays) []Day {
	days := make([]Day, 7)
	for i := range days {
		days[i] = s.Day(from+Date(i), h)
	}
	return days
}

// Day lays out one day.
func (s Schedule) Day(date Date, h Holidays) Day {
	out := Day{Date: date}
	out.Holiday, _ = h.PublicDay(date)
	out.School, _ = h.SchoolDay(date)
	if s.parsed == nil {
		return out
	}
	if e := h.exception(date); e != nil {
		out.Except, out.Comment = true, e.Name
	}
	var d day
	for _, g := range s.begins(date, &h, &d) {
		out.Spans = s.addSpan(out.Spans, g)
	}
	if out.Closed() && !out.Except {
		var lay day
		out.Comment = s.closedComment(date, &h, &lay)
	}
	return out
}

func (p *parsed) addSpan(spans []Span, g seg) []Span {
	span := Span{From: int(g.from), To: int(g.to), Unknown: g.kind == unknown, OpenEnd: g.openEnd}
	if g.comment > 0 {
		span.Comment = p.comments[g.comment-1]
	}
	if !g.openEnd {
		return append(spans, span)
	}
	if n := len(spans); n > 0 && spans[n-1].To == span.From && !spans[n-1].OpenEnd {
		spans[n-1].OpenEnd = true
		return spans
	}
	span.To = span.From
	return append(spans, span)
}

// Week is the minutes of an ordinary week, Monday 00:00 first, in which a place may be open: 10080 of them, kept as
// spans because most weeks have few. It is a hint for leaving out what is surely closed: holidays, exceptions and
// seasons need At. It can be compared with ==; the zero value has no minute.
type Week struct{ spans string } // four bytes a span: its first minute and the one after its last

// MinutesAWeek is how many minutes a Week has.
const MinutesAWeek = 7 * minutesADay

// Has reports whether the minute, counted from Monday 00:00, is in it.
func (w Week) Has(minute int) bool {
	for i := 0; i < len(w.spans); i += 4 {
		from, to := w.span(i)
		if minute < from {
			return false
		}
		if minute < to {
			return true
		}
	}
	return false
}

// Minutes is how many minutes it has.
func (w Week) Minutes() int {
	sum := 0
	for i := 0; i < len(w.spans); i += 4 {
		from, to := w.span(i)
		sum += to - from
	}
	return sum
}

func (w Week) span(i int) (from, to int) {
	return int(w.spans[i])<<8 | int(w.spans[i+1]), int(w.spans[i+2])<<8 | int(w.spans[i+3])
}

// MinuteOfWeek is the minute of the week, from Monday 00:00, of a day and a minute of it.
func MinuteOfWeek(date Date, minute int) int { return date.monday0()*minutesADay + minute }

// Bitmap gives the minutes at which the place may be open in an ordinary week. For hours that differ by weekday alone
// it is exact. Where seasons, weeks or dates matter, it has every minute that any of them gives.
func (s Schedule) Bitmap() Week {
	if s.parsed == nil {
		return Week{}
	}
	var all []stretch
	if s.weekly {
		for wd := range 7 {
			for _, g := range s.table[s.days[wd]:s.days[wd+1]] {
				if g.kind == open {
					all = append(all, stretch{wd*minutesADay + int(g.from), wd*minutesADay + int(g.to)})
				}
			}
		}
	} else {
		all = s.anyMinute()
	}
	return pack(all)
}

// stretch is a part of a week, in minutes from Monday 00:00; it may go over the week's end.
type stretch struct{ from, to int }

func (p *parsed) anyMinute() (all []stretch) {
	for i := range p.rules {
		r := &p.rules[i]
		for wd := range 7 {
			ordinary := r.days&(1<<wd) != 0 || r.anyDay() || r.days == 0 && (r.inPH || r.inSH)
			for _, n := range r.nth {
				ordinary = ordinary || n.day == wd
			}
			if r.kind != open || !ordinary && !r.sh {
				continue
			}
			start := wd * minutesADay
			if len(r.times) == 0 {
				all = append(all, stretch{start, start + minutesADay})
			}
			for _, t := range r.times {
				all = append(all, stretch{start + t.from, start + t.to})
			}
		}
	}
	return all
}

// pack sorts stretches, makes one of those that touch, and brings to the week's begin what goes over its end.
func pack(all []stretch) Week {
	for i, s := range all {
		if s.to > MinutesAWeek {
			all = append(all, stretch{max(s.from, MinutesAWeek) - MinutesAWeek, s.to - MinutesAWeek})
			all[i].to = MinutesAWeek
		}
	}
	slices.SortFunc(all, func(a, b stretch) int { return a.from - b.from })
	packed := make([]byte, 0, 4*len(all))
	for i := 0; i < len(all); {
		s := all[i]
		for i++; i < len(all) && all[i].from <= s.to; i++ {
			s.to = max(s.to, all[i].to)
		}
		if s.from < s.to {
			packed = append(packed, byte(s.from>>8), byte(s.from), byte(s.to>>8), byte(s.to))
		}
	}
	return Week{string(packed)}
}
