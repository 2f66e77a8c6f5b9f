package i18n

import (
	"time"
)

// Time is the time of day in the reader's zone, on a 24-hour clock: "09:05", "9 h 05".
func (p *Printer) Time(t time.Time) string {
	t = t.In(p.zone)
	return p.Clock(t.Hour()*60 + t.Minute())
}

// Clock is a time of day given in minutes after midnight. The end of a day, 1440, is 24:00; later minutes belong to
// the next day and are told as such: 1560 is 02:00.
func (p *Printer) Clock(minute int) string {
	if minute > 24*60 {
		minute %= 24 * 60
	}
	hour, minute := minute/60, minute%60
	pattern := p.way.time
	if minute == 0 {
		pattern = p.way.timeWhole
	}
	if hour == 24 { // a time.Time has no 24 o'clock
		return clock24(pattern)
	}
	t := time.Date(2000, 1, 1, hour, minute, 0, 0, time.UTC)
	return string(p.way.write(make([]byte, 0, 16), pattern, t, t))
}

func clock24(pattern string) string {
	if pattern == "HH:mm" {
		return "24:00"
	}
	return "24" + nbsp + "h"
}

// TimeRange is from one time of day to another: "09:00–12:00", "9 h – 12 h".
func (p *Printer) TimeRange(from, to time.Time) string {
	return p.Time(from) + p.way.timeDash + p.Time(to)
}

// ClockRange is TimeRange for minutes after midnight.
func (p *Printer) ClockRange(from, to int) string {
	return p.Clock(from) + p.way.timeDash + p.Clock(to)
}

// Duration is how long something takes, in days, hours and minutes: "45 min", "2 h 30 min", "3 days". Seconds are
// rounded up to the minute; from two days on, hours only as they are whole days or not.
func (p *Printer) Duration(d time.Duration) string {
	minutes := int64((d + time.Minute - 1) / time.Minute)
	if d < 0 {
		minutes = int64((-d + time.Minute - 1) / time.Minute)
	}
	hours, days := minutes/60, minutes/(24*60)
	switch {
	case minutes < 60:
		return p.T("i18n.minutes", "N", minutes)
	case minutes%60 == 0 && hours < 48:
		return p.T("i18n.hours", "N", hours)
	case hours < 48:
		return p.T("i18n.hours-minutes", "Hours", hours, "Minutes", string(two(nil, int(minutes%60))))
	case minutes%(24*60) < 60:
		return p.T("i18n.days", "N", days)
	}
	return p.List([]string{p.T("i18n.days", "N", days), p.T("i18n.hours", "N", hours%24)})
}
