package mapping

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"parvis/internal/fold"
)

// rule says where values come from and what is done with them. It takes from columns, a template or nowhere, and does
// the rest in the order of its fields.
type rule struct {
	line     int
	columns  []Path
	template []piece
	value    string // fixed

	condition condition // when it has terms or gives, the rule gives its value where that holds
	gives     string

	extract   *regexp.Regexp
	split     []string
	table     map[string]string // by key
	otherwise string            // for what the table does not have
	strict    bool              // otherwise says something: else what is unknown is kept
	digits    int
	date      []string // Go's forms
	join      *string

	days      [7]Path // of opening hours: a column a weekday, Monday first
	weekdays  Path    // which weekdays the times are for
	weeks     *rule   // "odd", "even": in which weeks the hours hold
	latitude  Path
	longitude Path
	lonFirst  bool
	within    *box
	turn      bool
}

// condition holds where columns say certain things.
type condition struct {
	line     int
	columns  []Path
	contains []string // keys: any of these words
	is       []string // keys: one whole value
	except   []string // keys: none of these words
	because  string
}

// piece is a part of a template: text, then a column.
type piece struct {
	text   string
	column Path
}

// key is a value as it is compared: folded words; a mark, "✓", as it is.
func key(s string) string {
	if words := wordsOf(s); words != "" {
		return words
	}
	return strings.TrimSpace(s)
}

func wordsOf(s string) string { return strings.Join(fold.Words(s), " ") }

// contains reports whether a text has a word or several, whole or as the beginning of a longer one. What folds to nothing, as
// "€" does, is looked for as it is.
func contains(text, folded, word string) bool {
	k := wordsOf(word)
	if k == "" {
		return strings.Contains(text, strings.TrimSpace(word))
	}
	if len(k) <= shortWord {
		return strings.Contains(" "+folded+" ", " "+k+" ")
	}
	return strings.Contains(" "+folded, " "+k)
}

// shortWord is how long a word is that counts only when it stands alone: "cv" is not the beginning of "cvl".
const shortWord = 3

func (c *condition) holds(r Row) bool {
	met := false
	for _, column := range c.columns {
		for _, text := range r.Values(column) {
			folded := key(text)
			has := func(word string) bool { return contains(text, folded, word) }
			if slices.ContainsFunc(c.except, has) {
				return false
			}
			filled := len(c.contains)+len(c.is) == 0
			met = met || filled || slices.ContainsFunc(c.contains, has) ||
				slices.ContainsFunc(c.is, func(v string) bool { return key(v) == folded && folded != "" })
		}
	}
	return met
}

// values are what the rule makes of a row.
func (u *rule) values(r Row, field string, remarks *[]Remark) []string {
	if u.gives != "" {
		if u.condition.holds(r) {
			return []string{u.gives}
		}
		return nil
	}
	var all []string
	switch {
	case u.value != "":
		return []string{u.value}
	case u.template != nil:
		all = u.filled(r)
	default:
		for _, column := range u.columns {
			all = append(all, r.Values(column)...)
		}
	}
	all = each(all, u.extracted)
	all = slices.DeleteFunc(each(all, u.cut), func(v string) bool { return r.empty[v] })
	all = each(all, u.looked)
	all = each(all, func(v string) []string { return []string{u.padded(v)} })
	if u.date != nil {
		all = each(all, func(v string) []string {
			day, ok := u.day(v)
			if !ok {
				*remarks = append(*remarks, Remark{Field: field, Value: v, Kind: DateUnread})
			}
			return []string{day}
		})
	}
	all = unique(all)
	if u.join != nil && len(all) > 1 {
		all = []string{strings.Join(all, *u.join)}
	}
	return all
}

func each(all []string, f func(string) []string) []string {
	var made []string
	for _, one := range all {
		for _, v := range f(one) {
			if v = strings.TrimSpace(v); v != "" {
				made = append(made, v)
			}
		}
	}
	return made
}

// filled is the template with the row's values; nothing when all its columns are empty.
func (u *rule) filled(r Row) []string {
	var b strings.Builder
	any := false
	for _, p := range u.template {
		b.WriteString(p.text)
		if !p.column.IsZero() {
			v := r.Text(p.column)
			any = any || v != ""
			b.WriteString(v)
		}
	}
	if !any {
		return nil
	}
	return []string{strings.Join(strings.Fields(b.String()), " ")}
}

func (u *rule) extracted(v string) []string {
	if u.extract == nil {
		return []string{v}
	}
	m := u.extract.FindStringSubmatch(v)
	switch {
	case m == nil:
		return nil
	case len(m) == 1:
		return m
	}
	return m[1:2]
}

func (u *rule) cut(v string) []string {
	all := []string{v}
	for _, mark := range u.split {
		var more []string
		for _, one := range all {
			more = append(more, strings.Split(one, mark)...)
		}
		all = more
	}
	return all
}

func (u *rule) looked(v string) []string {
	if u.table == nil {
		return []string{v}
	}
	if found, ok := u.table[key(v)]; ok {
		return strings.Split(found, "|")
	}
	if u.strict {
		return []string{u.otherwise}
	}
	return []string{v}
}

// padded gives a number that lost its first zeros in a spreadsheet them back, and takes off the ".0" that it got there.
func (u *rule) padded(v string) string {
	if u.digits == 0 {
		return v
	}
	v = strings.TrimSuffix(strings.Join(strings.Fields(v), ""), ".0")
	if strings.Trim(v, "0123456789") != "" || len(v) >= u.digits {
		return v
	}
	return strings.Repeat("0", u.digits-len(v)) + v
}

// day writes a day as the directory does. What follows it, an hour, is passed over.
func (u *rule) day(v string) (string, bool) {
	for _, form := range u.date {
		if form == serialForm {
			if day, ok := serialDay(v); ok {
				return day, true
			}
			continue
		}
		if len(v) < len(form) {
			continue
		}
		if t, err := time.Parse(form, v[:len(form)]); err == nil {
			return t.Format(time.DateOnly), true
		}
	}
	return "", false
}

// unique keeps the first of each.
func unique(all []string) []string {
	var kept []string
	for _, v := range all {
		if v != "" && !slices.Contains(kept, v) {
			kept = append(kept, v)
		}
	}
	return kept
}

func joined(all []string, mark string) string { return strings.Join(unique(all), mark) }

// paths are the columns that the rule reads.
func (u *rule) paths() []Path {
	all := slices.Concat(u.columns, u.condition.columns, u.days[:], []Path{u.weekdays, u.latitude, u.longitude})
	for _, p := range u.template {
		all = append(all, p.column)
	}
	if u.weeks != nil {
		all = append(all, u.weeks.paths()...)
	}
	return slices.DeleteFunc(all, Path.IsZero)
}
