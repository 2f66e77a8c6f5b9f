package hours_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/hours"
)

// drawHolidays draws a public holiday, a school holiday and up to two exceptions in the ten days from a date.
func drawHolidays(t *rapid.T, first hours.Date) hours.Holidays {
	day := func(what string) hours.Date { return first + hours.Date(rapid.IntRange(0, 9).Draw(t, what)) }
	public, school := day("public"), day("school")
	h := hours.Holidays{
		Public: []hours.Period{{From: public, To: public, Name: "a holiday"}},
		School: []hours.Period{{From: school, To: school + 2, Name: "no school"}},
	}
	for range rapid.IntRange(0, 2).Draw(t, "exceptions") {
		from := day("exception")
		e := hours.Exception{Period: hours.Period{From: from, To: from + hours.Date(rapid.IntRange(0, 2).Draw(t, "days")), Name: "other hours"}}
		for range rapid.IntRange(0, 2).Draw(t, "spans") {
			begin := rapid.IntRange(0, 1439).Draw(t, "begin")
			e.Spans = append(e.Spans, hours.Span{From: begin, To: begin + rapid.IntRange(1, 1440).Draw(t, "length")})
		}
		h = h.With(e)
	}
	return h
}

// TestTheDoorAndTheClockAgree: what Week shows on the door is what Open says, minute by minute, holidays and
// exceptions included.
func TestTheDoorAndTheClockAgree(t *testing.T) {
	t.Parallel()
	first := hours.NewDate(2026, 12, 21)
	rapid.Check(t, func(t *rapid.T) {
		text := join(drawRules(t))
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		h := drawHolidays(t, first)
		days := append([]hours.Day{s.Day(first-1, h)}, s.Week(first, h)...)
		for i := 1; i < len(days); i++ {
			if days[i].Date != first+hours.Date(i-1) {
				t.Fatalf("day %d of the week is %s", i, days[i].Date)
			}
			for m := rapid.IntRange(0, 19).Draw(t, "minute"); m < 1440; m += 20 {
				want := covers(days[i], m) || covers(days[i-1], m+1440)
				now := days[i].Date.In(time.UTC).Add(time.Duration(m) * time.Minute)
				if got := s.Open(now, h); got != want {
					t.Fatalf("%s at %s: open %v, the door says %v: %+v", text, now.Format("Mon 02 15:04"), got, want, days[i])
				}
			}
		}
	})
}

func covers(d hours.Day, minute int) bool {
	for _, s := range d.Spans {
		if !s.Unknown && s.From <= minute && minute < s.To {
			return true
		}
	}
	return false
}

// TestAtTellsTheNextChange: between an instant and what At tells of it nothing changes, and then it does.
func TestAtTellsTheNextChange(t *testing.T) {
	t.Parallel()
	first := hours.NewDate(2026, 12, 21)
	rapid.Check(t, func(t *rapid.T) {
		text := join(drawRules(t))
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		h := drawHolidays(t, first)
		at := first.In(time.UTC).Add(time.Duration(rapid.IntRange(0, 7*1440).Draw(t, "at")) * time.Minute)
		st := s.At(at, h)
		change := st.Next
		if st.Open {
			change = st.Until
		}
		if change.IsZero() {
			change = at.Add(72 * time.Hour) // nothing is foreseen: then nothing may happen
		} else if s.Open(change, h) == st.Open {
			t.Fatalf("%s at %s: nothing changes at %s: %+v", text, at, change, st)
		}
		for step := 7 * time.Minute; at.Add(step).Before(change) && step < 72*time.Hour; step += 7 * time.Minute {
			if s.Open(at.Add(step), h) != st.Open {
				t.Fatalf("%s at %s: changes at %s already, before %s", text, at, at.Add(step), change)
			}
		}
	})
}

// TestExceptionsHoldWhateverTheHours: a place that has said when it is closed is closed, even one without hours of that
// day, or open day and night.
func TestExceptionsHoldWhateverTheHours(t *testing.T) {
	t.Parallel()
	day := hours.NewDate(2026, 12, 24)
	noon := day.In(time.UTC).Add(12 * time.Hour)
	closed := hours.Exception{Period: hours.Period{From: day, To: day, Name: "stocktaking"}}
	opened := hours.Exception{Period: hours.Period{From: day, To: day, Name: "open house"}, Spans: []hours.Span{{From: 600, To: 900}}}
	for _, text := range []string{"24/7", "Mo-Fr 09:00-17:00", "off", "Dec 24 off", "unknown", "Su 10:00-12:00", "Mo-Su 20:00-14:00; PH off"} {
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		h := hours.Holidays{Public: []hours.Period{{From: day, To: day, Name: "a holiday"}}}
		if st := s.At(noon, h.With(opened)); !st.Open || st.Comment != "open house" || st.Until.Hour() != 15 {
			t.Errorf("%s, opened: %+v", text, st)
		}
		if text == "Mo-Su 20:00-14:00; PH off" { // the night before may last
			continue
		}
		if st := s.At(noon, h.With(closed)); st.Open || st.Unknown || st.Comment != "stocktaking" || st.Holiday != "a holiday" {
			t.Errorf("%s, closed: %+v", text, st)
		}
		if st := s.At(noon, h.With(closed, opened)); !st.Open {
			t.Errorf("%s, closed and then opened after all: %+v", text, st)
		}
	}
}

// TestASpanThatCannotBeIsPassedOver: exceptions come from forms and files; nothing in them may harm.
func TestASpanThatCannotBeIsPassedOver(t *testing.T) {
	t.Parallel()
	day := hours.NewDate(2026, 12, 24)
	s, err := hours.Parse("24/7")
	if err != nil {
		t.Fatal(err)
	}
	e := hours.Exception{Period: hours.Period{From: day, To: day}, Spans: []hours.Span{{From: -5, To: 60}, {From: 600, To: 500}, {From: 700, To: 9000}, {From: 800, To: 860}}}
	for range 200 {
		e.Spans = append(e.Spans, hours.Span{From: 900, To: 901})
	}
	d := s.Day(day, hours.Holidays{}.With(e))
	if !d.Except || len(d.Spans) != 2 || d.Spans[0].From != 800 || d.Spans[1].From != 900 {
		t.Errorf("got %+v", d)
	}
}
