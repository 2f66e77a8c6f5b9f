package hours_test

import (
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"parvis/internal/hours"
)

// vector is one case of testdata/vectors.json: hours, an instant, and how the place stands.
type vector struct {
	Hours, Zone, Days, State, Comment, Holiday, Why string
	At, Until, Next                                 time.Time
	NextUnknown                                     bool `json:"next_unknown"`
	OpenEnd                                         bool `json:"open_end"`
}

// vectors reads the cases and the sets of holidays that they name.
func vectors(t testing.TB) ([]vector, map[string]hours.Holidays) {
	t.Helper()
	data, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		t.Fatal(err)
	}
	var file struct {
		Days map[string]struct {
			Public, School [][3]string
			Except         [][4]string
		}
		Cases []minuteVector
	}
	if err := json.Unmarshal(data, &file); err != nil {
		t.Fatal(err)
	}
	all := make([]vector, len(file.Cases))
	for i, c := range file.Cases {
		all[i] = vector(c)
	}
	days := map[string]hours.Holidays{}
	for name, set := range file.Days {
		var h hours.Holidays
		for _, p := range set.Public {
			h.Public = append(h.Public, period(t, p[0], p[1], p[2]))
		}
		for _, p := range set.School {
			h.School = append(h.School, period(t, p[0], p[1], p[2]))
		}
		for _, p := range set.Except {
			h = h.With(hours.Exception{Period: period(t, p[0], p[1], p[2]), Spans: spans(t, p[3])})
		}
		days[name] = h
	}
	return all, days
}

// minuteVector reads instants without seconds, "2026-11-23T08:59+01:00".
type minuteVector vector

func (v *minuteVector) UnmarshalJSON(data []byte) error {
	var raw struct {
		vector
		At, Until, Next string
	}
	if err := json.Unmarshal(data, &raw); err != nil {
		return err
	}
	*v = minuteVector(raw.vector)
	for text, to := range map[*string]*time.Time{&raw.At: &v.At, &raw.Until: &v.Until, &raw.Next: &v.Next} {
		if *text == "" {
			continue
		}
		parsed, err := time.Parse("2006-01-02T15:04-07:00", *text)
		if err != nil {
			return err
		}
		*to = parsed
	}
	return nil
}

func date(t testing.TB, text string) hours.Date {
	t.Helper()
	d, err := hours.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func period(t testing.TB, from, to, name string) hours.Period {
	t.Helper()
	return hours.Period{From: date(t, from), To: date(t, to), Name: name}
}

// spans reads "10:00-11:00?,14:00-16:00", the question mark for unknown.
func spans(t testing.TB, text string) []hours.Span {
	t.Helper()
	var all []hours.Span
	for part := range strings.SplitSeq(text, ",") {
		if part == "" {
			continue
		}
		var fh, fm, th, tm int
		if _, err := fmt.Sscanf(strings.TrimSuffix(part, "?"), "%d:%d-%d:%d", &fh, &fm, &th, &tm); err != nil {
			t.Fatal(err)
		}
		all = append(all, hours.Span{From: fh*60 + fm, To: th*60 + tm, Unknown: strings.HasSuffix(part, "?")})
	}
	return all
}

func TestVectors(t *testing.T) {
	t.Parallel()
	all, days := vectors(t)
	if len(all) < 150 {
		t.Errorf("only %d cases", len(all))
	}
	for _, v := range all {
		zone, err := time.LoadLocation(v.Zone)
		if err != nil {
			t.Fatal(err)
		}
		h, known := days[v.Days]
		if v.Days != "" && !known {
			t.Fatalf("no days %q", v.Days)
		}
		s, err := hours.Parse(v.Hours)
		if err != nil {
			t.Errorf("%v", err)
			continue
		}
		at := v.At.In(zone)
		st := s.At(at, h)
		if got, want := tell(st, zone), v.tell(zone); got != want {
			t.Errorf("%s at %s (%s) %s\n got %s\nwant %s", v.Hours, at.Format(time.RFC3339), v.Days, v.Why, got, want)
		}
		if s.Open(at, h) != st.Open {
			t.Errorf("%s at %s: Open and At differ", v.Hours, at)
		}
		if v.OpenEnd != st.OpenEnd || v.NextUnknown != st.NextUnknown || v.Holiday != st.Holiday {
			t.Errorf("%s at %s: %+v", v.Hours, at.Format(time.RFC3339), st)
		}
	}
}

// tell is a state in words, to compare and to read.
func tell(st hours.State, zone *time.Location) string {
	word := "closed"
	switch {
	case st.Open && st.Unknown:
		word = "both"
	case st.Open:
		word = "open"
	case st.Unknown:
		word = "unknown"
	}
	return sentence(word, st.Until, st.Next, st.Comment, zone)
}

func (v vector) tell(zone *time.Location) string {
	return sentence(v.State, v.Until, v.Next, v.Comment, zone)
}

func sentence(word string, until, next time.Time, comment string, zone *time.Location) string {
	text := func(t time.Time) string {
		if t.IsZero() {
			return "-"
		}
		return t.In(zone).Format("2006-01-02T15:04-07:00")
	}
	return fmt.Sprintf("%s until %s next %s %q", word, text(until), text(next), comment)
}
