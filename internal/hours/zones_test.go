package hours_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/hours"
)

// nights are the zones and the days on which clocks jump: by an hour, by half of one, at midnight, and not at all.
var nights = []struct {
	zone  string
	night string // the day before the jump, or of it
}{
	{"Europe/Paris", "2026-03-28"}, {"Europe/Paris", "2026-10-24"}, {"Europe/Bucharest", "2026-03-28"}, {"Europe/Bucharest", "2026-10-24"},
	{"Asia/Ho_Chi_Minh", "2026-03-28"}, {"Asia/Shanghai", "2026-10-24"},
	{"Australia/Lord_Howe", "2026-04-04"}, {"Australia/Lord_Howe", "2026-10-03"},
	{"America/Havana", "2026-03-07"}, {"America/Havana", "2026-10-31"}, {"America/New_York", "2026-03-07"}, {"UTC", "2026-03-28"},
}

// TestHoursAreWallClockHours draws spans over the nights in which clocks jump. Whatever the zone does, a place is open
// exactly while its clock shows an open minute, and Until and Next are the first minutes at which that changes.
func TestHoursAreWallClockHours(t *testing.T) {
	t.Parallel()
	for _, n := range nights {
		t.Run(n.zone+" "+n.night, func(t *testing.T) {
			t.Parallel()
			zone, err := time.LoadLocation(n.zone)
			if err != nil {
				t.Fatal(err)
			}
			start := date(t, n.night).In(zone).Add(18 * time.Hour)
			rapid.Check(t, func(t *rapid.T) {
				rule := simple{}
				for range rapid.IntRange(1, 3).Draw(t, "spans") {
					from := 5 * rapid.IntRange(0, 287).Draw(t, "from")
					rule.spans = append(rule.spans, [2]int{from, from + 5*rapid.IntRange(1, 200).Draw(t, "length")})
				}
				s, err := hours.Parse(rule.text())
				if err != nil {
					t.Fatal(err)
				}
				walkNight(t, s, rule, start)
			})
		})
	}
}

// walkNight goes through sixteen hours in steps of five minutes.
func walkNight(t *rapid.T, s hours.Schedule, rule simple, start time.Time) {
	shown, _ := minutes([]simple{rule}, 0, false)
	open := func(at time.Time) bool {
		m := at.Hour()*60 + at.Minute()
		return shown[m] || shown[m+1440]
	}
	const step, steps = 5 * time.Minute, 16 * 12
	states := make([]bool, steps+1)
	for i := range states {
		at := start.Add(time.Duration(i) * step)
		states[i] = open(at)
		if got := s.Open(at, hours.Holidays{}); got != states[i] {
			t.Fatalf("%s at %s: open %v", s, at, got)
		}
	}
	for i := range steps {
		at := start.Add(time.Duration(i) * step)
		change := i + 1
		for change <= steps && states[change] == states[i] {
			change++
		}
		if change > steps {
			return
		}
		st := s.At(at, hours.Holidays{})
		got, want := st.Next, start.Add(time.Duration(change)*step)
		if states[i] {
			got = st.Until
		}
		if !got.Equal(want) {
			t.Fatalf("%s at %s: the change is at %s, not %s", s, at, want, got)
		}
	}
}

// TestTheZoneIsTheInstantsOwn: the same instant is told in two places, each with its own clock.
func TestTheZoneIsTheInstantsOwn(t *testing.T) {
	t.Parallel()
	s, err := hours.Parse("Mo-Fr 08:00-17:00")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 11, 23, 8, 30, 0, 0, time.UTC)
	for name, want := range map[string]bool{"Europe/Paris": true, "Europe/Bucharest": true, "Asia/Shanghai": true, "Asia/Ho_Chi_Minh": true, "America/New_York": false} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		st := s.At(now.In(zone), hours.Holidays{})
		if st.Open != want {
			t.Errorf("%s: %+v", name, st)
		}
		for _, told := range []time.Time{st.Until, st.Next} {
			if !told.IsZero() && told.Location() != zone {
				t.Errorf("%s: told in %s", name, told.Location())
			}
		}
	}
}

// TestFarYearsEnd asks on days far ahead, where a zone's rules and no longer its tables say when clocks jump. Package time
// leads nowhere from the last day of a leap year (golang.org/issue/81583); the search must neither stand still there nor
// miss the spring.
func TestFarYearsEnd(t *testing.T) {
	t.Parallel()
	for _, name := range []string{"Europe/Paris", "Europe/Bucharest", "America/New_York", "Asia/Shanghai", "UTC"} {
		zone, err := time.LoadLocation(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, year := range []int{2040, 2044, 9996, 9999} {
			from := time.Date(year, time.December, 31, 23, 59, 0, 0, zone)
			opening := time.Date(year+1, time.May, 2, 10, 0, 0, 0, zone)
			if got := far(t, "May 02 10:00-12:00").At(from, hours.Holidays{}); got.Open || !got.Next.Equal(opening) {
				t.Errorf("%s on %s: %+v, want the next opening on %s", name, from, got, opening)
			}
			if never := far(t, "2039 Mo-Su 10:00-12:00").At(from, hours.Holidays{}); never != (hours.State{}) {
				t.Errorf("%s on %s: hours of a year that is past: %+v", name, from, never)
			}
		}
	}
}

func far(t *testing.T, text string) hours.Schedule {
	t.Helper()
	s, err := hours.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return s
}
