package directory

import (
	"hash/maphash"
	"math"
	"slices"
)

// pairing finds, among many records, the pairs that are worth comparing: those that share a word of their name or their
// address on the same ground, and those that share a phone number, an address or a register's number. It never looks at all
// pairs.
type pairing struct {
	all    []*looks
	seed   maphash.Seed
	blocks map[uint64][]int32 // by what is shared: who has it
	tried  map[[2]int32]bool
}

// How many may share something before it tells nothing any more: a number of a switchboard, a word of a whole quarter.
const (
	heldByMany = 12
	blockMost  = 60
)

// pairsOf finds the pairs of records that are a match or may be one: those of the records that are fresh, and, since these tell
// how sure a pair is, the other pairs of their partners.
func pairsOf(all []*looks, fresh func(id string) bool) []pair {
	p := &pairing{all: all, seed: maphash.MakeSeed(), blocks: map[uint64][]int32{}, tried: map[[2]int32]bool{}}
	for i, one := range all {
		for _, key := range p.keys(one) {
			p.blocks[key] = append(p.blocks[key], int32(i))
		}
	}
	found := p.of(fresh)
	partners := map[string]bool{}
	for _, one := range found {
		partners[one.one.id], partners[one.other.id] = true, true
	}
	found = append(found, p.of(func(id string) bool { return partners[id] && !fresh(id) })...)
	return onlySure(worthAsking(found))
}

// of compares some records with all that share something with them.
func (p *pairing) of(some func(id string) bool) (found []pair) {
	for i, one := range p.all {
		if !some(one.id) {
			continue
		}
		for _, key := range p.around(one) {
			found = p.compareBlock(found, int32(i), p.blocks[key], blockMost)
		}
		for _, key := range p.known(one) {
			found = p.compareBlock(found, int32(i), p.blocks[key], heldByMany)
		}
	}
	return found
}

// pair is two records with how alike they are.
type pair struct {
	one, other *looks
	Likeness
}

// compareBlock compares a record with those of a block with which it was not compared before.
func (p *pairing) compareBlock(found []pair, i int32, block []int32, most int) []pair {
	if len(block) > most {
		return found
	}
	for _, j := range block {
		if j == i || p.tried[[2]int32{min(i, j), max(i, j)}] {
			continue
		}
		p.tried[[2]int32{min(i, j), max(i, j)}] = true
		a, b := p.all[min(i, j)], p.all[max(i, j)]
		if l := compare(a, b); l.Verdict != NoMatch {
			found = append(found, pair{a, b, l})
		}
	}
	return found
}

// namesBehindOneDoor is how many other names there may be behind a record's door for the question whether one of them is the
// same place. With more of them it is a house of many offices.
const namesBehindOneDoor = 2

// worthAsking leaves out the pairs of other names in houses of many offices.
func worthAsking(found []pair) []pair {
	names := map[string]int{}
	for _, p := range found {
		if p.has(OtherName) {
			names[p.one.id]++
			names[p.other.id]++
		}
	}
	return slices.DeleteFunc(found, func(p pair) bool {
		return p.has(OtherName) && max(names[p.one.id], names[p.other.id]) > namesBehindOneDoor
	})
}

// onlySure makes a match unsure where a record is as much like another one: which of them it is, a person has to say.
func onlySure(found []pair) []pair {
	matches := map[string]int{}
	for _, p := range found {
		if p.Verdict == Match {
			matches[p.one.id+"\n"+p.other.source]++
			matches[p.other.id+"\n"+p.one.source]++
		}
	}
	for i := range found {
		p := &found[i]
		if p.Verdict == Match && (matches[p.one.id+"\n"+p.other.source] > 1 || matches[p.other.id+"\n"+p.one.source] > 1) {
			p.Verdict = Unsure
		}
	}
	return found
}

func (p *pairing) key(parts ...string) uint64 {
	var h maphash.Hash
	h.SetSeed(p.seed)
	for _, part := range parts {
		_, _ = h.WriteString(part)
		_ = h.WriteByte(0)
	}
	return h.Sum64()
}

// keys are what a record is found by.
func (p *pairing) keys(l *looks) []uint64 {
	return unique(append(p.grounds(l, patchOf(l), 0, 0), p.known(l)...))
}

// around are the keys of those who stand on the same ground as a record, also across the edges of its patch.
func (p *pairing) around(l *looks) []uint64 {
	at := patchOf(l)
	if at == nil {
		return p.grounds(l, nil, 0, 0)
	}
	var keys []uint64
	for row := int32(-1); row <= 1; row++ {
		for column := int32(-1); column <= 1; column++ {
			keys = append(keys, p.grounds(l, at, row, column)...)
		}
	}
	return unique(keys)
}

// patch is a piece of ground about 300 metres wide.
type patch struct {
	row int32
	lon float64
}

// patchOf is the patch of a record's point; nil when it has none.
func patchOf(l *looks) *patch {
	if l.point == nil {
		return nil
	}
	row := math.Floor(l.point.Lat / patchDegrees)
	return &patch{int32(row), l.point.Lon}
}

// patchDegrees is the height of a patch in degrees of latitude.
const patchDegrees = 0.0028

// column is the patch's column in a row: patches get wider in degrees towards the poles.
func (c *patch) column(row int32) int32 {
	wide := patchDegrees / max(math.Cos(float64(row)*patchDegrees*math.Pi/180), 0.01)
	return int32(math.Floor(c.lon / wide))
}

// grounds are the keys of a record's words on a piece of ground, and, for all who have no point of their own, of its name and
// its address in its town.
func (p *pairing) grounds(l *looks, at *patch, row, column int32) []uint64 {
	var keys []uint64
	if at != nil {
		r := at.row + row
		here := string(binary32(r)) + string(binary32(at.column(r)+column))
		for _, name := range l.names {
			for _, word := range name {
				keys = append(keys, p.key("word", here, word))
			}
		}
		if len(l.street) > 0 {
			keys = append(keys, p.key(append([]string{"street", here, l.number}, l.street...)...))
		}
	}
	if row != 0 || column != 0 {
		return keys
	}
	for _, town := range nonEmpty(l.postcode, l.town) {
		for _, name := range l.names {
			keys = append(keys, p.key(append([]string{"name", town}, name...)...))
		}
		if len(l.street) > 0 {
			keys = append(keys, p.key(append([]string{"address", town, l.number}, l.street...)...))
		}
	}
	return keys
}

// known are the keys of what a record is known by to others.
func (p *pairing) known(l *looks) []uint64 {
	var keys []uint64
	for kind, values := range map[string][]string{"phone": l.phones, "mail": l.mails, "site": l.sites, "register": nonEmpty(l.register)} {
		for _, value := range values {
			keys = append(keys, p.key(kind, value))
		}
	}
	return keys
}

func binary32(n int32) []byte { return []byte{byte(n >> 24), byte(n >> 16), byte(n >> 8), byte(n)} }

func unique(keys []uint64) []uint64 {
	slices.Sort(keys)
	return slices.Compact(keys)
}
