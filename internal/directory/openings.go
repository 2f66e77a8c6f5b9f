package directory

import (
	"slices"
	"sync"
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

// openings tell which places are open at one minute: all are asked at once, so that a search which finds many thousand
// need not ask each.
type openings struct {
	at   time.Time
	bits []uint64 // by tag
}

// minutesMost is how many minutes are kept: now, and what some people ask for.
const minutesMost = 4

// minutes keeps the openings that were asked for last, until a place changes.
type minutes struct {
	mu     sync.Mutex
	recent []*openings
}

// openings makes ready to tell who is open at an instant.
func (x *index) openings(at time.Time) *openings {
	at = at.Truncate(time.Minute)
	x.mu.RLock()
	defer x.mu.RUnlock()
	x.minutes.mu.Lock()
	defer x.minutes.mu.Unlock()
	if i := slices.IndexFunc(x.minutes.recent, func(o *openings) bool { return o.at.Equal(at) }); i >= 0 {
		return x.minutes.recent[i]
	}
	o := x.tell(at)
	x.minutes.recent = append([]*openings{o}, x.minutes.recent[:min(len(x.minutes.recent), minutesMost-1)]...)
	return o
}

// tell asks all places whether they are open, each schedule once, however many places have it.
func (x *index) tell(at time.Time) *openings {
	moment := hours.NewMoment(at, x.setting.Holidays)
	open := make([]bool, len(x.schedules.all))
	for i, schedule := range x.schedules.all {
		open[i] = schedule.OpenAt(moment)
	}
	o := &openings{at: at, bits: make([]uint64, (len(x.entries)+63)/64)}
	for tag := range x.entries {
		e := &x.entries[tag]
		is := open[e.schedule]
		if len(e.closures) > 0 {
			is = x.schedules.all[e.schedule].Open(at, x.setting.Holidays.With(exceptions(e.closures)...))
		}
		if is {
			o.bits[tag>>6] |= 1 << (tag & 63)
		}
	}
	return o
}

// open tells whether a place is open; one that came since is not known.
func (o *openings) open(tag uint32) bool {
	at := int(tag >> 6)
	return at < len(o.bits) && o.bits[at]>>(tag&63)&1 != 0
}
