package main

import (
	"cmp"
	"hash/fnv"
	"maps"
	"slices"
)

// draw is a source of choices that depends on nothing but its seed: two draws of one key choose the same, whatever was
// drawn before, so that changing one recipe does not stir the others.
type draw struct{ state uint64 }

// newDraw gives the draw of a key made of parts.
func newDraw(seed uint64, parts ...string) *draw {
	h := fnv.New64a()
	for _, p := range parts {
		h.Write([]byte(p))
		h.Write([]byte{0})
	}
	return &draw{state: h.Sum64() ^ seed*0x9e3779b97f4a7c15}
}

// next is splitmix64 (Steele, Lea, Flood: Fast splittable pseudorandom number generators, 2014).
func (d *draw) next() uint64 {
	d.state += 0x9e3779b97f4a7c15
	z := d.state
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// below is a number from 0 to n-1; 0 when n is not above 0.
func (d *draw) below(n int) int {
	if n <= 0 {
		return 0
	}
	return int(d.next() % uint64(n))
}

// between is a number from a to b, both included.
func (d *draw) between(a, b int) int { return a + d.below(b-a+1) }

// chance is true in so many cases of a hundred.
func (d *draw) chance(percent int) bool { return d.below(100) < percent }

// part is a number from -1 to 1, more often near 0.
func (d *draw) part() float64 {
	const fine = 1 << 20
	return (float64(d.below(fine)) + float64(d.below(fine)) - fine) / fine
}

// pick is one of a list, "" of an empty one.
func (d *draw) pick(list []string) string {
	if len(list) == 0 {
		return ""
	}
	return list[d.below(len(list))]
}

// weigh is one of the keys, as often as its weight says.
func (d *draw) weigh(weights map[string]int) string {
	total := 0
	keys := slices.Sorted(maps.Keys(weights))
	for _, k := range keys {
		total += weights[k]
	}
	at := d.below(total)
	for _, k := range keys {
		if at -= weights[k]; at < 0 {
			return k
		}
	}
	return ""
}

// some draws every key by itself, with its weight as chance of a hundred; the one with the greatest weight when luck
// chose none. The answer is in the order of their weights.
func (d *draw) some(weights map[string]int) []string {
	keys := slices.SortedFunc(maps.Keys(weights), func(a, b string) int {
		return cmp.Or(weights[b]-weights[a], cmp.Compare(a, b))
	})
	var chosen []string
	for _, k := range keys {
		if d.chance(weights[k]) {
			chosen = append(chosen, k)
		}
	}
	if chosen == nil && len(keys) > 0 {
		return keys[:1]
	}
	return chosen
}
