package directory

import (
	"maps"
	"slices"
	"strings"
	"time"

	"parvis/internal/fold"
	"parvis/internal/geo"
	"parvis/internal/search"
)

// NearAnswer is what became of a name that somebody wants to be near.
type NearAnswer struct {
	Asked  string
	Known  bool        // it is a place of the gazetteer, or nearly: Town is where the search looked
	Exact  bool        // the name is the town's own; else ask whether Town was meant
	Town   geo.Named   // what was taken
	Others []geo.Named // what else the name may mean, or, when nothing is known, the large towns of the territory
}

// others is how many names are suggested.
const others = 5

// near looks a name up.
func (s Setting) near(asked string) *NearAnswer {
	answer := &NearAnswer{Asked: asked}
	hits := s.Towns.Find(asked, others+1)
	if len(hits) == 0 { // "12 rue de Paris, Lille": the town comes last
		if _, town, ok := cutLast(asked); ok {
			hits = s.Towns.Find(town, others+1)
		}
	}
	if len(hits) == 0 {
		answer.Others = s.largest(others)
		return answer
	}
	hits = s.ownFirst(hits, asked)
	answer.Known, answer.Town, answer.Others = true, hits[0], hits[1:]
	answer.Exact = called(hits[0], asked) || slices.Contains(hits[0].Postcodes, strings.TrimSpace(asked))
	return answer
}

// ownFirst puts a part of the territory before a town elsewhere that is called the same.
func (s Setting) ownFirst(hits []geo.Named, asked string) []geo.Named {
	at := slices.IndexFunc(hits, func(town geo.Named) bool { return s.own(town) && called(town, asked) })
	if at > 0 {
		hits = slices.Concat(hits[at:at+1], hits[:at], hits[at+1:])
	}
	return hits
}

// own reports whether a place of the gazetteer is an administrative unit of the territory.
func (s Setting) own(town geo.Named) bool {
	return slices.ContainsFunc(s.Units, func(u Unit) bool { return u.Code == town.Code })
}

// called reports whether a name is the town's own.
func called(town geo.Named, name string) bool {
	key := townKey(name)
	return slices.ContainsFunc(append([]string{town.Name}, town.Names...), func(n string) bool { return townKey(n) == key })
}

// cutLast cuts an address before its town: at the last comma, else before the last word.
func cutLast(asked string) (before, town string, ok bool) {
	at := strings.LastIndexAny(asked, ",，")
	if at < 0 {
		at = strings.LastIndexByte(strings.TrimSpace(asked), ' ')
	}
	if at < 0 {
		return "", "", false
	}
	town = strings.TrimLeft(asked[at:], ",， ")
	return asked[:at], town, town != ""
}

// largest are the most populous places of the gazetteer, units of the territory first.
func (s Setting) largest(n int) []geo.Named {
	all := s.Towns.All()
	slices.SortStableFunc(all, func(a, b geo.Named) int { return b.Population - a.Population })
	others := slices.DeleteFunc(slices.Clone(all), s.own)
	all = append(slices.DeleteFunc(all, func(town geo.Named) bool { return !s.own(town) }), others...)
	return all[:min(n, len(all))]
}

// What can be let go beside a facet.
const (
	RelaxWords    = "words"
	RelaxOpen     = "open"
	RelaxDistance = "within"
	RelaxArea     = "box"
	RelaxAll      = "all" // every filter at once, when letting go of one is not enough
)

// Relaxed is something that can be let go of when nothing fits, and what that would give.
type Relaxed struct {
	Name   string   // a facet's name, or one of the names above
	Values []string // of the facet: what was chosen
	Total  int      // how many places there would be
}

// relax tries to let go of each thing that was asked, and of all when one is not enough.
func (d *Directory) relax(q *Query, asked search.Query, r *Result) {
	asked.Limit, asked.Offset, asked.NoFacets, asked.Also = 0, 0, true, nil
	try := func(name string, values []string, change func(*search.Query)) {
		other := asked
		other.Filters = maps.Clone(asked.Filters)
		change(&other)
		if total := d.index.find(other).Total; total > 0 {
			r.Relaxed = append(r.Relaxed, Relaxed{Name: name, Values: values, Total: total})
		}
	}
	anyTime := *q
	anyTime.OpenAt = time.Time{}
	whenever := func(s *search.Query) { s.Keep = d.keeps(&anyTime, r.At) }
	for _, name := range slices.Sorted(maps.Keys(asked.Filters)) {
		if len(asked.Filters[name]) > 0 {
			try(name, asked.Filters[name], func(s *search.Query) { delete(s.Filters, name) })
		}
	}
	if !q.OpenAt.IsZero() {
		try(RelaxOpen, nil, whenever)
	}
	if asked.Within > 0 {
		try(RelaxDistance, nil, func(s *search.Query) { s.Within = 0 })
	}
	if asked.Box != nil {
		try(RelaxArea, nil, func(s *search.Query) { s.Box = nil })
	}
	if strings.TrimSpace(asked.Words) != "" {
		try(RelaxWords, fold.Words(asked.Words), func(s *search.Query) { s.Words = "" })
	}
	slices.SortStableFunc(r.Relaxed, func(a, b Relaxed) int { return b.Total - a.Total })
	if len(r.Relaxed) == 0 {
		try(RelaxAll, nil, func(s *search.Query) {
			whenever(s)
			s.Filters, s.Within, s.Box = nil, 0, nil
		})
	}
}

// nearestShown is how many places are shown when nothing fits.
const nearestShown = 3

// nearest is what comes closest when nothing fits: by the words and the place alone, else by the place alone.
func (d *Directory) nearest(asked search.Query, at time.Time) []Found {
	bare := search.Query{Words: asked.Words, Near: asked.Near, Limit: nearestShown, NoFacets: true}
	answer, known := d.index.hits(bare)
	if answer.Total == 0 {
		bare.Words = ""
		answer, known = d.index.hits(bare)
	}
	return d.index.list(answer.Hits, known, at)
}

// Suggest completes what somebody is typing, at most n ways, the likeliest first.
func (d *Directory) Suggest(typed string, n int) []string { return d.index.docs.Suggest(typed, n) }
