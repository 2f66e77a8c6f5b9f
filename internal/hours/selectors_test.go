package hours_test

import (
	"testing"
	"time"

	"parvis/internal/hours"
)

// TestSelectorsChooseDays compares each selector with what the calendar of the standard library says, for every day of
// six years, leap day and long years among them.
func TestSelectorsChooseDays(t *testing.T) {
	t.Parallel()
	for text, on := range map[string]func(time.Time) bool{
		"Mo":            weekdays(time.Monday),
		"Sa,Su":         weekdays(time.Saturday, time.Sunday),
		"Sa-Tu":         weekdays(time.Saturday, time.Sunday, time.Monday, time.Tuesday),
		"Mo-Su":         always,
		"open":          always,
		"off":           not(always),
		"Mo-Fr; We off": weekdays(time.Monday, time.Tuesday, time.Thursday, time.Friday),
		"Feb":           months(time.February),
		"Nov-Feb":       months(time.November, time.December, time.January, time.February),
		"Jan,Mar":       months(time.January, time.March),
		"Jun-Aug Mo":    both(months(time.June, time.July, time.August), weekdays(time.Monday)),
		"Dec 24-26":     both(months(time.December), daysOfMonth(24, 26)),
		"Dec 24,31":     func(d time.Time) bool { return d.Month() == time.December && (d.Day() == 24 || d.Day() == 31) },
		"Feb 29":        func(d time.Time) bool { return d.Month() == time.February && d.Day() == 29 },
		"Dec 30-Jan 02": func(d time.Time) bool {
			return d.Month() == time.December && d.Day() >= 30 || d.Month() == time.January && d.Day() <= 2
		},
		"2027":                       years(2027, 2027),
		"2027-2028":                  years(2027, 2028),
		"2029+":                      years(2029, 9999),
		"2026,2028":                  func(d time.Time) bool { return d.Year() == 2026 || d.Year() == 2028 },
		"2027-2028 Feb":              both(years(2027, 2028), months(time.February)),
		"2027 Feb":                   both(years(2027, 2027), months(time.February)),
		"2027 Nov-2028 Feb":          between("2027-11-01", "2028-02-29"),
		"2027 Nov 30-2028 Jan 02":    between("2027-11-30", "2028-01-02"),
		"2027 Nov 30-Jan 02":         between("2027-11-30", "2028-01-02"),
		"2027 May 01-08":             between("2027-05-01", "2027-05-08"),
		"week 01":                    isoWeeks(func(w int) bool { return w == 1 }),
		"week 52-53":                 isoWeeks(func(w int) bool { return w >= 52 }),
		"week 10-20/3":               isoWeeks(func(w int) bool { return w >= 10 && w <= 20 && (w-10)%3 == 0 }),
		"week 02-52/2 Th":            both(isoWeeks(func(w int) bool { return w%2 == 0 }), weekdays(time.Thursday)),
		"week 5,7,9-10":              isoWeeks(func(w int) bool { return w == 5 || w == 7 || w == 9 || w == 10 }),
		"Tu[1]":                      nth(time.Tuesday, 1),
		"Tu[5]":                      nth(time.Tuesday, 5),
		"Fr[-1]":                     nth(time.Friday, -1),
		"Fr[-5]":                     nth(time.Friday, -5),
		"Su[2-3]":                    either(nth(time.Sunday, 2), nth(time.Sunday, 3)),
		"Mo,Fr[1,-1]":                either(weekdays(time.Monday), either(nth(time.Friday, 1), nth(time.Friday, -1))),
		"Jul Sa[1]":                  both(months(time.July), nth(time.Saturday, 1)),
		"Mo; Tu[1] off; 2027 Mo off": both(weekdays(time.Monday), not(years(2027, 2027))),
		"Mo, Jan Tu":                 either(weekdays(time.Monday), both(months(time.January), weekdays(time.Tuesday))),
		"Mo-Fr; Jul-Aug off; Aug We": func(d time.Time) bool {
			work := weekdays(time.Monday, time.Tuesday, time.Wednesday, time.Thursday, time.Friday)(d)
			if d.Month() == time.August && d.Weekday() == time.Wednesday {
				return true
			}
			return work && d.Month() != time.July && d.Month() != time.August
		},
	} {
		t.Run(text, func(t *testing.T) {
			t.Parallel()
			s, err := hours.Parse(withTimes(text))
			if err != nil {
				t.Fatal(err)
			}
			for day := time.Date(2025, 1, 1, 12, 0, 0, 0, time.UTC); day.Year() < 2031; day = day.AddDate(0, 0, 1) {
				if got := s.Open(day, hours.Holidays{}); got != on(day) {
					t.Fatalf("on %s: %v", day.Format("Mon 2006-01-02"), got)
				}
			}
		})
	}
}

// withTimes lets a comma stand between rules, which a day without a time before it does not allow.
func withTimes(text string) string {
	if text == "Mo, Jan Tu" {
		return "Mo 08:00-20:00, Jan Tu 08:00-20:00"
	}
	return text
}

func always(time.Time) bool { return true }

func not(f func(time.Time) bool) func(time.Time) bool {
	return func(d time.Time) bool { return !f(d) }
}

func both(all ...func(time.Time) bool) func(time.Time) bool {
	return func(d time.Time) bool {
		for _, f := range all {
			if !f(d) {
				return false
			}
		}
		return true
	}
}

func either(a, b func(time.Time) bool) func(time.Time) bool {
	return func(d time.Time) bool { return a(d) || b(d) }
}

func weekdays(all ...time.Weekday) func(time.Time) bool {
	return func(d time.Time) bool {
		for _, w := range all {
			if d.Weekday() == w {
				return true
			}
		}
		return false
	}
}

func months(all ...time.Month) func(time.Time) bool {
	return func(d time.Time) bool {
		for _, m := range all {
			if d.Month() == m {
				return true
			}
		}
		return false
	}
}

func daysOfMonth(from, to int) func(time.Time) bool {
	return func(d time.Time) bool { return from <= d.Day() && d.Day() <= to }
}

func years(from, to int) func(time.Time) bool {
	return func(d time.Time) bool { return from <= d.Year() && d.Year() <= to }
}

func between(from, to string) func(time.Time) bool {
	return func(d time.Time) bool {
		text := d.Format(time.DateOnly)
		return from <= text && text <= to
	}
}

func isoWeeks(f func(int) bool) func(time.Time) bool {
	return func(d time.Time) bool {
		_, week := d.ISOWeek()
		return f(week)
	}
}

// nth counts by going week by week to the month's edge.
func nth(w time.Weekday, n int) func(time.Time) bool {
	return func(d time.Time) bool {
		step, count := -7, 0
		if n < 0 {
			step = 7
		}
		for other := d; other.Month() == d.Month(); other = other.AddDate(0, 0, step) {
			count++
		}
		return d.Weekday() == w && (count == n || count == -n)
	}
}
