package directory

import (
	"regexp"
	"slices"
	"strings"

	"parvis/internal/fold"
	"parvis/internal/hours"
)

// proseHours reads opening hours as people write them in French, with weekdays: "Du lundi au vendredi de 9h à 12h et de
// 14h à 17h30, le samedi matin sur rendez-vous". It reads the whole or nothing: a text with one word more than it knows
// ("sauf", "semaines paires") may mean something else, and stays text.
func proseHours(text string) (osm string, ok bool) {
	folded := appointment.ReplaceAllString(fold.Fold(text), " ")
	comment := ""
	if appointment.MatchString(fold.Fold(text)) {
		comment = ` "sur rendez-vous"`
	}
	cut := proseDays.FindAllStringIndex(folded, -1)
	if len(cut) == 0 || !plainWords(folded[:cut[0][0]]) {
		return "", false
	}
	var rules []string
	for i := 0; i < len(cut); {
		days, end := folded[cut[i][0]:cut[i][1]], i+1
		for end < len(cut) && joins.MatchString(folded[cut[end-1][1]:cut[end][0]]) { // "mardi et jeudi", "mardi, jeudi"
			days += "," + folded[cut[end][0]:cut[end][1]]
			end++
		}
		after := len(folded)
		if end < len(cut) {
			after = cut[end][0]
		}
		rule, ok := proseRule(days, folded[cut[end-1][1]:after], comment)
		if !ok {
			return "", false
		}
		rules, i = append(rules, rule), end
	}
	schedule, err := hours.Parse(strings.Join(rules, "; "))
	if err != nil {
		return "", false
	}
	return schedule.Text(), true
}

var (
	// proseDays finds a weekday, a row of them, or every day.
	proseDays = regexp.MustCompile(`\b(?:(?:du |de |le |les )?(` + proseDay + `)(?: au | a |-| - |/)(` + proseDay + `)|(?:le |les )?(` + proseDay +
		`)|(tous les jours|7j/7|7 jours sur 7))\b\.?`)
	joins       = regexp.MustCompile(`^\s*(?:,|et|&|/|;|\+)\s*$`)
	appointment = regexp.MustCompile(`\(?\b(?:uniquement |seulement )?(?:sur|avec) (?:rendez-vous|rendez vous|rdv)\b\)?`)
	closedDay   = regexp.MustCompile(`^[\s:,(-]*ferme(?:e|s|es)?[\s.,;)]*$`)
	proseTimes  = regexp.MustCompile(`^(?:[\s:,;.()\-–—/&0-9]|\bh\b|h[0-9]|[0-9]h|\bheures?\b|\bde\b|\ba\b|\bet\b|\bau\b|\bpuis\b|\bmidi\b)*$`)
	fillers     = regexp.MustCompile(`^(?:[\s:,;.\-]|\bhoraires?\b|\bd.ouverture\b|\bouvert(?:e|ure)?\b|\ble\b|\bles\b|\bdu\b)*$`)
)

const proseDay = `lundis?|mardis?|mercredis?|jeudis?|vendredis?|samedis?|dimanches?|lun|mar|mer|jeu|ven|sam|dim`

// plainWords reports whether a piece says nothing.
func plainWords(text string) bool { return fillers.MatchString(text) }

// proseRule writes one rule: days, times, comment.
func proseRule(days, times, comment string) (string, bool) {
	selector, ok := proseSelector(days)
	if !ok {
		return "", false
	}
	switch {
	case closedDay.MatchString(times):
		return selector + " off", true
	case !proseTimes.MatchString(times):
		return "", false
	}
	spans, err := hours.FromFrench(strings.Trim(times, " ,;.:-"))
	if err != nil {
		return "", false
	}
	return selector + " " + spans + comment, true
}

// proseSelector writes weekdays as OpenStreetMap does.
func proseSelector(days string) (string, bool) {
	var parts []string
	for part := range strings.SplitSeq(days, ",") {
		m := proseDays.FindStringSubmatch(part)
		switch {
		case m == nil:
			return "", false
		case m[1] != "":
			parts = append(parts, osmDay(m[1])+"-"+osmDay(m[2]))
		case m[3] != "":
			parts = append(parts, osmDay(m[3]))
		default:
			parts = append(parts, "Mo-Su")
		}
	}
	return strings.Join(parts, ","), true
}

var frenchDays = []string{"lun", "mar", "mer", "jeu", "ven", "sam", "dim"}

func osmDay(french string) string {
	return []string{"Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"}[slices.Index(frenchDays, french[:3])]
}
