package hours

import "time"

// State is how a place stands at an instant. At most one of Open and Unknown is true; neither means closed.
type State struct {
	Open    bool
	Unknown bool // may be open: by appointment, an open end, a holiday that the hours do not speak of, no hours

	// Until is when Open or Unknown ends. It is zero when it does not end (24/7), or nobody knows.
	Until time.Time
	// Next is when the place next opens, when it is not open now; zero when that is not known or never. Where only
	// unknown times come, it is the next of these and NextUnknown is true.
	Next        time.Time
	NextUnknown bool

	Comment string // of the rule that gives the state; of an exception, its name
	OpenEnd bool   // open since the hour that was given, with no end given; Unknown is true
	Holiday string // the public holiday of the day, whatever the state
}

// horizon is how many days ahead a change is looked for.
const (
	weeklyHorizon = 30  // long enough for any row of holidays
	longHorizon   = 800 // two years: a week's number, a season, a leap day
)

// At is how the place stands at t. t must be in the place's own zone: hours are wall-clock hours.
func (s Schedule) At(t time.Time, h Holidays) State {
	var st State
	date, second := local(t)
	st.Holiday, _ = h.PublicDay(date)
	if s.parsed == nil {
		st.Unknown = true
		return st
	}
	if s.always && len(h.Except) == 0 {
		st.Open = true
		return st
	}
	var d day
	now, ok := find(s.view(date, &h, &d), second/60)
	if !ok {
		st.Comment = s.closedComment(date, &h, &d)
		st.Next, st.NextUnknown = s.next(t, &h)
		return st
	}
	st.Open, st.Unknown, st.OpenEnd = now.kind == open, now.kind == unknown, now.openEnd
	if now.comment > 0 {
		st.Comment = s.comments[now.comment-1]
	}
	if e := h.exception(date); e != nil {
		st.Comment = e.Name
	}
	if !now.openEnd {
		st.Until = s.change(t, &h, want{other: now.kind})
	}
	if st.Unknown {
		st.Next = s.change(t, &h, anOpening)
	}
	return st
}

// Open is At without its questions about the future.
func (s Schedule) Open(t time.Time, h Holidays) bool { return s.OpenAt(NewMoment(t, h)) }

// Moment is an instant made ready for asking many schedules about it.
type Moment struct {
	holidays Holidays
	date     Date
	minute   int
	plain    bool // neither this day nor the one before is a holiday or an exception
}

// NewMoment makes an instant ready. t must be in the places' own zone.
func NewMoment(t time.Time, h Holidays) Moment {
	date, second := local(t)
	m := Moment{holidays: h, date: date, minute: second / 60, plain: true}
	for _, d := range []Date{date, date - 1} {
		_, public := h.PublicDay(d)
		_, school := h.SchoolDay(d)
		m.plain = m.plain && !public && !school && h.exception(d) == nil
	}
	return m
}

// OpenAt is Open for a moment made ready: some ten nanoseconds for hours that differ by weekday alone.
func (s Schedule) OpenAt(m Moment) bool {
	if s.parsed == nil {
		return false
	}
	if s.weekly && m.plain {
		wd := m.date.monday0()
		if now, ok := find(s.table[s.days[wd]:s.days[wd+1]], m.minute); ok && now.kind == open || !s.spills {
			return ok && now.kind == open
		}
		eve := (wd + 6) % 7
		now, ok := find(s.table[s.days[eve]:s.days[eve+1]], m.minute+minutesADay)
		return ok && now.kind == open
	}
	var d day
	now, ok := find(s.view(m.date, &m.holidays, &d), m.minute)
	return ok && now.kind == open
}

func find(segs []seg, minute int) (seg, bool) {
	for _, s := range segs {
		if int(s.from) <= minute && minute < int(s.to) {
			return s, true
		}
	}
	return seg{}, false
}

// closedComment is why a day is closed, if it was said.
func (p *parsed) closedComment(date Date, h *Holidays, d *day) string {
	if e := h.exception(date); e != nil {
		return e.Name
	}
	if len(p.comments) == 0 {
		return ""
	}
	p.own(p.look(date, h).facts, d)
	if d.n == 0 && d.closed > 0 {
		return p.comments[d.closed-1]
	}
	return ""
}

// next is the next opening after t, when t is not open.
func (p *parsed) next(t time.Time, h *Holidays) (at time.Time, unsure bool) {
	if at = p.change(t, h, anOpening); !at.IsZero() {
		return at, false
	}
	at = p.change(t, h, want{chance: true})
	return at, !at.IsZero()
}

// want is the state that a search looks for: an opening, something that may be one, or whatever is other than a kind.
type want struct {
	opening, chance bool
	other           kind
}

var anOpening = want{opening: true}

// takes reports whether the state of a segment, nil for closed, is what is looked for.
func (w want) takes(s *seg) bool {
	switch {
	case w.opening:
		return s != nil && (s.kind == open || s.opens)
	case w.chance:
		return s != nil && !s.openEnd
	}
	return s == nil || s.kind != w.other || s.openEnd
}

// change is the first instant after t at which the wall clock shows a minute in a state that is wanted. Zero when there
// is none within the horizon.
//
// Between two changes of the zone's offset the wall clock runs evenly, so the search goes from one to the next.
func (p *parsed) change(t time.Time, h *Holidays, w want) time.Time {
	last := t.Add(p.horizon() * 24 * time.Hour)
	for from := t; from.Before(last); {
		_, end := from.ZoneBounds()
		if !end.IsZero() && !end.After(from) {
			// golang.org/issue/81583: on the last day of a leap year after a zone's tables, the end lies in the past.
			end = from.Add(24 * time.Hour)
		}
		until := last
		if !end.IsZero() && end.Before(last) {
			until = end
		}
		if at, ok := p.evenChange(from, until, from.Equal(t), h, w); ok {
			return at
		}
		from = until.In(t.Location())
	}
	return time.Time{}
}

func (p *parsed) horizon() time.Duration {
	if p.weekly && !p.usesPH && !p.usesSH {
		return weeklyHorizon
	}
	return longHorizon
}

// evenChange searches from an instant to another between which the offset stays. The first instant itself counts
// unless it is where the search began.
func (p *parsed) evenChange(from, until time.Time, begun bool, h *Holidays, w want) (time.Time, bool) {
	_, offset := from.Zone()
	date, second := local(from)
	var d day
	for ; ; date, second, begun = date+1, 0, false {
		midnight := int64(date)*secondsADay - int64(offset)
		if midnight >= until.Unix() {
			return time.Time{}, false
		}
		if minute, ok := firstWanted(p.view(date, h, &d), second, begun, w); ok {
			at := max(midnight+int64(minute)*60, from.Unix())
			if at < until.Unix() {
				return time.Unix(at, 0).In(from.Location()), true
			}
			return time.Time{}, false
		}
	}
}

// firstWanted is the first minute of a day, from a second of it on, in a state that is wanted. begun leaves out the
// state at that second: what is looked for is a change.
func firstWanted(segs []seg, second int, begun bool, w want) (int, bool) {
	cursor := 0 // all before it was looked at
	try := func(from, to int, s *seg) (int, bool) {
		if to*60 <= second || from >= to || begun && from*60 <= second || !w.takes(s) {
			return 0, false
		}
		return from, true
	}
	for i := range segs {
		s := &segs[i]
		if minute, ok := try(cursor, int(s.from), nil); ok {
			return minute, true
		}
		if minute, ok := try(int(s.from), min(int(s.to), minutesADay), s); ok {
			return minute, true
		}
		cursor = int(s.to)
	}
	return try(cursor, minutesADay, nil)
}
