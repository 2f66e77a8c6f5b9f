package directory

import (
	"context"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"parvis/internal/fold"
	"parvis/internal/geo"
	"parvis/internal/search"
)

// Query is what somebody looks for. Its zero value finds all places.
type Query struct {
	Words    string              // as they come, in any language
	Near     string              // a town or village, as typed
	Here     *geo.Point          // the person's own position, when Near is empty; used for this search alone
	Within   float64             // metres round Near or Here; 0 is any
	Box      *geo.Box            // the part of a map
	Filters  map[string][]string // by facet, FacetNeed and so on: all of the names, any of a name's values
	OpenAt   time.Time           // open at this instant; zero: whenever
	Social   bool                // only the social economy: its kinds of place and its needs
	Language string              // the reader's, for the words of a translation
	Typing   bool                // the last word is still being typed
	Limit    int                 // places wanted; 20 when 0
	Offset   int
}

// Result answers a Query.
type Result struct {
	Total      int
	Found      []Found
	Counts     map[string][]search.Count // by facet: how many each value would give, its own filter left out
	OpenCount  int                       // how many of all are open at the instant
	Near       *NearAnswer               // nil when no name was asked for
	Corrected  string                    // the words as they were understood, when a spelling was mended
	Translated *Translation              // when words of another language were understood
	Dropped    []string                  // words let go because nothing has them together with the others
	Suggest    []string                  // other words worth trying
	Relaxed    []Relaxed                 // when nothing fits: what to let go, and how many places that would give
	Nearest    []Found                   // when nothing fits: what comes closest
	At         time.Time                 // the instant for which states are told
}

// Reason tells why a place was found.
type Reason struct {
	Word    string      // as it was typed
	Field   string      // where it was found: FieldName and so on
	Matched string      // the place's word, when it is not the same
	Kind    search.Kind // search.Exact, Prefix, Spelling, Pinyin
	Group   Group       // when the word is what a code of a vocabulary is called: the vocabulary,
	Code    string      // and the code
}

const (
	usualLimit = 20
	mostLimit  = 5000
)

// Search answers a query from the index; it asks nothing of the database.
func (d *Directory) Search(ctx context.Context, q Query) (*Result, error) {
	if err := ctx.Err(); err != nil { // whoever asked has gone
		return nil, err
	}
	r := &Result{At: d.instant(&q)}
	asked := d.ask(&q, r)
	answer, known := d.index.hits(asked)
	r.Total, r.Counts, r.Dropped, r.Corrected, r.Suggest = answer.Total, answer.Facets, answer.Dropped, answer.Corrected, answer.Suggest
	if r.Total == 0 {
		d.relax(&q, asked, r)
		r.Nearest = d.nearest(asked, r.At)
		return r, nil
	}
	r.OpenCount = answer.Also
	r.Translated = translation(answer.Hits)
	r.Found = d.index.list(answer.Hits, known, r.At)
	return r, nil
}

// instant is when a query is about: the hour that it asks for, else now.
func (d *Directory) instant(q *Query) time.Time {
	if q.OpenAt.IsZero() {
		return d.Now().In(d.setting.Zone)
	}
	return q.OpenAt.In(d.setting.Zone)
}

// ask puts a query into the index's terms. What it says of a town is noted in the result.
func (d *Directory) ask(q *Query, r *Result) search.Query {
	limit := q.Limit
	if limit <= 0 {
		limit = usualLimit
	}
	asked := search.Query{Words: q.Words, Near: q.Here, Within: q.Within, Box: q.Box, Prefix: q.Typing,
		Limit: min(limit, mostLimit), Offset: max(q.Offset, 0), Filters: maps.Clone(q.Filters)}
	if q.Near != "" {
		r.Near = d.setting.near(q.Near)
		asked.Near = nil
		if r.Near.Known {
			asked.Near = &r.Near.Town.Point
		}
	}
	if asked.Near == nil {
		asked.Within = 0
	}
	asked.Keep = d.keeps(q, r.At)
	asked.Also = d.index.openings(r.At).open
	return asked
}

// keeps is what a place must be beyond what the index knows of it: open at an instant, part of the social economy. Nil
// when nothing more is asked.
func (d *Directory) keeps(q *Query, at time.Time) func(tag uint32) bool {
	var open, social func(uint32) bool
	if !q.OpenAt.IsZero() {
		open = d.index.openings(at).open
	}
	if q.Social {
		social = d.index.isSocial
	}
	switch {
	case open == nil:
		return social
	case social == nil:
		return open
	}
	return func(tag uint32) bool { return social(tag) && open(tag) }
}

// reasons puts why a place was found into the order of the words, each word once.
func reasons(from []search.Reason) []Reason {
	all := make([]Reason, 0, len(from))
	for _, r := range from {
		if slices.ContainsFunc(all, func(a Reason) bool { return a.Word == r.Word }) {
			continue
		}
		field, _, _ := strings.Cut(r.Field, ":")
		one := Reason{Word: r.Word, Field: field, Kind: r.Kind, Group: Group(r.Facet), Code: r.Value}
		if r.Kind != search.Exact {
			one.Matched = r.Matched
		}
		all = append(all, one)
	}
	return all
}

// translation tells which words of the best place were understood in a language that is not the territory's.
func translation(hits []search.Hit) *Translation {
	if len(hits) == 0 {
		return nil
	}
	var t *Translation
	for _, r := range hits[0].Reasons {
		if _, lang, abroad := strings.Cut(r.Field, ":"); !abroad || lang == "" {
			continue
		}
		if t == nil {
			t = &Translation{Group: Group(r.Facet), Code: r.Value, Asked: r.Word}
		} else if t.Code == r.Value {
			t.Asked = joined(t.Asked, r.Word)
		}
	}
	return t
}

// joined puts two words side by side as their language does.
func joined(a, b string) string {
	if last, _ := utf8.DecodeLastRuneInString(a); fold.IsHan(last) {
		return a + b
	}
	return a + " " + b
}

// organisationsFor are the organisations with a place that helps with a need.
func (x *index) organisationsFor(need string) map[string]bool {
	answer := x.find(search.Query{Filters: map[string][]string{FacetNeed: {need}}, Values: math.MaxInt})
	helping := make(map[string]bool)
	for _, c := range answer.Facets[FacetOrganisation] {
		helping[c.Value] = true
	}
	return helping
}
