package hours

import (
	"testing"

	"pgregory.net/rapid"
)

// painted is a day as an array, to compare with: 0 closed, else the kind and comment of what covers the minute.
type painted [200]int

func value(s seg) int { return 1 + int(s.kind) + 10*int(s.comment) }

func (p *painted) put(s seg, under bool) {
	for m := s.from; m < s.to; m++ {
		if !under || p[m] == 0 {
			p[m] = value(s)
		}
	}
}

func (p *painted) erase(from, to uint16) {
	for m := from; m < to; m++ {
		p[m] = 0
	}
}

// TestDayIsPaintedRight lays segments over, under and out of a day, and compares every minute.
func TestDayIsPaintedRight(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var d day
		var want painted
		for range rapid.IntRange(0, maxSpans).Draw(t, "strokes") {
			from := rapid.IntRange(0, 199).Draw(t, "from")
			s := seg{from: uint16(from), to: uint16(rapid.IntRange(from, 200).Draw(t, "to")),
				kind: kind(rapid.IntRange(0, 1).Draw(t, "kind")), comment: uint8(rapid.IntRange(0, 2).Draw(t, "comment"))}
			switch rapid.IntRange(0, 3).Draw(t, "stroke") {
			case 0:
				d.under(s)
				want.put(s, true)
			case 1:
				d.erase(s.from, s.to)
				want.erase(s.from, s.to)
			default:
				d.over(s)
				want.put(s, false)
			}
		}
		pieces := d.n
		d.join()
		if d.n > pieces {
			t.Fatal("joining made more of them")
		}
		var got painted
		for i, s := range d.list() {
			if s.from >= s.to || i > 0 && d.segs[i-1].to > s.from {
				t.Fatalf("segments overlap or are empty: %v", d.list())
			}
			if i > 0 && d.segs[i-1].to == s.from && d.segs[i-1].same(s) {
				t.Fatalf("neighbours that say the same: %v", d.list())
			}
			got.put(s, false)
		}
		if got != want {
			t.Fatalf("got %v", d.list())
		}
	})
}

// TestADayHasRoom: the most that a text may say in one day fits, and what does not is dropped rather than harmful.
func TestADayHasRoom(t *testing.T) {
	t.Parallel()
	var d day
	for i := range len(d.segs) + 20 {
		d.over(seg{from: uint16(i * 2), to: uint16(i*2 + 1)})
	}
	if d.n != len(d.segs) {
		t.Errorf("%d segments", d.n)
	}
	d.erase(0, 2880)
	if d.n != 0 {
		t.Errorf("%d segments left", d.n)
	}
}

func TestIsoWeeksAtTheTurnOfTheYear(t *testing.T) {
	t.Parallel()
	for day, want := range map[Date]int{
		NewDate(2026, 1, 1): 1, NewDate(2026, 12, 27): 52, NewDate(2026, 12, 28): 53, NewDate(2027, 1, 3): 53, NewDate(2027, 1, 4): 1,
		NewDate(2024, 12, 29): 52, NewDate(2024, 12, 30): 1, NewDate(2021, 1, 3): 53, NewDate(1969, 12, 31): 1, NewDate(1960, 2, 29): 9,
	} {
		if got := day.isoWeek(); got != want {
			t.Errorf("%s is in week %d, want %d", day, got, want)
		}
	}
}

func TestDateRanges(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		from, to date
		in, out  string
	}{
		{date{0, 6, 0}, date{0, 8, 0}, "2026-06-01 2026-08-31 2030-07-15", "2026-05-31 2026-09-01"},
		{date{0, 11, 0}, date{0, 2, 0}, "2026-11-01 2026-12-31 2027-02-28 2028-02-29", "2026-10-31 2026-03-01"},
		{date{0, 12, 24}, date{0, 1, 2}, "2026-12-24 2027-01-02", "2026-12-23 2027-01-03"},
		{date{0, 2, 29}, date{0, 2, 29}, "2028-02-29", "2027-02-28 2027-03-01"},
		{date{2026, 11, 1}, date{2027, 2, 15}, "2026-11-01 2027-01-01 2027-02-15", "2026-10-31 2027-02-16 2027-11-01"},
		{date{2026, 11, 0}, date{2026, 11, 0}, "2026-11-01 2026-11-30", "2025-11-15 2026-12-01"},
	} {
		for text, want := range map[string]bool{c.in: true, c.out: false} {
			for len(text) >= 10 {
				d, err := ParseDate(text[:10])
				if err != nil {
					t.Fatal(err)
				}
				y, m, day := d.civil()
				if got := (dates{c.from, c.to}).has(y, int(m), day); got != want {
					t.Errorf("%v to %v has %s: %v", c.from, c.to, d, got)
				}
				text = text[min(11, len(text)):]
			}
		}
	}
}
