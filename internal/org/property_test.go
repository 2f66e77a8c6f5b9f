package org_test

import (
	"cmp"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/hours"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

// TestWorkdaysAgreeWithCountingThem holds AddWorkdays to its words: the nth working day after a day, found one by one.
func TestWorkdaysAgreeWithCountingThem(t *testing.T) {
	t.Parallel()
	territories := []*org.Pack{load(t, pack(t, "", "", "")), demo(t, "hai-van"), demo(t, "jingan")}
	first, last := day(t, "2026-01-01"), day(t, "2028-11-30")
	rapid.Check(t, func(rt *rapid.T) {
		p := rapid.SampledFrom(territories).Draw(rt, "territory")
		from := hours.Date(rapid.IntRange(int(first), int(last)).Draw(rt, "from"))
		n := rapid.IntRange(0, 40).Draw(rt, "n")
		got := p.AddWorkdays(from, n)
		if !p.Workday(got) || n > 0 && got <= from || got < from {
			rt.Fatalf("%s: %d working days after %s is %s, worked: %v", p.ID, n, from, got, p.Workday(got))
		}
		worked := 0
		for d := from + 1; d <= got; d++ {
			if p.Workday(d) {
				worked++
			}
		}
		if want := n; n > 0 && worked != want || n == 0 && worked > 1 {
			rt.Fatalf("%s: from %s to %s are %d working days, want %d", p.ID, from, got, worked, want)
		}
		if next := p.AddWorkdays(from+1, n); next < got {
			rt.Fatalf("%s: a day later it ends sooner, on %s and not %s", p.ID, next, got)
		}
	})
}

// TestPeriodsAreTheHolidaysDays: the periods that opening hours read and the days that Holiday names are the same days.
func TestPeriodsAreTheHolidaysDays(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"nord", "sector4", "hai-van", "jingan"} {
		p := demo(t, id)
		for _, lang := range p.Languages {
			named := map[hours.Date]string{}
			end := hours.Date(0)
			for _, period := range p.Calendar(lang).Public {
				if period.From <= end || period.To < period.From || period.Name == "" {
					t.Errorf("%s, %s: period %+v after %s", id, lang, period, end)
				}
				end = period.To
				for d := period.From; d <= period.To; d++ {
					named[d] = period.Name
				}
			}
			for d := day(t, "2025-12-01"); d < day(t, "2029-02-01"); d++ {
				if got := p.Holiday(d)[lang]; got != named[d] {
					t.Errorf("%s, %s: %s is %q as a day and %q in a period", id, lang, d, got, named[d])
				}
			}
		}
	}
}

func TestASpanListsEveryDayOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(rt *rapid.T) {
		from := hours.Date(rapid.IntRange(int(day(t, "2020-01-01")), int(day(t, "2040-12-31"))).Draw(rt, "from"))
		length := rapid.IntRange(-3, 125).Draw(rt, "length")
		span := org.Span(fmt.Sprintf("%s..%s", from, from+hours.Date(length)))
		got := span.Days()
		if length < 0 || length >= 120 { // the wrong way round, or a slip in a year
			if got != nil {
				rt.Fatalf("%s has %d days", span, len(got))
			}
			return
		}
		if len(got) != length+1 {
			rt.Fatalf("%s has %d days", span, len(got))
		}
		for i, d := range got {
			if d != from+hours.Date(i) {
				rt.Fatalf("%s: day %d is %s", span, i, d)
			}
		}
	})
}

// TestTheStoreSaysWhatTheLastPackSaid: whatever packs came before, the store holds the authority and the partners that
// have teams, and syncing the same pack again changes nothing.
func TestTheStoreSaysWhatTheLastPackSaid(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := org.NewStore(d)
		rapid.Check(t, func(rt *rapid.T) {
			all := someOrganisations(rt)
			if _, err := s.Sync(t.Context(), all); err != nil {
				rt.Fatal(err)
			}
			if again, err := s.Sync(t.Context(), all); err != nil || again != 0 {
				rt.Fatalf("the same again changes %d rows, %v", again, err)
			}
			kept, err := s.Organisations(t.Context())
			if want := worthKeeping(all); err != nil || !reflect.DeepEqual(kept, want) {
				rt.Fatalf("kept\n%+v, %v\nwant\n%+v", kept, err, want)
			}
		})
	})
}

// someOrganisations draws the authority and partners, few enough that ids come again from draw to draw.
func someOrganisations(rt *rapid.T) []org.Organisation {
	text := rapid.SampledFrom([]string{"Mairie", "Les “Amis”", "Ủy ban", "静安", `a\b'c`})
	door := rapid.SampledFrom([]string{"online", "counter", "home"})
	authority := rapid.IntRange(0, 3).Draw(rt, "authority")
	var all []org.Organisation
	for i := range 4 {
		if i == authority || rapid.Bool().Draw(rt, "there") {
			all = append(all, org.Organisation{ID: fmt.Sprintf("o%d", i), Authority: i == authority, Name: i18n.Text{"en": text.Draw(rt, "name")}})
		}
	}
	for i := range rapid.IntRange(0, 4).Draw(rt, "teams") {
		o := &all[rapid.IntRange(0, len(all)-1).Draw(rt, "of")]
		o.Teams = append(o.Teams, org.Team{ID: fmt.Sprintf("t%d", i), Name: i18n.Text{"en": text.Draw(rt, "team")},
			Doors: []string{door.Draw(rt, "door")}, Languages: []string{"fr", "vi"}})
	}
	return all
}

// worthKeeping are those whose staff sign in, the authority first, then by id.
func worthKeeping(all []org.Organisation) []org.Organisation {
	kept := slices.DeleteFunc(slices.Clone(all), func(o org.Organisation) bool { return !o.Authority && len(o.Teams) == 0 })
	slices.SortFunc(kept, func(a, b org.Organisation) int {
		if a.Authority != b.Authority {
			return map[bool]int{true: -1, false: 1}[a.Authority]
		}
		return cmp.Compare(a.ID, b.ID)
	})
	return kept
}
