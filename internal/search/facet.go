package search

import (
	"slices"
	"strings"
)

// facets holds by what documents can be filtered.
type facets struct {
	byName map[string]int
	all    []facet
	values []value // of all facets
	lanes  lanes
	dirty  bool // a value came: orders are to be made anew
}

// facet is one name and its values.
type facet struct {
	name    string
	byText  map[string]int // numbers of its values
	ordered []int          // the same, by text
	came    []int          // to be sorted into ordered
	column  []uint32       // once there are many values: for each document its value's number+1, 0 for none, several
}

const (
	several    = ^uint32(0)
	manyValues = 64 // from here a facet has a column
)

// value is one value of a facet.
type value struct {
	facet int
	text  string
	order uint32 // its place among the facet's values, by text
	lane  int    // among lanes, plus 1; 0 is none
	docs  docset
}

func newFacets() *facets { return &facets{byName: map[string]int{}} }

// number gives a value's number, a new one when it was not known.
func (f *facets) number(name, text string) int {
	i, ok := f.byName[name]
	if !ok {
		i = len(f.all)
		name = strings.Clone(name)
		f.all = append(f.all, facet{name: name, byText: map[string]int{}})
		f.byName[name] = i
	}
	v, ok := f.all[i].byText[text]
	if !ok {
		v = len(f.values)
		text = strings.Clone(text)
		f.values = append(f.values, value{facet: i, text: text})
		f.all[i].byText[text] = v
		f.all[i].came = append(f.all[i].came, v)
		f.dirty = true
	}
	return v
}

// numbers gives the values of a document, sorted, each once, in the room that is given.
func (f *facets) numbers(of map[string][]string, all []int) []int {
	for name, texts := range of {
		for _, text := range texts {
			all = append(all, f.number(name, text))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// change gives a document other values.
func (f *facets) change(doc uint32, docs int, before, after []int) {
	for _, v := range before {
		if _, stays := slices.BinarySearch(after, v); !stays {
			f.values[v].docs.remove(doc)
		}
		f.mark(doc, f.values[v].facet, 0)
		if lane := f.values[v].lane; lane > 0 {
			f.lanes.unset(doc, lane-1)
		}
	}
	for _, v := range after {
		f.values[v].docs.add(doc, docs)
		f.mark(doc, f.values[v].facet, uint32(v)+1)
		if lane := f.values[v].lane; lane > 0 {
			f.lanes.set(doc, lane-1)
		}
	}
}

// mark notes a document's value in the facet's column; a second one makes it several.
func (f *facets) mark(doc uint32, i int, v uint32) {
	c := &f.all[i].column
	if *c == nil {
		return
	}
	for len(*c) <= int(doc) {
		*c = append(*c, 0)
	}
	if v != 0 && (*c)[doc] != 0 {
		v = several
	}
	(*c)[doc] = v
}

// settle makes the orders anew, columns where there are many values now, and lanes.
func (f *facets) settle(docs int) {
	if !f.dirty {
		return
	}
	f.dirty = false
	for i := range f.all {
		a := &f.all[i]
		f.sortIn(a)
		if a.column != nil || len(a.byText) < manyValues {
			continue
		}
		a.column = make([]uint32, docs)
		for _, v := range a.byText {
			f.values[v].docs.each(func(doc uint32) { f.mark(doc, i, uint32(v)+1) })
		}
	}
	f.assign(docs)
}

// sortIn puts the values that came in their places.
func (f *facets) sortIn(a *facet) {
	byText := func(v, w int) int { return strings.Compare(f.values[v].text, f.values[w].text) }
	slices.SortFunc(a.came, byText)
	a.ordered, _ = merged(a.ordered, a.came, byText)
	a.came = a.came[:0]
	for order, v := range a.ordered {
		f.values[v].order = uint32(order)
	}
}

// least is a count, 1 or more, that no value among the most frequent is below; not many more are as frequent.
func (a *facet) least(counts []uint32, most int) uint32 {
	if len(a.ordered) <= most {
		return 1
	}
	var as [1024]int // how many values have each count, the last stands for all above
	for _, v := range a.ordered {
		as[min(counts[v], uint32(len(as)-1))]++
	}
	least := len(as) - 1
	for n := as[least]; n < most && least > 1; n += as[least] {
		least--
	}
	return uint32(least)
}

// any sets in b the documents with any of the name's values.
func (f *facets) any(b bitset, name string, texts []string) {
	i, ok := f.byName[name]
	if !ok {
		return
	}
	for _, text := range texts {
		if v, ok := f.all[i].byText[text]; ok {
			f.values[v].docs.orInto(b)
		}
	}
}

// table puts the counts above nothing in order, of each facet the most values; the chosen ones are always there.
func (f *facets) table(counts []uint32, most int, chosen map[string][]string) map[string][]Count {
	table := make(map[string][]Count, len(f.all))
	keys := make([]uint64, 0, len(counts)) // the count turned round, and the order
	for i := range f.all {
		a := &f.all[i]
		keys = keys[:0]
		least := a.least(counts, most)
		for order, v := range a.ordered {
			if n := counts[v]; n >= least {
				keys = append(keys, uint64(^n)<<32|uint64(order))
			}
		}
		slices.Sort(keys)
		keys = keys[:min(len(keys), most)]
		row := make([]Count, len(keys), len(keys)+len(chosen[a.name]))
		for at, key := range keys {
			row[at] = Count{Value: f.values[a.ordered[uint32(key)]].text, N: int(^uint32(key >> 32))}
		}
		for _, text := range chosen[a.name] {
			if !slices.ContainsFunc(row, func(c Count) bool { return c.Value == text }) {
				n := uint32(0)
				if v, ok := a.byText[text]; ok {
					n = counts[v]
				}
				row = append(row, Count{Value: text, N: int(n)})
			}
		}
		if len(row) > 0 {
			table[a.name] = row
		}
	}
	for name, texts := range chosen {
		if _, known := f.byName[name]; known {
			continue
		}
		for _, text := range texts { // of a facet that no document ever had
			if none := (Count{Value: text}); !slices.Contains(table[name], none) {
				table[name] = append(table[name], none)
			}
		}
	}
	return table
}
