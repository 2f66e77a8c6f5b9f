package hours

import (
	"html"
	"regexp"
	"strconv"
	"strings"
)

// FromFrench reads the hours of one day as people type them in French, "9h-12h et 14h à 16h30", and gives them as
// opening hours, "09:00-12:00,14:00-16:30". Words around the times (weekdays, "sur rendez-vous", dates) are passed
// over: whoever keeps the result keeps the text beside it. The error is an *Error when no times could be read.
func FromFrench(text string) (string, error) {
	if len(text) > maxText {
		return "", &Error{text, maxText, "the text is too long"}
	}
	plain := strings.ToLower(html.UnescapeString(text))
	plain = calendarDate.ReplaceAllString(strings.Map(oneSpace, plain), " le ")
	if allDay.MatchString(plain) {
		return "24/7", nil
	}
	found := frenchTimes(plain)
	if len(found) == 0 && closedWord.MatchString(plain) {
		return "off", nil
	}
	if len(found) == 0 || len(found)%2 != 0 {
		return "", &Error{text, 0, "the times do not come in pairs"}
	}
	var spans []string
	for i := 0; i < len(found); i += 2 {
		from, to := found[i], found[i+1]
		last := i+2 == len(found)
		const small = 6 * 60 // an end in the small hours is of the next day
		if to <= from && !(last && to <= small) || i > 0 && from < found[i-1] || from == minutesADay {
			return "", &Error{text, 0, "a time ends before it begins"}
		}
		spans = append(spans, clockText(from)+"-"+clockText(to))
	}
	return strings.Join(spans, ","), nil
}

var (
	calendarDate = regexp.MustCompile(`\d{1,2}/\d{1,2}/(\d{4}|\d{2})`)
	allDay       = regexp.MustCompile(`24 ?h? ?/ ?24|7 ?j(ours)? ?/ ?7`)
	closedWord   = regexp.MustCompile(`\bferm(é|e|ée|eture)`)
	between      = regexp.MustCompile(`^(?:[\s\-–—/,_|&.;]|à|a\b|et\b|au?\b|jusqu'à|de\b)*$`)
	frenchTime   = regexp.MustCompile(`\d+|midi`)
	hourMark     = regexp.MustCompile(`^ ?(?:heures?|hrs?|h)`)
	minuteMark   = regexp.MustCompile(`^ ?(\d{2})`)
)

func oneSpace(r rune) rune {
	switch r {
	case '\u00a0', '\u202f', '\t', '\n':
		return ' '
	}
	return r
}

// candidate is a number that may be a time: sure when it says so ("9h", "9:30"), else when its neighbours are times.
type candidate struct {
	start, end int
	minutes    int
	sure       bool
	four       bool // "1730"
}

func frenchTimes(text string) []int {
	var all []candidate
	for at := 0; ; {
		found := frenchTime.FindStringIndex(text[at:])
		if found == nil {
			break
		}
		c, ok := readCandidate(text, at+found[0], at+found[1])
		if ok {
			all = append(all, c)
		}
		at = c.end
	}
	var times []int
	for i, c := range all {
		if c.sure || nearTime(text, all, i) {
			times = append(times, c.minutes)
		}
	}
	return times
}

func readCandidate(text string, start, end int) (candidate, bool) {
	c := candidate{start: start, end: end}
	digits, rest := text[start:end], text[end:]
	if digits == "midi" {
		c.minutes, c.sure = 12*60, true
		return c, !strings.HasSuffix(strings.TrimRight(text[:start], " -"), "après")
	}
	n, err := strconv.Atoi(digits)
	if err != nil || len(digits) > 4 {
		return c, false
	}
	if len(digits) == 4 {
		c.minutes, c.four = n/100*60+n%100, true
		return c, n/100 < 24 && n%100 < 60
	}
	minutes := 0
	switch {
	case strings.HasPrefix(rest, ":"):
		minutes, c.end = readMinutes(text, end+1, false)
		c.sure = true
	case hourMark.MatchString(rest):
		mark := hourMark.FindString(rest)
		minutes, c.end = readMinutes(text, end+len(mark), true)
		c.sure = !letterAt(text, end+len(mark))
	}
	c.minutes = n*60 + minutes
	return c, n <= 24 && minutes < 60 && c.minutes <= minutesADay
}

// readMinutes reads two digits, unless they are the hour of the next time ("9h12h").
func readMinutes(text string, at int, spaced bool) (minutes, end int) {
	found := minuteMark.FindStringSubmatch(text[at:])
	if found == nil || !spaced && strings.HasPrefix(found[0], " ") {
		return 0, at
	}
	end = at + len(found[0])
	following := text[end:]
	if hourMark.MatchString(following) || strings.HasPrefix(following, ":") || following != "" && following[0] >= '0' && following[0] <= '9' {
		return 0, at
	}
	minutes, _ = strconv.Atoi(found[1])
	return minutes, end
}

func letterAt(text string, at int) bool {
	return at < len(text) && (text[at] >= 'a' && text[at] <= 'z' || text[at] >= 0x80)
}

// nearTime reports whether a bare number stands beside a time with nothing but "-", "à", "et" between.
func nearTime(text string, all []candidate, i int) bool {
	c := all[i]
	after := i+1 < len(all) && between.MatchString(text[c.end:all[i+1].start])
	before := i > 0 && between.MatchString(text[all[i-1].end:c.start])
	rest := strings.TrimLeft(text[c.end:], " ")
	word := rest != "" && letterAt(rest, 0) && !strings.HasPrefix(rest, "à") && !strings.HasPrefix(rest, "et ")
	if c.four {
		return before && strings.ContainsAny(text[all[i-1].end:c.start], "-/à")
	}
	return after && !word || before && !word
}
