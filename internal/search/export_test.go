package search

// Unions makes unions that save so many steps at least, none when it is negative, and says how many there are and whether
// each is in itself sound.
func (x *Index) Unions(saving int) (n int, sound bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if saving < 0 {
		x.heavy = heavy{docs: len(x.byID)}
		return 0, true
	}
	x.saving = saving
	x.heavy.choose(x)
	return x.sound()
}

// Sound says how many unions there are and whether each is in itself sound.
func (x *Index) Sound() (n int, sound bool) {
	x.mu.RLock()
	defer x.mu.RUnlock()
	return x.sound()
}

func (x *Index) sound() (n int, sound bool) {
	for _, u := range x.heavy.unions {
		if u.bits.count() != len(u.list) {
			return 0, false
		}
	}
	return len(x.heavy.unions), true
}

// KeepAllCounts lets the index keep the counts of every question, however little it finds.
func (x *Index) KeepAllCounts() { x.counted.from = 0 }
