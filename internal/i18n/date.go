package i18n

import (
	"strings"
	"time"
)

func (p *Printer) pattern(pattern string, t time.Time) string {
	t = t.In(p.zone)
	return string(p.way.write(make([]byte, 0, 40), pattern, t, t))
}

// Date is the day in the reader's zone: "22 November 2026".
func (p *Printer) Date(t time.Time) string { return p.pattern(p.way.date, t) }

// DateLong is the day with its weekday: "Sunday 22 November 2026".
func (p *Printer) DateLong(t time.Time) string { return p.pattern(p.way.dateLong, t) }

// DateShort is the day where space is short: "22 Nov 2026".
func (p *Printer) DateShort(t time.Time) string { return p.pattern(p.way.dateShort, t) }

// DayMonth is the day without its year: "22 November".
func (p *Printer) DayMonth(t time.Time) string { return p.pattern(p.way.dayMonth, t) }

// WeekdayDate is the weekday and the day without its year: "Sunday 22 November".
func (p *Printer) WeekdayDate(t time.Time) string { return p.pattern(p.way.weekdayDate, t) }

// MonthYear heads a calendar: "November 2026".
func (p *Printer) MonthYear(t time.Time) string { return p.pattern(p.way.monthYear, t) }

// DateISO is the day for machines, as in <time datetime>: "2026-11-22".
func (p *Printer) DateISO(t time.Time) string { return t.In(p.zone).Format(time.DateOnly) }

// DateTime is the day and the time: "22 November 2026 at 14:30".
func (p *Printer) DateTime(t time.Time) string {
	return strings.NewReplacer("{1}", p.Date(t), "{0}", p.Time(t)).Replace(p.way.dateTime)
}

// DateRange is from one day to another, both included, with what they share said once: "24–26 December 2026".
func (p *Printer) DateRange(from, to time.Time) string {
	from, to = from.In(p.zone), to.In(p.zone)
	fy, fm, fd := from.Date()
	ty, tm, td := to.Date()
	pattern := ""
	switch {
	case fy == ty && fm == tm && fd == td:
		return p.Date(from)
	case fy == ty && fm == tm:
		pattern = p.way.rangeSameMonth
	case fy == ty:
		pattern = p.way.rangeSameYear
	default:
		return p.Date(from) + p.way.dateDash + p.Date(to)
	}
	return string(p.way.write(make([]byte, 0, 48), pattern, from, to))
}

// Weekday is a weekday's name: "Sunday", "dimanche".
func (p *Printer) Weekday(d time.Weekday) string { return p.way.weekdays[int(d)%7] }

// WeekdayShort is a weekday's name where space is short: "Sun".
func (p *Printer) WeekdayShort(d time.Weekday) string { return p.way.weekdaysShort[int(d)%7] }

// Month is a month's name as a heading, from January: "November", "Tháng 11".
func (p *Printer) Month(m time.Month) string {
	if p.way.monthsAlone != nil {
		return p.way.monthsAlone[(int(m)+11)%12]
	}
	return p.way.months[(int(m)+11)%12]
}

// Day is a day as one would say it at the moment now: "today", "tomorrow", "yesterday", within the coming six days
// its weekday, in the same year "22 November", else "22 November 2026".
func (p *Printer) Day(t, now time.Time) string {
	t, now = t.In(p.zone), now.In(p.zone)
	switch days := daysBetween(now, t); {
	case days == -1:
		return p.T("i18n.yesterday")
	case days == 0:
		return p.T("i18n.today")
	case days == 1:
		return p.T("i18n.tomorrow")
	case days > 1 && days < 7:
		return p.Weekday(t.Weekday())
	case t.Year() == now.Year():
		return p.WeekdayDate(t)
	}
	return p.Date(t)
}

// daysBetween counts calendar days, whatever daylight saving does to their length.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) int64 {
		y, m, d := t.Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC).Unix() / 86400
	}
	return int(day(to) - day(from))
}
