package directory

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"parvis/internal/db"
	"parvis/internal/event"
	"parvis/internal/geo"
	"parvis/internal/hours"
	"parvis/internal/search"
)

// index finds places by words and keeps what a search must know of each beside them: when it is open, and what a map
// draws. It is made from the database and kept true by following the events.
type index struct {
	docs    *search.Index
	setting Setting
	units   map[string]string // a unit's names, by code

	mu        sync.RWMutex
	entries   []entry  // by tag, as the search index knows a place
	free      []uint32 // tags without a place
	schedules schedules
	reached   int64 // number of the last event that it knows
	loaded    bool
	moved     chan struct{} // closes when reached changes

	minutes minutes
}

// entry is what is known of a place without asking the database.
type entry struct {
	brief    string // what a list shows of it, packed
	kind     string
	point    geo.Point // NaN when nobody knows
	schedule uint32    // its hours, among schedules
	closures []Closure
	social   bool // part of the social economy
}

func newIndex(w *words, s Setting) *index {
	x := &index{docs: search.New(), setting: s, units: map[string]string{},
		schedules: newSchedules(), moved: make(chan struct{})}
	x.docs.Teach(w.lessons...)
	for _, u := range s.Units {
		var names []string
		for _, lang := range s.Languages {
			names = append(names, u.Name[lang])
		}
		x.units[u.Code] = strings.Join(nonEmpty(names...), ". ")
	}
	return x
}

// Load reads the snapshot of the search index, or makes it from the database. Until it returns nothing is found.
func (d *Directory) Load(ctx context.Context) error {
	begun := d.clock.Now()
	there, err := d.readSnapshot(ctx)
	if err != nil {
		return err
	}
	if there {
		d.log.Info("search index read", "places", d.index.docs.Len(), "took", d.clock.Now().Sub(begun).Round(time.Millisecond))
		return nil
	}
	n, err := d.index.load(ctx, d.db, d.today())
	if err != nil {
		return fmt.Errorf("make the search index: %w", err)
	}
	d.log.Info("search index made", "places", n, "took", d.clock.Now().Sub(begun).Round(time.Millisecond))
	return nil
}

// Follow keeps the search index true until ctx ends: whatever any node of the installation changes is found here once
// its event is read. Load comes first.
func (d *Directory) Follow(ctx context.Context) error {
	return d.events.Follow(ctx, d.index.at(), func(events []event.Event) error {
		return d.index.apply(ctx, d.db, events, d.today())
	})
}

// CatchUp returns once the index knows all that is in the database now: after a change, before a list is shown. It
// waits for Follow, which must be running.
func (d *Directory) CatchUp(ctx context.Context) error {
	last, err := d.events.Last(ctx)
	if err != nil {
		return err
	}
	return d.index.wait(ctx, last)
}

// Ready reports whether the index has been made, and how many places are in it.
func (d *Directory) Ready() (places int, ready bool) {
	d.index.mu.RLock()
	ready = d.index.loaded
	d.index.mu.RUnlock()
	if !ready {
		return 0, false
	}
	return d.index.docs.Len(), true
}

// Sequence is the number of the last event that the search index knows: what was made of it before is out of date when
// this number has moved.
func (d *Directory) Sequence() int64 { return d.index.at() }

func (x *index) at() int64 {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.reached
}

func (x *index) wait(ctx context.Context, seq int64) error {
	for {
		x.mu.RLock()
		reached, moved := x.reached, x.moved
		x.mu.RUnlock()
		if reached >= seq {
			return nil
		}
		select {
		case <-moved:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// reach notes the last event that the index knows and wakes those who wait for it.
func (x *index) reach(seq int64) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.reached = seq
	close(x.moved)
	x.moved = make(chan struct{})
}

// apply brings the places that events have touched up to date.
func (x *index) apply(ctx context.Context, d *db.DB, events []event.Event, today hours.Date) error {
	places, organisations := map[string]bool{}, map[string]bool{}
	for _, e := range events {
		place, organisation := touched(e)
		if place != "" {
			places[place] = true
		}
		if organisation != "" {
			organisations[organisation] = true
		}
	}
	if len(places)+len(organisations) > 0 {
		if err := x.refresh(ctx, d, places, organisations, today); err != nil {
			return fmt.Errorf("bring the search index up to event %d: %w", events[len(events)-1].Seq, err)
		}
	}
	x.reach(events[len(events)-1].Seq)
	return nil
}

// find asks the search index. What Keep and Also look up is not changed meanwhile. While the index is being made it
// finds nothing: it must not wait for what in turn waits for it.
func (x *index) find(q search.Query) search.Result {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.within(q)
}

// hits is find with what is known of each place that was found.
func (x *index) hits(q search.Query) (search.Result, []entry) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	answer := x.within(q)
	known := make([]entry, len(answer.Hits))
	for i := range answer.Hits {
		known[i] = x.entries[answer.Hits[i].Tag]
	}
	return answer, known
}

// within is find for who has locked the index already.
func (x *index) within(q search.Query) search.Result {
	if !x.loaded {
		return search.Result{}
	}
	return x.docs.Search(q)
}

// grow makes room for so many places.
func (x *index) grow(n int) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.entries = slices.Grow(x.entries, n)
}

// newTag gives a place that is not there yet a number.
func (x *index) newTag() uint32 {
	if n := len(x.free); n > 0 {
		tag := x.free[n-1]
		x.free = x.free[:n-1]
		return tag
	}
	x.entries = append(x.entries, entry{})
	return uint32(len(x.entries) - 1)
}

// note keeps what is known of a place; nothing when it has gone. What was told of openings is told anew.
func (x *index) note(tag uint32, e entry) {
	x.entries[tag] = e
	x.minutes.recent = nil
}

// ownTag gives a place its number, the one that it has where it is there.
func (x *index) ownTag(id string) uint32 {
	if tag, known := x.docs.Tag(id); known {
		return tag
	}
	return x.newTag()
}

// isSocial tells whether a place is part of the social economy.
func (x *index) isSocial(tag uint32) bool { return x.entries[tag].social }
