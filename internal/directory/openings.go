package directory

import (
	"sync/atomic"
	"time"

	"parvis/internal/hours"
)

// schedules are the hours that places have, each once: many places have the same. The first one is that of places whose
// hours nobody knows, or can read.
type schedules struct {
	all    []hours.Schedule
	byText map[string]uint32
}

func newSchedules() schedules {
	return schedules{all: make([]hours.Schedule, 1), byText: map[string]uint32{"": 0}}
}

// number gives the number of hours.
func (s *schedules) number(osm string) uint32 {
	n, known := s.byText[osm]
	if known {
		return n
	}
	if read, err := hours.Parse(osm); err == nil { // what an older program wrote may not be readable here
		n = uint32(len(s.all))
		s.all = append(s.all, read)
	}
	s.byText[osm] = n
	return n
}

// stateOf is whether a place that the index knows is open, and until when.
func (x *index) stateOf(e *entry, at time.Time) State {
	x.mu.RLock()
	schedule := x.schedules.all[e.schedule]
	x.mu.RUnlock()
	return x.setting.state(schedule, e.schedule > 0, e.closures, at)
}

// openings tell which places are open at one minute. Each schedule is asked once, however many places have it.
type openings struct {
	x      *index
	at     time.Time
	moment hours.Moment
	told   []atomic.Uint32 // by schedule: notAsked, isOpen or isShut
}

const (
	notAsked = iota
	isOpen
	isShut
)

// openings makes ready to tell who is open at an instant; those of a minute are made once, until there are new hours.
func (x *index) openings(at time.Time) *openings {
	x.mu.RLock()
	defer x.mu.RUnlock()
	at = at.Truncate(time.Minute)
	if o := x.minute.Load(); o != nil && o.at.Equal(at) && len(o.told) == len(x.schedules.all) {
		return o
	}
	o := &openings{x: x, at: at, moment: hours.NewMoment(at, x.setting.Holidays), told: make([]atomic.Uint32, len(x.schedules.all))}
	x.minute.Store(o)
	return o
}

// open tells whether a place is open. It is asked inside index.find.
func (o *openings) open(tag uint32) bool {
	e := &o.x.entries[tag]
	schedule := o.x.schedules.all[e.schedule]
	if len(e.closures) > 0 {
		return schedule.Open(o.at, o.x.setting.Holidays.With(exceptions(e.closures)...))
	}
	if int(e.schedule) >= len(o.told) { // hours that came since
		return schedule.OpenAt(o.moment)
	}
	told := o.told[e.schedule].Load()
	if told == notAsked {
		told = isShut
		if schedule.OpenAt(o.moment) {
			told = isOpen
		}
		o.told[e.schedule].Store(told)
	}
	return told == isOpen
}
