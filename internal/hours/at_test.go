package hours_test

import (
	"testing"
	"time"

	"parvis/internal/hours"
)

// TestUntilAndNextAgreeWithTheClock walks from every vector minute by minute through two days: what At says about the
// future must be what it says when the time has come.
func TestUntilAndNextAgreeWithTheClock(t *testing.T) {
	t.Parallel()
	all, days := vectors(t)
	for _, v := range all {
		zone, err := time.LoadLocation(v.Zone)
		if err != nil {
			t.Fatal(err)
		}
		s, err := hours.Parse(v.Hours)
		if err != nil {
			t.Fatal(err)
		}
		h, at := days[v.Days], v.At.In(zone)
		st := s.At(at, h)
		for m := 1; m < 48*60; m++ {
			now := at.Add(time.Duration(m) * time.Minute)
			open := s.Open(now, h)
			switch {
			case st.Open && (st.Until.IsZero() || now.Before(st.Until)):
				if !open {
					t.Fatalf("%s: at %s open until %s, and closed at %s", v.Hours, at, st.Until, now)
				}
			case st.Open && now.Equal(st.Until) && open:
				t.Fatalf("%s: at %s open until %s, and open then", v.Hours, at, st.Until)
			case !st.Open && !st.Next.IsZero() && now.Before(st.Next) && open:
				t.Fatalf("%s: at %s next open %s, and open at %s", v.Hours, at, st.Next, now)
			case !st.Open && !st.NextUnknown && now.Equal(st.Next) && !open && !s.At(now, h).OpenEnd:
				t.Fatalf("%s: at %s next open %s, and not open then", v.Hours, at, st.Next)
			}
			if st.Open && !now.Before(st.Until) || !st.Open && !now.Before(st.Next) {
				break
			}
		}
	}
}

// TestMomentAndWeekAgreeWithAt compares the quick answers with the slow one, in a week without holidays.
func TestMomentAndWeekAgreeWithAt(t *testing.T) {
	t.Parallel()
	zone := time.UTC
	monday := time.Date(2026, 11, 16, 0, 0, 0, 0, zone)
	for text, exact := range map[string]bool{
		"Mo-Fr 09:00-12:00,14:00-17:00; Tu 10:00-11:00": true,
		"Fr,Sa 22:00-02:00; Su 12:00-23:59":             true,
		"24/7; We 12:00-13:00 off":                      true,
		"Su 20:00-04:00":                                true,
		`Mo 09:00-10:00 "maybe", Tu 09:00+`:             true,
		"Jun-Aug Mo-Fr 09:00-12:00; Sep-May Mo 10:00+":  false,
		"Mo-Fr 09:00-12:00; We[3] 14:00-15:00":          false,
		"week 47 Mo-Fr; SH Sa 10:00-12:00":              false,
		"2026 Nov 18 09:00-10:00":                       false,
		"off":                                           true,
	} {
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		week := s.Bitmap()
		minutes := 0
		for m := range hours.MinutesAWeek {
			now := monday.Add(time.Duration(m) * time.Minute)
			open := s.OpenAt(hours.NewMoment(now, hours.Holidays{}))
			if m%17 == 0 && s.At(now, hours.Holidays{}).Open != open {
				t.Fatalf("%s at %s: a moment says %v, and At does not", text, now, open)
			}
			has := week.Has(hours.MinuteOfWeek(hours.DateOf(now), m%1440))
			if open && !has || exact && has && !open {
				t.Fatalf("%s at %s: the week says %v, the moment %v", text, now, has, open)
			}
			if has {
				minutes++
			}
		}
		if week.Minutes() != minutes {
			t.Errorf("%s: %d minutes, counted %d", text, week.Minutes(), minutes)
		}
	}
	if w := (hours.Schedule{}).Bitmap(); w.Minutes() != 0 || w != (hours.Week{}) || w.Has(0) {
		t.Error("no hours have minutes")
	}
}

func TestNoHoursAreUnknown(t *testing.T) {
	t.Parallel()
	h := hours.Holidays{Public: []hours.Period{{From: 20000, To: 20000, Name: "Tết"}}}
	now := hours.Date(20000).In(time.UTC)
	var none hours.Schedule
	if st := none.At(now, h); !st.Unknown || st.Open || st.Holiday != "Tết" || !st.Next.IsZero() {
		t.Errorf("got %+v", st)
	}
	if none.Open(now, h) || !none.Day(20000, h).Closed() || none.Day(20000, h).Holiday != "Tết" {
		t.Error("no hours say something")
	}
}

func TestSecondsDoNotMatter(t *testing.T) {
	t.Parallel()
	s, _ := hours.Parse("Mo-Fr 09:00-12:00")
	opening := time.Date(2026, 11, 23, 9, 0, 0, 0, time.UTC)
	if st := s.At(opening.Add(-time.Millisecond), hours.Holidays{}); st.Open || !st.Next.Equal(opening) {
		t.Errorf("just before: %+v", st)
	}
	if st := s.At(opening.Add(3*time.Hour-time.Millisecond), hours.Holidays{}); !st.Open || !st.Until.Equal(opening.Add(3*time.Hour)) {
		t.Errorf("just before the end: %+v", st)
	}
}

func TestAtCostsNoMemory(t *testing.T) {
	s, _ := hours.Parse("Mo-Fr 09:00-12:00,14:00-17:30; PH off")
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		t.Fatal(err)
	}
	now, h := time.Date(2026, 11, 22, 9, 0, 0, 0, zone), holidays()
	if n := testing.AllocsPerRun(100, func() { s.At(now, h) }); n != 0 {
		t.Errorf("At costs %v allocations", n)
	}
}

// holidays are as many as a territory has: three years of public ones, school ones beside.
func holidays() hours.Holidays {
	var h hours.Holidays
	for i := range 33 {
		day := hours.NewDate(2025, 1, 1) + hours.Date(i*33)
		h.Public = append(h.Public, hours.Period{From: day, To: day, Name: "a holiday"})
	}
	for i := range 15 {
		day := hours.NewDate(2025, 2, 1) + hours.Date(i*70)
		h.School = append(h.School, hours.Period{From: day, To: day + 15, Name: "no school"})
	}
	return h
}

func BenchmarkAt(b *testing.B) {
	zone, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		b.Fatal(err)
	}
	h := holidays()
	for name, text := range map[string]string{
		"week":   "Mo-Fr 09:00-12:00,14:00-17:30; PH off",
		"night":  "Mo-Th 18:00-02:00; Fr,Sa 18:00-04:00; PH off",
		"season": "Apr-Sep Mo-Fr 09:00-18:00; Oct-Mar Mo-Fr 09:00-16:00; PH off",
	} {
		s, err := hours.Parse(text)
		if err != nil {
			b.Fatal(err)
		}
		open, closed := time.Date(2026, 11, 24, 15, 0, 0, 0, zone), time.Date(2026, 11, 20, 19, 30, 0, 0, zone)
		b.Run(name+"/open", func(b *testing.B) {
			for b.Loop() {
				s.At(open, h)
			}
		})
		b.Run(name+"/weekend", func(b *testing.B) {
			for b.Loop() {
				s.At(closed, h)
			}
		})
		moment := hours.NewMoment(open, h)
		b.Run(name+"/filter", func(b *testing.B) {
			for b.Loop() {
				s.OpenAt(moment)
			}
		})
	}
	b.Run("parse", func(b *testing.B) {
		for b.Loop() {
			_, _ = hours.Parse("Mo-Fr 09:00-12:00,14:00-17:30; Sa 09:00-12:00; PH off")
		}
	})
}
