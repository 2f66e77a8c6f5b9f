package org_test

import (
	"testing"
	"time"

	"parvis/internal/hours"
	"parvis/internal/org"
	"parvis/packs"
)

func day(t *testing.T, text string) hours.Date {
	t.Helper()
	d, err := hours.ParseDate(text)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func demo(t *testing.T, id string) *org.Pack {
	t.Helper()
	dir, err := packs.Open(id)
	if err != nil {
		t.Fatal(err)
	}
	p, err := org.LoadPack(dir)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestASpanHasItsDays(t *testing.T) {
	t.Parallel()
	for span, n := range map[org.Span]int{"2026-05-01": 1, "2026-02-27..2026-03-02": 4, "2027-12-31..2028-01-01": 2,
		"2026-05-04..2026-05-01": 0, "2026-13-01": 0, "": 0, "..": 0, "2026-01-01..2027-01-01": 0} {
		if got := span.Days(); len(got) != n {
			t.Errorf("%q has %d days, want %d", span, len(got), n)
		}
	}
}

func TestTwoHolidaysOnOneDayAreBothNamed(t *testing.T) {
	t.Parallel()
	p := load(t, pack(t, "", "", ""))
	if got := p.Holiday(day(t, "2026-05-01")); got["fr"] != "Fête du Travail, Le pont" || got["en"] != "Labour Day, The bridge" {
		t.Errorf("1 May is %v", got)
	}
	if got := p.Holiday(day(t, "2026-05-05")); got != nil {
		t.Errorf("5 May is %v", got)
	}
	public := p.Calendar("en").Public
	if len(public) != 3 || public[1].Name != "The bridge" || public[1].To.String() != "2026-05-04" {
		t.Errorf("periods %v", public)
	}
	if school := p.Calendar("vi").School; len(school) != 1 || school[0].Name != "Été" {
		t.Errorf("a language that is not offered gets the default's names: %v", school)
	}
}

func TestWorkdaysAreCounted(t *testing.T) {
	t.Parallel()
	p := load(t, pack(t, "", "", ""))
	// 1 to 4 May 2026 are holidays, but Saturday the 2nd is worked.
	for d, works := range map[string]bool{"2026-04-30": true, "2026-05-01": false, "2026-05-02": true, "2026-05-03": false,
		"2026-05-04": false, "2026-05-05": true, "2026-05-09": false} {
		if p.Workday(day(t, d)) != works {
			t.Errorf("%s worked: %v", d, !works)
		}
	}
	for _, c := range []struct {
		from string
		n    int
		to   string
	}{{"2026-04-30", 0, "2026-04-30"}, {"2026-05-03", 0, "2026-05-05"}, {"2026-04-30", 1, "2026-05-02"},
		{"2026-04-30", 2, "2026-05-05"}, {"2026-05-03", 1, "2026-05-05"}, {"2026-05-08", 10, "2026-05-22"}} {
		if got := p.AddWorkdays(day(t, c.from), c.n); got.String() != c.to {
			t.Errorf("%d working days after %s: %s, want %s", c.n, c.from, got, c.to)
		}
	}
}

func TestATerritoryWithoutCalendarNeverWorks(t *testing.T) {
	t.Parallel()
	var none org.Territory
	d := day(t, "2026-05-05")
	if none.Workday(d) || none.AddWorkdays(d, 3) != d || none.Holiday(d) != nil || none.Location() != time.UTC ||
		none.Language() != "" || len(none.Calendar("en").Public) != 0 {
		t.Error("a territory that was not loaded has no days")
	}
}

func TestTodayIsTheTerritorysDay(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 22, 18, 30, 0, 0, time.UTC)
	for id, want := range map[string]string{"auch": "2026-11-22", "hai-van": "2026-11-23", "jingan": "2026-11-23"} {
		if got := demo(t, id).Today(now); got.String() != want {
			t.Errorf("%s: it is %s, want %s", id, got, want)
		}
	}
}

// Days that the five territories rest or work on, from their laws and announcements.
func TestTheTerritoriesRestOnTheirDays(t *testing.T) {
	t.Parallel()
	rests := map[string]map[string]string{
		"nord": {"2026-05-14": "Ascension", "2027-03-29": "Lundi de Pâques", "2028-06-05": "Lundi de Pentecôte",
			"2026-11-11": "Armistice de 1918"},
		"auch": {"2026-04-06": "Lundi de Pâques", "2028-04-17": "Lundi de Pâques"},
		"sector4": {"2026-04-10": "Vinerea Mare", "2027-05-03": "Paștele", "2026-12-01": "Ziua Națională",
			"2026-06-01": "Ziua Copilului, Rusaliile", "2027-06-21": "Rusaliile"},
		"hai-van": {"2026-02-17": "Tết Nguyên đán", "2027-02-06": "Tết Nguyên đán", "2028-01-26": "Tết Nguyên đán",
			"2027-04-16": "Giỗ Tổ Hùng Vương", "2026-09-02": "Quốc khánh"},
		"jingan": {"2026-02-17": "春节", "2026-10-07": "国庆节", "2027-06-09": "端午节", "2028-10-03": "中秋节, 国庆节"},
	}
	for id, days := range rests {
		p := demo(t, id)
		for d, name := range days {
			if got := p.Holiday(day(t, d)); got[p.Language()] != name || p.Workday(day(t, d)) {
				t.Errorf("%s: %s is %q, want %q", id, d, got[p.Language()], name)
			}
		}
	}
	for id, days := range map[string][]string{"jingan": {"2026-02-14", "2026-09-20"}, "hai-van": {"2026-01-10"}, "nord": {"2026-11-23"}} {
		for _, d := range days {
			if !demo(t, id).Workday(day(t, d)) {
				t.Errorf("%s: nobody works on %s", id, d)
			}
		}
	}
}

// The two French territories are in different school zones.
func TestSchoolHolidaysFollowTheZone(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		id, day string
		off     bool
	}{{"nord", "2026-02-16", true}, {"auch", "2026-02-16", false}, {"nord", "2026-03-05", false}, {"auch", "2026-03-05", true},
		{"nord", "2026-10-20", true}, {"auch", "2026-10-20", true}, {"nord", "2026-11-23", false}} {
		calendar := demo(t, c.id).Calendar("fr")
		if name, off := calendar.SchoolDay(day(t, c.day)); off != c.off {
			t.Errorf("%s on %s: %q, off %v", c.id, c.day, name, off)
		}
	}
}
