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
		s.Week(hours.DateOf(at), h)
		s.Bitmap()
	})
}

// FuzzFromFrench: no text makes trouble, and what is read is opening hours.
func FuzzFromFrench(f *testing.F) {
	for _, text := range []string{"9h-12h / 14h-17h30", "de 8 h 30 à midi", "14: - 17:30", "9h12h", "22h-2h", "24h/24", "fermé", "08h30-1730", "&amp;9-12"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got, err := hours.FromFrench(text)
		if err != nil {
			return
		}
		if _, err := hours.Parse(got); err != nil {
			t.Fatalf("%q became %q: %v", text, got, err)
		}
	})
}
