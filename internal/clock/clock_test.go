package clock_test

import (
	"testing"
	"time"

	"parvis/internal/clock"
)

func TestManualMovesOnlyWhenTold(t *testing.T) {
	t.Parallel()
	start := time.Date(2026, 3, 29, 1, 30, 0, 0, time.FixedZone("CET", 3600))
	c := clock.At(start)
	if !c.Now().Equal(start) || c.Now().Location() != time.UTC {
		t.Errorf("stands at %v", c.Now())
	}
	c.Advance(36 * time.Hour)
	if got := c.Now().Sub(start); got != 36*time.Hour {
		t.Errorf("moved by %v", got)
	}
	c.Set(start)
	if !c.Now().Equal(start) {
		t.Errorf("set to %v", c.Now())
	}
}

func TestSystemIsUTC(t *testing.T) {
	t.Parallel()
	if before, now := time.Now(), (clock.System{}).Now(); now.Before(before.Add(-time.Second)) || now.Location() != time.UTC {
		t.Errorf("%v before %v", now, before)
	}
}
