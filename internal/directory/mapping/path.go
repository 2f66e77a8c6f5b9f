package mapping

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"parvis/internal/fold"
)

// Row is one row of a list: a table's cells by column, or a JSON object.
type Row struct {
	Cells  map[string]string // by ColumnName; used where Object is nil
	Object map[string]any    // numbers as json.Number
	empty  map[string]bool   // what the list writes where it says nothing
}

// Path names a column, or in JSON where a value is: "commune", "adresse.ville", "phones[].number", "lignes[0]".
type Path struct {
	Text  string // as it was written
	name  string // as a column's name
	steps []step
}

// step goes one deeper: to a member, then into a list.
type step struct {
	member string
	list   bool
	at     int // in the list; all when -1
}

// ColumnName is a column's name in its one form: "Adresse " and "adresse" are the same.
func ColumnName(s string) string {
	return strings.ReplaceAll(strings.TrimSpace(fold.Fold(s)), " ", "_")
}

// ParsePath reads a path. Names with dots or brackets of their own are found in tables; in JSON these marks count.
func ParsePath(text string) Path {
	p := Path{Text: text, name: ColumnName(text)}
	for part := range strings.SplitSeq(text, ".") {
		member, brackets, _ := strings.Cut(part, "[")
		p.steps = append(p.steps, step{member: strings.TrimSpace(member)})
		for inner := range strings.SplitSeq(brackets, "[") {
			inner, closed := strings.CutSuffix(strings.TrimSpace(inner), "]")
			if !closed {
				continue
			}
			at, err := strconv.Atoi(inner)
			if err != nil || at < 0 {
				at = -1
			}
			p.steps = append(p.steps, step{list: true, at: at})
		}
	}
	return p
}

// Column is the path as a column's name.
func (p Path) Column() string { return p.name }

// IsZero reports whether nothing is named.
func (p Path) IsZero() bool { return p.Text == "" }

// Members are the names on the way, for a reader that goes there itself. Lists are passed over.
func (p Path) Members() []string {
	var all []string
	for _, s := range p.steps {
		if !s.list && s.member != "" {
			all = append(all, s.member)
		}
	}
	return all
}

// Has reports whether the row has the column, filled or not.
func (r Row) Has(p Path) bool {
	if r.Object == nil {
		_, ok := r.Cells[p.name]
		return ok
	}
	return len(follow(r.Object, p)) > 0
}

// Values are what a column says; nothing when it is empty.
func (r Row) Values(p Path) []string {
	if r.Object == nil {
		if v := r.Cells[p.name]; v != "" && !r.empty[strings.TrimSpace(v)] {
			return []string{v}
		}
		return nil
	}
	var all []string
	for _, found := range follow(r.Object, p) {
		all = appendText(all, found)
	}
	if len(r.empty) > 0 {
		all = slices.DeleteFunc(all, func(v string) bool { return r.empty[v] })
	}
	return all
}

// Text is what a column says as one text.
func (r Row) Text(p Path) string { return joined(r.Values(p), ", ") }

func follow(object map[string]any, p Path) []any {
	if whole, ok := member(object, p.Text); ok {
		return []any{whole}
	}
	here := []any{object}
	for _, s := range p.steps {
		var next []any
		for _, one := range here {
			next = append(next, s.into(one)...)
		}
		here = next
	}
	return here
}

func (s step) into(value any) []any {
	if s.list {
		list, ok := value.([]any)
		switch {
		case !ok:
			return nil
		case s.at < 0:
			return list
		case s.at < len(list):
			return list[s.at : s.at+1]
		}
		return nil
	}
	switch value := value.(type) {
	case map[string]any:
		if found, ok := member(value, s.member); ok {
			return []any{found}
		}
	case []any: // a list in between is gone into, with or without its brackets
		var all []any
		for _, one := range value {
			if _, nested := one.([]any); !nested {
				all = append(all, s.into(one)...)
			}
		}
		return all
	}
	return nil
}

// member finds a member by its name, else by its name as a column's.
func member(object map[string]any, name string) (any, bool) {
	if v, ok := object[name]; ok {
		return v, true
	}
	column := ColumnName(name)
	for _, key := range slices.Sorted(maps.Keys(object)) {
		if ColumnName(key) == column {
			return object[key], true
		}
	}
	return nil, false
}

// appendText adds what a JSON value says. Objects say nothing: a path goes into them.
func appendText(all []string, value any) []string {
	switch value := value.(type) {
	case nil, map[string]any:
	case string:
		if text := strings.TrimSpace(strings.ToValidUTF8(value, "")); text != "" {
			all = append(all, text)
		}
	case []any:
		for _, one := range value {
			if _, nested := one.([]any); !nested {
				all = appendText(all, one)
			}
		}
	case json.Number:
		all = append(all, value.String())
	default:
		all = append(all, fmt.Sprint(value))
	}
	return all
}
