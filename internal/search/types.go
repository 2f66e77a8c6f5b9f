package search

import "parvis/internal/geo"

// Doc is one thing that can be found.
type Doc struct {
	ID     string              // unique; a later Put of the same ID replaces the earlier one; kept as it is
	Fields []Field             // the first one is its name: shown by Suggest
	Point  *geo.Point          // where it is; nil when nobody knows
	Facets map[string][]string // what it can be filtered by, as "spoken": {"fr", "vi"}
	Boost  float32             // its score is multiplied by 1+Boost; below -1 counts as -1
	Tag    uint32              // the caller's own number for it: Query.Keep and Query.Also are asked by it
}

// Field is one searchable text of a document.
type Field struct {
	Name   string  // told in the reason of a hit, as "name" or "town"
	Text   string  // as people wrote it; it is folded here
	Weight float32 // how much a match here counts, 0.01 to 100; 0 counts as 1
}

// Query is what somebody looks for. The zero value finds everything.
type Query struct {
	Words    string                // as typed; empty finds all
	Near     *geo.Point            // nearer documents rank higher, and hits tell their distance
	Within   float64               // metres round Near that documents must lie in; 0 is any
	Box      *geo.Box              // documents must lie in it
	Filters  map[string][]string   // all of the names, any of a name's values
	Keep     func(tag uint32) bool // asked last, once for each document that passed the rest; nil keeps all
	Also     func(tag uint32) bool // asked of each document that is found, only to count; nil asks nothing
	Limit    int                   // hits wanted; 0 is none, only counts
	Offset   int                   // hits skipped
	Prefix   bool                  // the last word is still being typed
	Values   int                   // values told of each facet; 0 is 100
	NoFacets bool                  // leave Result.Facets nil, which is cheaper
}

// Result answers a Query. Its Facets may be shared with other results: do not change them.
type Result struct {
	Total     int                // documents that match
	Also      int                // how many of them Query.Also says yes to
	Hits      []Hit              // the best of them, from Offset, at most Limit
	Facets    map[string][]Count // for each facet name its values, most frequent first, then by value; last, chosen ones without a document
	Dropped   []string           // words let go because no document has them together with the others
	Corrected string             // the words as they were understood, when a spelling was mended; else empty
	Suggest   []string           // other queries worth trying, when a spelling was mended or a word let go
}

// Hit is one document found.
type Hit struct {
	ID       string
	Tag      uint32
	Score    float32
	Distance float64  // metres from Query.Near; -1 when either place is unknown
	Reasons  []Reason // one for each word of the query that it matches
}

// Kind says how a word matched.
type Kind string

// The kinds, from the surest.
const (
	Exact    Kind = "exact"
	Pinyin   Kind = "pinyin"   // the sound of the characters
	Prefix   Kind = "prefix"   // the beginning of the word, or the word with another ending
	Spelling Kind = "spelling" // a spelling mistake away
)

// Reason is why a document was found.
type Reason struct {
	Word    string // of the query, as typed
	Field   string // name of the field
	Matched string // the document's word, folded
	Kind    Kind
	Facet   string // when the word is not the document's own but what a facet's value is called: its facet,
	Value   string // and the value
}

// Count says how many documents have a facet's value.
type Count struct {
	Value string
	N     int
}
