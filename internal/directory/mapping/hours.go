package mapping

import (
	"regexp"
	"slices"
	"strings"

	"parvis/internal/fold"
	"parvis/internal/hours"
)

var (
	osmDays    = [7]string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}
	dayKeys    = [7]string{"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"}
	frenchDays = [7]string{"lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"}

	// onlyTimes is what a weekday's cell may hold so that nothing is lost by reading its times alone.
	onlyTimes   = regexp.MustCompile(`^(?:[\s:,;.()\-–—/&|0-9]|\bh\b|h[0-9]|[0-9]h|\bheures?\b|\bde\b|\ba\b|\bet\b|\bau\b|\bpuis\b|\bmidi\b)*$`)
	spacedColon = regexp.MustCompile(`(\d) *: *(\d)`)
	dayRange    = regexp.MustCompile(`(?:` + strings.Join(frenchDays[:], "|") + `)s? *(?:au|a|jusqu.au|-|–|—) *(?:` + strings.Join(frenchDays[:], "|") + `)`)
	closedDay   = []string{"ferme", "closed", "inchis", "nghi", "dong cua", "off", "休息", "关闭"}
)

// hours writes opening hours: as they were given, and beside that as they are understood where a rule could tell.
func (f *fieldRule) hours(r Row, cells map[string]string) []Remark {
	for i := range f.rules {
		u := &f.rules[i]
		var given, read string
		var remarks []Remark
		switch {
		case u.byDay():
			given, read, remarks = u.daily(f.Name, r)
		case !u.weekdays.IsZero():
			given = u.prefixed(r)
		default:
			if all := u.values(r, f.Name, &remarks); len(all) > 0 {
				given = all[0]
			}
		}
		if given == "" {
			continue
		}
		cells[f.Name] = given
		u.inWeeks(r, f.Name, read, cells)
		return remarks
	}
	return nil
}

func (u *rule) byDay() bool {
	return slices.ContainsFunc(u.days[:], func(p Path) bool { return !p.IsZero() })
}

// daily reads a column a weekday. It reads all of them or none: half a week would be a lie.
func (u *rule) daily(field string, r Row) (given, read string, remarks []Remark) {
	var parts, rules []string
	for i, column := range u.days {
		text := ""
		if !column.IsZero() {
			text = r.Text(column)
		}
		if text == "" {
			continue
		}
		parts = append(parts, frenchDays[i]+" : "+text)
		spans, ok := dayHours(text)
		if !ok {
			remarks = append(remarks, Remark{Field: field, Value: text, Kind: HoursUnread, Args: []any{"Column", column.Text}})
			continue
		}
		if spans == "off" {
			rules = append(rules, osmDays[i]+" off")
		} else {
			rules = append(rules, osmDays[i]+" "+spans)
		}
	}
	given = strings.Join(parts, " ; ")
	if len(remarks) > 0 || len(rules) == 0 {
		return given, "", remarks
	}
	schedule, err := hours.Parse(strings.Join(rules, "; "))
	if err != nil {
		return given, "", []Remark{{Field: field, Value: given, Kind: HoursUnread, Args: []any{"Column", field}}}
	}
	return given, schedule.Text(), nil
}

// dayHours reads one day's hours.
func dayHours(text string) (string, bool) {
	text = spacedColon.ReplaceAllString(text, "$1:$2")
	folded := strings.TrimSpace(fold.Fold(text))
	alone := strings.Trim(folded, " .")
	for _, word := range closedDay {
		if word = fold.Fold(word); alone == word || alone == word+"e" {
			return "off", true
		}
	}
	if !onlyTimes.MatchString(folded) {
		return "", false
	}
	spans, err := hours.FromFrench(text)
	return spans, err == nil
}

// prefixed puts the weekdays, which another column tells, before times that name none.
func (u *rule) prefixed(r Row) string {
	times := ""
	for _, column := range u.columns {
		if times = r.Text(column); times != "" {
			break
		}
	}
	if !strings.ContainsAny(times, "0123456789") {
		return times
	}
	folded := fold.Fold(times)
	if slices.ContainsFunc(frenchDays[:], func(d string) bool { return strings.Contains(folded, d) }) {
		return times
	}
	named := fold.Fold(r.Text(u.weekdays))
	var days []string
	for _, day := range frenchDays {
		if strings.Contains(named, day) {
			days = append(days, day)
		}
	}
	if len(days) == 0 {
		return times
	}
	if dayRange.MatchString(named) { // "du lundi au vendredi" is more than the two that it names
		return r.Text(u.weekdays) + " " + times
	}
	return strings.Join(days, ", ") + " " + times
}

// inWeeks restricts hours to odd or even weeks (ISO 8601), where the mapping says which.
func (u *rule) inWeeks(r Row, field, read string, cells map[string]string) {
	set(cells, HoursRead, read)
	if u.weeks == nil {
		return
	}
	said := u.weeks.values(r, field, &[]Remark{})
	if len(said) == 0 {
		return
	}
	first := map[string]string{"odd": "week 01-53/2 ", "even": "week 02-53/2 "}[said[0]]
	if first == "" {
		return
	}
	given := cells[field]
	cells[field] = given + " (" + r.Text(u.weeks.columns[0]) + ")" // also where they are not read: they are not those of each week
	delete(cells, HoursRead)
	if read == "" {
		schedule, err := hours.Parse(given)
		if err != nil {
			return
		}
		read = schedule.Text()
	}
	var rules []string
	for rule := range strings.SplitSeq(read, "; ") {
		if !strings.HasPrefix(rule, "PH") {
			rule = first + rule
		}
		rules = append(rules, rule)
	}
	if schedule, err := hours.Parse(strings.Join(rules, "; ")); err == nil {
		cells[HoursRead] = schedule.Text()
	}
}
