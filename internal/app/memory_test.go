package app

import (
	"runtime/debug"
	"testing"
)

// The collector's pace is the whole program's, so this test runs beside no other.
func TestTheCollectorsPaceIsLentAndGivenBack(t *testing.T) {
	usual := debug.SetGCPercent(70)
	defer debug.SetGCPercent(usual)
	end := spacious()
	during := debug.SetGCPercent(openingPercent)
	end()
	if after := debug.SetGCPercent(usual); during != openingPercent || after != 70 {
		t.Errorf("the pace is %d while territories open and %d afterwards, want %d and 70", during, after, openingPercent)
	}
}
