package hours_test

import (
	"testing"
	"time"

	"parvis/internal/hours"
)

func TestDatesAreThoseOfTheCalendar(t *testing.T) {
	t.Parallel()
	for d := hours.NewDate(1890, 1, 1); d < hours.NewDate(2110, 1, 1); d++ {
		reference := time.Date(1890, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, int(d-hours.NewDate(1890, 1, 1)))
		if d.Weekday() != reference.Weekday() || !d.In(time.UTC).Equal(reference) || hours.DateOf(reference.Add(23*time.Hour)) != d {
			t.Fatalf("%s is not %s", d, reference)
		}
	}
	if d, err := hours.ParseDate("2026-11-22"); err != nil || d.String() != "2026-11-22" || d.Weekday() != time.Sunday {
		t.Errorf("got %v, %v", d, err)
	}
	if _, err := hours.ParseDate("22/11/2026"); err == nil {
		t.Error("a date of another form passes")
	}
}

// TestWeekNumbersAreISO asks schedules for every week of some years, the long ones among them.
func TestWeekNumbersAreISO(t *testing.T) {
	t.Parallel()
	odd, err := hours.Parse("week 01-53/2 00:00-24:00")
	if err != nil {
		t.Fatal(err)
	}
	last, err := hours.Parse("week 53 00:00-24:00")
	if err != nil {
		t.Fatal(err)
	}
	for day := time.Date(2019, 12, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2033; day = day.AddDate(0, 0, 1) {
		_, week := day.ISOWeek()
		if odd.Open(day, hours.Holidays{}) != (week%2 == 1) || last.Open(day, hours.Holidays{}) != (week == 53) {
			t.Fatalf("%s is in week %d", day, week)
		}
	}
}

// TestNthWeekdays compares with counting.
func TestNthWeekdays(t *testing.T) {
	t.Parallel()
	third, _ := hours.Parse("We[3] 00:00-24:00")
	last, _ := hours.Parse("We[-1] 00:00-24:00")
	for month := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC); month.Year() < 2029; month = month.AddDate(0, 1, 0) {
		count, final := 0, 0
		for day := month; day.Month() == month.Month(); day = day.AddDate(0, 0, 1) {
			if day.Weekday() == time.Wednesday {
				count, final = count+1, day.Day()
			}
			if third.Open(day, hours.Holidays{}) != (day.Weekday() == time.Wednesday && count == 3) {
				t.Errorf("%s: third Wednesday or not?", day)
			}
		}
		for day := month; day.Month() == month.Month(); day = day.AddDate(0, 0, 1) {
			if last.Open(day, hours.Holidays{}) != (day.Day() == final) {
				t.Errorf("%s: last Wednesday or not?", day)
			}
		}
	}
}
