package search

import "math/bits"

// lanes holds the values of the facets with few values a second time, as bits of each document: value by value a bit in
// one or several words. Counting adds up whole words: 64 counters move at once, each counter standing upright in the
// words of a stack (plane 0 holds all counters' lowest bits).
type lanes struct {
	values []int    // by lane, the value's number
	stride int      // words a document
	masks  []uint64 // stride words for each document
}

// lane is the value's lane plus 1 in value.lane; 0 is none.

// assign gives lanes to the values of facets without a column that have none yet. Where they no longer fit, or where a
// facet got a column, all are laid out anew.
func (f *facets) assign(docs int) {
	anew := false
	for v := range f.values {
		val := &f.values[v]
		big := f.all[val.facet].column != nil
		switch {
		case big && val.lane > 0:
			anew = true
		case !big && val.lane == 0:
			f.lanes.values = append(f.lanes.values, v)
			val.lane = len(f.lanes.values)
			anew = anew || val.lane > 64*f.lanes.stride
			if !anew {
				f.fillLane(v)
			}
		}
	}
	if anew {
		f.layOut(docs)
	}
}

func (f *facets) layOut(docs int) {
	f.lanes.values = f.lanes.values[:0]
	for v := range f.values {
		f.values[v].lane = 0
		if f.all[f.values[v].facet].column == nil {
			f.lanes.values = append(f.lanes.values, v)
			f.values[v].lane = len(f.lanes.values)
		}
	}
	f.lanes.stride = (len(f.lanes.values) + 63) / 64
	f.lanes.masks = make([]uint64, f.lanes.stride*docs)
	for _, v := range f.lanes.values {
		f.fillLane(v)
	}
}

func (f *facets) fillLane(v int) {
	f.values[v].docs.each(func(doc uint32) { f.lanes.set(doc, f.values[v].lane-1) })
}

func (l *lanes) set(doc uint32, lane int) {
	at := int(doc)*l.stride + lane>>6
	for len(l.masks) <= at {
		l.masks = append(l.masks, 0)
	}
	l.masks[at] |= 1 << (lane & 63)
}

func (l *lanes) unset(doc uint32, lane int) {
	if at := int(doc)*l.stride + lane>>6; at < len(l.masks) {
		l.masks[at] &^= 1 << (lane & 63)
	}
}

// planes is a stack of words: 64 counters of up to 24 bits.
type planes [24]uint64

// add adds 1, 2, 4, ... (by level) to each counter whose bit is set.
func (p *planes) add(word uint64, level int) {
	for ; word != 0; level++ {
		p[level], word = p[level]^word, p[level]&word
	}
}

// add8 adds eight words at once (a tree of carry-save adders: W. Muła, N. Kurz, D. Lemire, "Faster population counts
// using AVX2 instructions", 2018).
func (p *planes) add8(w *[8]uint64) {
	ones, twos, fours := p[0], p[1], p[2]
	t1, ones := carry(ones, w[0], w[1])
	t2, ones := carry(ones, w[2], w[3])
	f1, twos := carry(twos, t1, t2)
	t1, ones = carry(ones, w[4], w[5])
	t2, ones = carry(ones, w[6], w[7])
	f2, twos := carry(twos, t1, t2)
	eight, fours := carry(fours, f1, f2)
	p[0], p[1], p[2] = ones, twos, fours
	p.add(eight, 3)
}

// carry adds three words bit by bit.
func carry(a, b, c uint64) (high, low uint64) {
	u := a ^ b
	return a&b | u&c, u ^ c
}

// of is the counter of a bit.
func (p *planes) of(bit int) (n uint32) {
	for level, w := range p {
		n |= uint32(w>>bit&1) << level
	}
	return n
}

// count counts all lanes' values in the set.
func (l *lanes) count(set bitset, counts []uint32) {
	sums := make([]planes, l.stride)
	var block [8]int
	n := 0
	for i, w := range set {
		for ; w != 0; w &= w - 1 {
			block[n] = (i<<6 + bits.TrailingZeros64(w)) * l.stride
			if n++; n == len(block) {
				l.addBlock(&block, sums)
				n = 0
			}
		}
	}
	for _, at := range block[:n] {
		for k := range sums {
			if at+k < len(l.masks) {
				sums[k].add(l.masks[at+k], 0)
			}
		}
	}
	for lane, v := range l.values {
		counts[v] = sums[lane>>6].of(lane & 63)
	}
}

func (l *lanes) addBlock(block *[8]int, sums []planes) {
	var words [8]uint64
	masks := l.masks
	for k := range sums {
		for i, at := range block {
			if at+k < len(masks) {
				words[i] = masks[at+k]
			} else {
				words[i] = 0
			}
		}
		sums[k].add8(&words)
	}
}
