package hours_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"parvis/internal/hours"
)

// simple is a rule of the kind that most places have, with its meaning kept apart from its text.
type simple struct {
	days     [7]bool // Monday first; none means every day
	publicly bool    // "PH" beside the days
	spans    [][2]int
	off      bool
	added    bool // joined with a comma
}

var dayNames = []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}

func (r simple) text() string {
	var days, spans, words []string
	for i, on := range r.days {
		if on {
			days = append(days, dayNames[i])
		}
	}
	if r.publicly {
		days = append(days, "PH")
	}
	for _, s := range r.spans {
		spans = append(spans, fmt.Sprintf("%02d:%02d-%02d:%02d", s[0]/60, s[0]%60, s[1]%1440/60, s[1]%60))
	}
	if len(days) > 0 {
		words = append(words, strings.Join(days, ","))
	}
	if len(spans) > 0 {
		words = append(words, strings.Join(spans, ","))
	}
	if r.off {
		words = append(words, "off")
	}
	return strings.Join(words, " ")
}

// on reports whether the rule is about a day.
func (r simple) on(weekday int, public bool) bool {
	return r.days == [7]bool{} && !r.publicly || r.days[weekday] || r.publicly && public
}

// minutes is the oracle: a day as 2880 minutes, ruled over one after the other.
func minutes(rules []simple, weekday int, public bool) (open [2880]bool, spoken bool) {
	for _, r := range rules {
		if !r.on(weekday, public) {
			continue
		}
		spoken = spoken || public && r.publicly
		if r.off && len(r.spans) == 0 || !r.off && !r.added {
			open = [2880]bool{}
		}
		for _, s := range r.spans {
			for m := s[0]; m < s[1]; m++ {
				open[m] = !r.off
			}
		}
	}
	return open, spoken
}

func drawRules(t *rapid.T) []simple {
	rules := make([]simple, rapid.IntRange(1, 5).Draw(t, "rules"))
	for i := range rules {
		r := &rules[i]
		for d := range r.days {
			r.days[d] = rapid.IntRange(0, 2).Draw(t, "day") == 0
		}
		r.publicly = rapid.IntRange(0, 3).Draw(t, "public") == 0
		r.off = i > 0 && rapid.IntRange(0, 3).Draw(t, "off") == 0
		r.added = i > 0 && rapid.Bool().Draw(t, "added")
		least := 1
		if r.off {
			least = 0
		}
		for range rapid.IntRange(least, 3).Draw(t, "spans") {
			from := rapid.IntRange(0, 1439).Draw(t, "from")
			r.spans = append(r.spans, [2]int{from, from + rapid.IntRange(1, 1440).Draw(t, "length")})
		}
		if r.added && r.days == [7]bool{} && !r.publicly { // a comma before times alone goes on with the times
			r.days[rapid.IntRange(0, 6).Draw(t, "one day")] = true
		}
	}
	return rules
}

func join(rules []simple) string {
	text := rules[0].text()
	for _, r := range rules[1:] {
		if r.added {
			text += ", " + r.text()
		} else {
			text += "; " + r.text()
		}
	}
	return text
}

// TestOpenIsWhatTheRulesSay draws rules, writes them down, and asks for every hour of ten days and of their nights,
// one of which is a public holiday.
func TestOpenIsWhatTheRulesSay(t *testing.T) {
	t.Parallel()
	first := hours.NewDate(2026, 11, 9) // a Monday
	holiday := first + 2
	h := hours.Holidays{Public: []hours.Period{{From: holiday, To: holiday, Name: "Armistice"}}}
	rapid.Check(t, func(t *rapid.T) {
		rules := drawRules(t)
		text := join(rules)
		s, err := hours.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		for day := first; day < first+10; day++ {
			today := doubtless(rules, day, holiday)
			eve := doubtless(rules, day-1, holiday)
			for m := rapid.IntRange(0, 29).Draw(t, "minute"); m < 1440; m += 30 {
				now := day.In(time.UTC).Add(time.Duration(m) * time.Minute)
				if want := today[m] || eve[m+1440]; s.Open(now, h) != want {
					t.Fatalf("%s at %s: open %v, want %v", text, now.Format("Mon 15:04"), !want, want)
				}
			}
		}
	})
}

// doubtless is the oracle's day; nothing is surely open on the holiday when no rule spoke of it.
func doubtless(rules []simple, day, holiday hours.Date) [2880]bool {
	open, spoken := minutes(rules, (int(day.Weekday())+6)%7, day == holiday)
	if day == holiday && !spoken {
		return [2880]bool{}
	}
	return open
}

// TestCanonicalTextsAreStable draws rules of every kind by their text.
func TestCanonicalTextsAreStable(t *testing.T) {
	t.Parallel()
	dates := []string{"", "", "", "Jan-Mar ", "Dec 24-26 ", "2026 Nov 01-2027 Feb 15 ", "week 01-53/2 ", "2027+ ", "2026-2030 Jun,Aug ", "May 1,8 "}
	days := []string{"", "Mo-Fr ", "Sa,Su ", "Fr-Mo ", "Th[1,-1] ", "PH ", "Mo-Fr,PH ", "SH Mo-We ", "Su[2],Mo "}
	times := []string{"", "09:00-12:00", "22:00-02:00,05:00-06:00", "17:00+", "08:00-10:00+", "00:00-24:00"}
	states := []string{"", "", ` "call us"`, ` open "ring"`, " unknown"}
	rapid.Check(t, func(t *rapid.T) {
		var text strings.Builder
		for i := range rapid.IntRange(1, 6).Draw(t, "rules") {
			if i > 0 {
				text.WriteString(rapid.SampledFrom([]string{"; ", " || ", ";"}).Draw(t, "join"))
			}
			rule := rapid.SampledFrom(dates).Draw(t, "date") + rapid.SampledFrom(days).Draw(t, "days") + rapid.SampledFrom(times).Draw(t, "times")
			state := rapid.SampledFrom(states).Draw(t, "state")
			if rule+state == "" {
				state = "off"
			}
			text.WriteString(rule + state)
		}
		s, err := hours.Parse(text.String())
		if err != nil {
			t.Fatalf("%s: %v", text.String(), err)
		}
		again, err := hours.Parse(s.Text())
		if err != nil || again.Text() != s.Text() {
			t.Fatalf("%s is %s is %s: %v", text.String(), s.Text(), again.Text(), err)
		}
		at := time.Date(2026, 11, 9, 0, 0, 0, 0, time.UTC).Add(time.Duration(rapid.IntRange(0, 400*1440).Draw(t, "at")) * time.Minute)
		if one, two := s.At(at, hours.Holidays{}), again.At(at, hours.Holidays{}); one != two {
			t.Fatalf("%s at %s: %+v, %+v", text.String(), at, one, two)
		}
	})
}
