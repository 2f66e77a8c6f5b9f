package hours

import "time"

// Date is a calendar day: the days since 1 January 1970. Days can be compared, and counted with + and -.
type Date int32

// NewDate is the day of a year, month and day, which may overflow as in time.Date.
func NewDate(year int, month time.Month, day int) Date {
	return Date(floorDiv(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix(), secondsADay))
}

// DateOf is the day of t in t's own zone.
func DateOf(t time.Time) Date {
	day, _ := local(t)
	return day
}

// ParseDate reads "2026-11-22".
func ParseDate(text string) (Date, error) {
	t, err := time.Parse(time.DateOnly, text)
	return DateOf(t), err
}

// String is the day as "2026-11-22".
func (d Date) String() string { return d.In(time.UTC).Format(time.DateOnly) }

// In is the day's first instant in a zone.
func (d Date) In(zone *time.Location) time.Time {
	y, m, day := d.civil()
	return time.Date(y, m, day, 0, 0, 0, 0, zone)
}

// Weekday is the day's weekday.
func (d Date) Weekday() time.Weekday { return time.Weekday(((int(d)+4)%7 + 7) % 7) } // day 0 was a Thursday

// monday0 counts weekdays from Monday, 0, to Sunday, 6.
func (d Date) monday0() int { return ((int(d)+3)%7 + 7) % 7 }

const (
	secondsADay = 24 * 60 * 60
	minutesADay = 24 * 60
)

// civil gives the year, month and day. Years are counted from March so that the leap day comes last.
func (d Date) civil() (int, time.Month, int) {
	const daysTo1970, era = 719468, 146097 // from 1 March 0000; days in 400 years
	days := int(d) + daysTo1970
	cycle := int(floorDiv(int64(days), era))
	ofEra := days - cycle*era
	year := (ofEra - ofEra/1460 + ofEra/36524 - ofEra/146096) / 365
	ofYear := ofEra - (365*year + year/4 - year/100)
	shifted := (5*ofYear + 2) / 153
	day := ofYear - (153*shifted+2)/5 + 1
	month := shifted + 3
	year += cycle * 400
	if month > 12 {
		month, year = month-12, year+1
	}
	return year, time.Month(month), day
}

// isoWeek is the week's number by ISO 8601: the week of its Thursday.
func (d Date) isoWeek() int {
	thursday := d + Date(3-d.monday0())
	year, _, _ := thursday.civil()
	return int(thursday-NewDate(year, time.January, 1))/7 + 1
}

// local gives the day and the second of the day on the wall clock of t's zone.
func local(t time.Time) (Date, int) {
	_, offset := t.Zone()
	seconds := t.Unix() + int64(offset)
	day := floorDiv(seconds, secondsADay)
	return Date(day), int(seconds - day*secondsADay)
}

func floorDiv(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
}
