package hours_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"parvis/internal/hours"
)

// table writes a week as one would read it on a door: the days that are not closed, with what is special.
func table(days []hours.Day) string {
	var lines []string
	for _, d := range days {
		var words []string
		for _, s := range d.Spans {
			words = append(words, spanText(s))
		}
		for _, extra := range []string{d.Comment, d.Holiday, d.School} {
			if extra != "" {
				words = append(words, "<"+extra+">")
			}
		}
		if len(words) > 0 {
			lines = append(lines, d.Date.Weekday().String()[:2]+" "+strings.Join(words, " "))
		}
	}
	return strings.Join(lines, "; ")
}

func spanText(s hours.Span) string {
	text := fmt.Sprintf("%d:%02d", s.From/60, s.From%60)
	if s.To != s.From {
		text += fmt.Sprintf("-%d:%02d", s.To/60, s.To%60)
	}
	if s.OpenEnd {
		text += "+"
	}
	if s.Unknown {
		text += "?"
	}
	if s.Comment != "" {
		text += "(" + s.Comment + ")"
	}
	return text
}

func TestWeekAsOnADoor(t *testing.T) {
	t.Parallel()
	_, days := vectors(t)
	for _, c := range []struct{ hours, from, days, want string }{
		{"Mo-Fr 09:00-12:00,14:00-17:30; We 10:00-12:00; PH off", "2026-11-23", "fr",
			"Mo 9:00-12:00 14:00-17:30; Tu 9:00-12:00 14:00-17:30; We 10:00-12:00; Th 9:00-12:00 14:00-17:30; Fr 9:00-12:00 14:00-17:30"},
		{"Mo-Fr 09:00-12:00; PH off", "2026-11-09", "fr", "Mo 9:00-12:00; Tu 9:00-12:00; We <Armistice>; Th 9:00-12:00; Fr 9:00-12:00"},
		{"We,Th 09:00-12:00", "2026-11-09", "fr", "We 9:00-12:00? <Armistice>; Th 9:00-12:00"},
		{"Mo 09:00-12:00; SH off", "2026-10-19", "fr", strings.TrimSuffix(strings.Repeat("xx <Vacances de la Toussaint>; ", 7), "; ")},
		{"Fr 22:00-02:00, Sa 17:00+, Su 10:00-12:00+", "2026-11-23", "", "Fr 22:00-26:00; Sa 17:00+?; Su 10:00-12:00+"},
		{`Mo 09:00-12:00 "by appointment"; Tu off "market day"`, "2026-11-23", "", "Mo 9:00-12:00?(by appointment); Tu <market day>"},
		{"Mo-Fr 09:00-12:00", "2026-11-23", "works", "Mo 9:00-12:00; Tu <travaux>; We <travaux>; Th 9:00-12:00; Fr 9:00-12:00"},
		{"Mo 09:00-12:00", "2026-11-24", "doors", "Su 10:00-16:00 <portes ouvertes>; Mo 9:00-12:00"},
		{"Mo 09:00-12:00; We[4] 10:00-11:00", "2026-11-23", "", "Mo 9:00-12:00; We 10:00-11:00"},
		{"Mo 09:00-12:00,11:00-13:00,13:00-14:00", "2026-11-23", "", "Mo 9:00-14:00"},
		{`Mo-Fr 09:00-12:00 || "call us"`, "2026-11-28", "", "Sa 0:00-24:00?(call us); Su 0:00-24:00?(call us); Mo 0:00-9:00?(call us) 9:00-12:00 12:00-24:00?(call us); " +
			"Tu 0:00-9:00?(call us) 9:00-12:00 12:00-24:00?(call us); We 0:00-9:00?(call us) 9:00-12:00 12:00-24:00?(call us); " +
			"Th 0:00-9:00?(call us) 9:00-12:00 12:00-24:00?(call us); Fr 0:00-9:00?(call us) 9:00-12:00 12:00-24:00?(call us)"},
	} {
		s, err := hours.Parse(c.hours)
		if err != nil {
			t.Fatal(err)
		}
		want := c.want
		for _, day := range []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"} {
			want = strings.Replace(want, "xx", day, 1)
		}
		if got := table(s.Week(date(t, c.from), days[c.days])); got != want {
			t.Errorf("%s\n got %s\nwant %s", c.hours, got, want)
		}
	}
}

func TestWeekKnowsItsExceptions(t *testing.T) {
	t.Parallel()
	_, days := vectors(t)
	s, _ := hours.Parse("Mo-Fr 09:00-12:00")
	week := s.Week(date(t, "2026-11-23"), days["works"])
	if !week[1].Except || week[0].Except || !week[1].Closed() || week[0].Closed() {
		t.Errorf("got %+v", week[:2])
	}
	if two := days["works"].With(hours.Exception{Period: week1(t), Spans: []hours.Span{{From: 600, To: 660}}}); len(two.Except) != 2 || len(days["works"].Except) != 1 {
		t.Error("With changed what it was given")
	} else if st := s.At(time.Date(2026, 11, 24, 10, 30, 0, 0, time.UTC), two); !st.Open {
		t.Error("the last exception does not win")
	}
}

func week1(t *testing.T) hours.Period { return period(t, "2026-11-24", "2026-11-24", "after all") }

func TestWeeksCanBeCompared(t *testing.T) {
	t.Parallel()
	week := func(text string) hours.Week {
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		return s.Bitmap()
	}
	if week("Mo-Fr 09:00-12:00,12:00-14:00") != week("Mo,Tu,We,Th,Fr 09:00-14:00") || week("Mo 09:00-10:00") == week("Tu 09:00-10:00") {
		t.Error("the same minutes should be the same week")
	}
	if all := week("24/7"); all.Minutes() != hours.MinutesAWeek || !all.Has(0) || !all.Has(hours.MinutesAWeek-1) || all.Has(hours.MinutesAWeek) {
		t.Error("24/7 should have every minute")
	}
	if sunday := week("Su 23:00-01:00"); sunday.Minutes() != 120 || !sunday.Has(59) || sunday.Has(60) {
		t.Error("the night of Sunday should end on Monday")
	}
}

func TestCacheReadsOnce(t *testing.T) {
	t.Parallel()
	var cache hours.Cache
	var wait sync.WaitGroup
	for n := range 4 {
		wait.Go(func() {
			for i := range 5100 {
				text := fmt.Sprintf("Mo %02d:%02d-24:00 \"%d\"", i/60%24, i%60, n*5100+i)
				if s, err := cache.Parse(text); err != nil || s.Text() != text {
					t.Errorf("%s: %v, %v", text, s, err)
				}
			}
		})
	}
	wait.Wait()
	one, _ := cache.Parse("Mo 09:00-12:00")
	two, _ := cache.Parse("Mo 09:00-12:00")
	if one != two {
		t.Error("read twice")
	}
	if _, err := cache.Parse("Monday morning"); err == nil {
		t.Error("a cache reads what Parse does not")
	}
}
