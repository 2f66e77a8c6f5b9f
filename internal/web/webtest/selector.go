package webtest

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// selector is a path of steps; the last is the element itself.
type selector []step

// step is one element of the path: its conditions, and whether the one before must be its parent.
type step struct {
	tag    string
	tests  []test
	parent bool
}

type test struct{ name, how, value string }

var piece = regexp.MustCompile(`^(?:#([\w-]+)|\.([\w-]+)|\[([\w-]+)(?:([\^$*]?=)"?([^"\]]*)"?)?\])`)

var tagName = regexp.MustCompile(`^(\*|[a-z][a-z0-9]*)`)

func parseSelector(text string) (selector, error) {
	var steps selector
	parent := false
	for rest := strings.TrimSpace(text); rest != ""; rest = strings.TrimLeft(rest, " ") {
		if next, ok := strings.CutPrefix(rest, ">"); ok {
			parent, rest = true, next
			continue
		}
		s := step{parent: parent}
		parent = false
		before := len(rest)
		if tag := tagName.FindString(rest); tag != "" {
			s.tag, rest = strings.TrimPrefix(tag, "*"), rest[len(tag):]
		}
		for m := piece.FindStringSubmatch(rest); m != nil; m = piece.FindStringSubmatch(rest) {
			switch {
			case m[1] != "":
				s.tests = append(s.tests, test{"id", "=", m[1]})
			case m[2] != "":
				s.tests = append(s.tests, test{"class", "~=", m[2]})
			default:
				s.tests = append(s.tests, test{m[3], m[4], m[5]})
			}
			rest = rest[len(m[0]):]
		}
		if len(rest) == before {
			return nil, fmt.Errorf("selector %q: cannot read %q", text, rest)
		}
		steps = append(steps, s)
	}
	return steps, nil
}

func (s selector) match(n *html.Node) bool {
	last := len(s) - 1
	if last < 0 || !s[last].matches(n) {
		return false
	}
	if last == 0 {
		return true
	}
	for up := n.Parent; up != nil; up = up.Parent {
		if up.Type == html.ElementNode && s[:last].match(up) {
			return true
		}
		if s[last].parent {
			return false
		}
	}
	return false
}

func (s step) matches(n *html.Node) bool {
	if s.tag != "" && s.tag != n.Data {
		return false
	}
	for _, t := range s.tests {
		if !t.holds(n) {
			return false
		}
	}
	return true
}

func (t test) holds(n *html.Node) bool {
	at := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == t.name })
	if at < 0 {
		return false
	}
	value := n.Attr[at].Val
	switch t.how {
	case "=":
		return value == t.value
	case "~=":
		return slices.Contains(strings.Fields(value), t.value)
	case "^=":
		return strings.HasPrefix(value, t.value)
	case "$=":
		return strings.HasSuffix(value, t.value)
	case "*=":
		return strings.Contains(value, t.value)
	}
	return true
}
