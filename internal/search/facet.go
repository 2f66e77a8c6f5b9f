package search

import (
	"cmp"
	"maps"
	"slices"
	"strings"
)

// facets holds by what documents can be filtered.
type facets struct {
	names  []string
	byName map[string]int
	values []value          // of all names
	byText []map[string]int // for each name, its values' numbers
}

// value is one value of one facet.
type value struct {
	name int
	text string
	docs docset
}

func newFacets() *facets { return &facets{byName: map[string]int{}} }

// number gives a value's number, a new one when it was not known.
func (f *facets) number(name, text string) int {
	i, ok := f.byName[name]
	if !ok {
		i = len(f.names)
		name = strings.Clone(name)
		f.names = append(f.names, name)
		f.byName[name] = i
		f.byText = append(f.byText, map[string]int{})
	}
	v, ok := f.byText[i][text]
	if !ok {
		v = len(f.values)
		text = strings.Clone(text)
		f.values = append(f.values, value{name: i, text: text})
		f.byText[i][text] = v
	}
	return v
}

// numbers gives the values of a document, sorted, each once.
func (f *facets) numbers(of map[string][]string) []int {
	var all []int
	for _, name := range slices.Sorted(maps.Keys(of)) {
		for _, text := range of[name] {
			all = append(all, f.number(name, text))
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// any sets in b the documents with any of the name's values.
func (f *facets) any(b bitset, name string, texts []string) {
	i, ok := f.byName[name]
	if !ok {
		return
	}
	for _, text := range texts {
		if v, ok := f.byText[i][text]; ok {
			f.values[v].docs.orInto(b)
		}
	}
}

// count counts every facet's values among the documents of whole; those of a name in own among its set instead, which
// is what would be found without that name's filter.
func (x *Index) count(whole bitset, own map[string]bitset) map[string][]Count {
	f := x.facets
	counts := make([]int32, len(f.values))
	special := make([]bitset, len(f.names))
	for name, set := range own {
		if i, ok := f.byName[name]; ok {
			special[i] = set
		}
	}
	n := whole.count()
	direct := 0
	for i := range f.values {
		direct += f.values[i].docs.cost()
	}
	if n*24 < direct {
		whole.each(func(doc uint32) { x.eachValue(doc, func(v int) { counts[v]++ }) })
		for i := range f.values {
			if v := &f.values[i]; special[v.name] != nil {
				counts[i] = int32(v.docs.countIn(special[v.name]))
			}
		}
	} else {
		for i := range f.values {
			v := &f.values[i]
			set := whole
			if special[v.name] != nil {
				set = special[v.name]
			}
			counts[i] = int32(v.docs.countIn(set))
		}
	}
	return f.table(counts)
}

// table puts the counts above nothing in order.
func (f *facets) table(counts []int32) map[string][]Count {
	table := make(map[string][]Count, len(f.names))
	sizes := make([]int, len(f.names))
	for i, n := range counts {
		if n > 0 {
			sizes[f.values[i].name]++
		}
	}
	rows := make([][]Count, len(f.names))
	for i, n := range sizes {
		if n > 0 {
			rows[i] = make([]Count, 0, n)
		}
	}
	for i, n := range counts {
		if n > 0 {
			v := &f.values[i]
			rows[v.name] = append(rows[v.name], Count{Value: v.text, N: int(n)})
		}
	}
	for i, row := range rows {
		if row != nil {
			slices.SortFunc(row, func(a, b Count) int { return cmp.Or(cmp.Compare(b.N, a.N), strings.Compare(a.Value, b.Value)) })
			table[f.names[i]] = row
		}
	}
	return table
}
