package hours

import (
	"fmt"
	"strings"
)

// Text is the schedule in its canonical form. Parse of it gives the same schedule.
func (s Schedule) Text() string {
	if s.parsed == nil {
		return ""
	}
	var b strings.Builder
	for i := range s.rules {
		r := &s.rules[i]
		if i > 0 {
			b.WriteString([...]string{"; ", ", ", " || "}[r.join])
		}
		b.WriteString(r.text())
	}
	return b.String()
}

// String is Text, for %v.
func (s Schedule) String() string { return s.Text() }

func (r *rule) text() string {
	var words []string
	if r.always {
		words = append(words, "24/7")
	}
	words = append(words, r.dateTexts()...)
	if len(r.weeks) > 0 {
		words = append(words, "week "+list(r.weeks, weeks.String))
	}
	words = append(words, r.dayTexts()...)
	if len(r.times) > 0 {
		words = append(words, list(r.times, times.String))
	}
	switch {
	case r.kind == off:
		words = append(words, "off")
	case r.kind == unknown && r.comment == "":
		words = append(words, "unknown")
	case r.kind == open && (r.comment != "" || len(words) == 0):
		words = append(words, "open")
	}
	if r.comment != "" {
		words = append(words, `"`+r.comment+`"`)
	}
	return strings.Join(words, " ")
}

func (r *rule) dateTexts() []string {
	var words []string
	if len(r.years) > 0 {
		words = append(words, list(r.years, years.String))
	}
	if len(r.dates) > 0 {
		words = append(words, list(r.dates, dates.String))
	}
	return words
}

func (r *rule) dayTexts() []string {
	var words, days []string
	if r.inPH {
		words = append(words, "PH")
	}
	if r.inSH {
		words = append(words, "SH")
	}
	if r.inPH && r.inSH {
		words = []string{"PH,SH"}
	}
	for day := 0; day < 7; day++ {
		if r.days&(1<<day) == 0 {
			continue
		}
		end := day
		for end < 6 && r.days&(1<<(end+1)) != 0 {
			end++
		}
		switch {
		case end-day >= 2:
			days = append(days, dayName(day)+"-"+dayName(end))
			day = end
		default:
			days = append(days, dayName(day))
		}
	}
	for _, n := range r.nth {
		days = append(days, n.String())
	}
	if r.ph {
		days = append(days, "PH")
	}
	if r.sh {
		days = append(days, "SH")
	}
	if len(days) > 0 {
		words = append(words, strings.Join(days, ","))
	}
	return words
}

func list[T any](items []T, text func(T) string) string {
	texts := make([]string, len(items))
	for i, item := range items {
		texts[i] = text(item)
	}
	return strings.Join(texts, ",")
}

func dayName(day int) string {
	return [...]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[day]
}

func (n nth) String() string {
	var which []string
	for i := 1; i <= 5; i++ {
		if n.which&(1<<i) != 0 {
			which = append(which, fmt.Sprint(i))
		}
	}
	for i := 1; i <= 5; i++ {
		if n.which&(1<<(8+i)) != 0 {
			which = append(which, fmt.Sprint(-i))
		}
	}
	return dayName(n.day) + "[" + strings.Join(which, ",") + "]"
}

func (t times) String() string {
	if t.openEnd && t.from == t.to {
		return clockText(t.from) + "+"
	}
	text := clockText(t.from) + "-" + clockText(t.end())
	if t.openEnd {
		text += "+"
	}
	return text
}

// end is the end as it is written: past midnight the clock begins again.
func (t times) end() int {
	if t.to > minutesADay && t.to-minutesADay <= t.from {
		return t.to - minutesADay
	}
	return t.to
}

func clockText(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60, minutes%60) }

func (w weeks) String() string {
	switch {
	case w.from == w.to:
		return fmt.Sprintf("%02d", w.from)
	case w.step == 1:
		return fmt.Sprintf("%02d-%02d", w.from, w.to)
	}
	return fmt.Sprintf("%02d-%02d/%d", w.from, w.to, w.step)
}

func (y years) String() string {
	switch y.to {
	case y.from:
		return fmt.Sprint(y.from)
	case 0:
		return fmt.Sprintf("%d+", y.from)
	}
	return fmt.Sprintf("%d-%d", y.from, y.to)
}

func (d dates) String() string {
	from := d.from.String()
	switch {
	case d.to == d.from:
		return from
	case d.to.year == d.from.year && d.to.month == d.from.month && d.to.day > d.from.day:
		return fmt.Sprintf("%s-%02d", from, d.to.day)
	case d.to.year == d.from.year && d.to.order() >= d.from.order():
		return from + "-" + date{0, d.to.month, d.to.day}.String()
	}
	return from + "-" + d.to.String()
}

func (d date) String() string {
	text := d.month.String()[:3]
	if d.year > 0 {
		text = fmt.Sprintf("%d %s", d.year, text)
	}
	if d.day > 0 {
		text = fmt.Sprintf("%s %02d", text, d.day)
	}
	return text
}
