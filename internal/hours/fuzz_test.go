package hours_test

import (
	"errors"
	"reflect"
	"testing"
	"time"

	"parvis/internal/hours"
)

// FuzzParse: no text makes trouble; what is read has a canonical text that is read as the same; no answer contradicts
// itself.
func FuzzParse(f *testing.F) {
	all, days := vectors(f)
	for _, v := range all {
		f.Add(v.Hours, v.At.Unix()/60)
	}
	for _, text := range []string{"", "24/7 off", "Mo[1-5],Tu[-1] 23:59-24:00", "2026+ week 53 PH,SH Su 24:00-48:00", "Feb 29-Feb 29",
		"Mo-Mo 00:00+", "“a”", "Mo 09:00-12:00,,", "||", "Dec 31-Jan 1 \"x\" || 2099 Dec 31 off", "Mo:::09:00-10:00"} {
		f.Add(text, int64(0))
	}
	paris, err := time.LoadLocation("Europe/Paris")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, text string, minute int64) {
		s, err := hours.Parse(text)
		if err != nil {
			var told *hours.Error
			if !errors.As(err, &told) || told.Error() == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		again, err := hours.Parse(s.Text())
		if err != nil || again.Text() != s.Text() || !reflect.DeepEqual(again, s) {
			t.Fatalf("%q is %q is %q: %v", text, s.Text(), again.Text(), err)
		}
		at := time.Unix(minute%(60*365*24*60)*60, 0).In(paris) // sixty years each way
		h := days["fr"]
		st := s.At(at, h)
		switch {
		case st.Open && st.Unknown, st.Open && !st.Next.IsZero(), !st.Open && !st.Unknown && !st.Until.IsZero():
			t.Fatalf("%q at %s: %+v", text, at, st)
		case !st.Until.IsZero() && !st.Until.After(at), !st.Next.IsZero() && !st.Next.After(at):
			t.Fatalf("%q at %s: the future is past: %+v", text, at, st)
		case st.Open != s.Open(at, h):
			t.Fatalf("%q at %s: Open and At differ", text, at)
		case st.Open && !st.Until.IsZero() && s.Open(st.Until, h):
			t.Fatalf("%q at %s: open when it should have closed: %+v", text, at, st)
		}
		if s.OpenAt(hours.NewMoment(at, h)) != st.Open {
			t.Fatalf("%q at %s: OpenAt and At differ", text, at)
		}
		ordinaryWeek(t, s, at.UTC())
		for i, d := range s.Week(hours.DateOf(at), h) {
			if d.Date != hours.DateOf(at)+hours.Date(i) {
				t.Fatalf("%q: day %d of the week is %s", text, i, d.Date)
			}
		}
	})
}

// ordinaryWeek checks seven days without holidays: what the table of hours says must hold minute by minute, and the hint
// must leave out nothing that is open. In UTC no hour is skipped.
func ordinaryWeek(t *testing.T, s hours.Schedule, from time.Time) {
	t.Helper()
	hint := s.Bitmap()
	if n := hint.Minutes(); n < 0 || n > hours.MinutesAWeek {
		t.Fatalf("%q: %d minutes a week", s, n)
	}
	for _, d := range s.Week(hours.DateOf(from), hours.Holidays{}) {
		last := 0
		for _, span := range d.Spans {
			if span.From < last || span.From > 48*60 || span.To < span.From || span.To > 48*60 || span.To == span.From && !span.OpenEnd {
				t.Fatalf("%q on %s: %+v", s, d.Date, d.Spans)
			}
			last = span.To
			for _, minute := range []int{span.From, (span.From + span.To) / 2, span.To - 1} {
				if span.To == span.From {
					continue
				}
				at := d.Date.In(time.UTC).Add(time.Duration(minute) * time.Minute)
				st := s.At(at, hours.Holidays{})
				if !st.Open && !st.Unknown && minute < 24*60 { // past midnight the next day may say otherwise
					t.Fatalf("%q on %s: %+v, yet closed at %s", s, d.Date, span, at)
				}
				if st.Open && !hint.Has(hours.MinuteOfWeek(hours.DateOf(at), at.Hour()*60+at.Minute())) {
					t.Fatalf("%q: open at %s, which the week's hint leaves out", s, at)
				}
			}
		}
	}
}

// FuzzFromFrench: no text makes trouble, what is read is opening hours that open sometime or are "off", and times are
// read again as themselves.
func FuzzFromFrench(f *testing.F) {
	for _, text := range []string{"9h-12h / 14h-17h30", "de 8 h 30 à midi", "14: - 17:30", "9h12h", "22h-2h", "24h/24", "fermé", "08h30-1730", "&amp;9-12"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := hours.FromFrench(text)
		if err != nil {
			var told *hours.Error
			if !errors.As(err, &told) || told.Error() == "" {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		s, err := hours.Parse(got)
		if err != nil || s.Bitmap().Minutes() == 0 && got != "off" {
			t.Fatalf("%q became %q: %v", text, got, err)
		}
		if again, err := hours.FromFrench(got); (err != nil || again != got) && got != "off" && got != "24/7" {
			t.Fatalf("%q became %q became %q: %v", text, got, again, err)
		}
	})
}
