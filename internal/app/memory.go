package app

import "runtime/debug"

// openingPercent is by how much memory may grow between two collections while the territories open: making a search
// index leaves much behind in a short time.
const openingPercent = 300

// spacious lets the collector rest until end is called; then memory that was only needed meanwhile goes back to the
// system.
func spacious() (end func()) {
	usual := debug.SetGCPercent(openingPercent)
	return func() {
		debug.SetGCPercent(usual)
		go debug.FreeOSMemory()
	}
}
