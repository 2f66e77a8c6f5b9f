package directory

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"
)

// A JSON feed is read object by object, whatever holds them, with the list and the line of each.
func TestObjectsOfListsAndPages(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, feed, want string }{
		{"one list", "[{\"a\":1},\n{\"a\":2}]", ":1 :2"},
		{"lines", "{\"a\":1}\n{\"a\":2}\n", ":1 :2"},
		{"two lists", "{\"structures\":[\n{\"a\":1}\n],\"services\":[\n{\"a\":2},{\"a\":[{}]}]}", "structures:2 services:4 services:4"},
		{"pages", "{\"total\":3,\"items\":[{\"a\":1}],\"links\":{\"next\":[1]}}\n{\"items\":[]}\n{\"items\":[{\"a\":1}]}", "items:1 items:3"},
		{"nothing", "{\"items\":[]}", ""},
		{"no object", "[1,{\"a\":2}]", "!directory.import.no-object:1 :1"},
		{"broken", "{\"items\":[{\"a\":1},\n{\"a\"", "items:1 !directory.import.broken:2"},
		{"cut off between", "{\"items\":[{\"a\":1}],", "items:1 !directory.import.broken:1"},
	} {
		s := shapeOf([]byte(c.feed))
		l, err := newLists(strings.NewReader(c.feed), s.paged())
		if err != nil {
			t.Fatal(c.name, err)
		}
		var got []string
		for range 20 {
			_, list, line, err := l.object()
			var finding *Finding
			if errors.As(err, &finding) {
				got = append(got, fmt.Sprintf("!%s:%d", finding.Key, finding.Line))
				continue
			}
			if errors.Is(err, io.EOF) {
				break
			}
			if err != nil {
				t.Fatal(c.name, err)
			}
			got = append(got, fmt.Sprintf("%s:%d", list, line))
		}
		if text := strings.Join(got, " "); text != c.want {
			t.Errorf("%s: %s, want %s", c.name, text, c.want)
		}
	}
}

// What a feed is, is told by how it begins, even where that is cut off.
func TestShapeOfAFeed(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		feed    string
		members []string
		row     []string
		paged   bool
	}{
		{`{"total":1,"items":[{"id":"a--1","x":{"deep":[{"no":1}]},"nom":"b"}]}`, []string{"total", "items"}, []string{"id", "x", "nom"}, true},
		{`[{"id":"a","list":[{"b":1}],"nom":"c"},{"later":1}]`, nil, []string{"id", "list", "nom"}, false},
		{`{"id":"a","service_at_locations":[{"id":"x","location":{"na`, []string{"id", "service_at_locations"}, []string{"id", "location"}, false},
		{`{"id":"a","name":"b"}` + "\n" + `{"id":"c"}`, []string{"id", "name"}, []string{"id", "name"}, false},
		{`{"structures":[],"services":[{"structure_id":1}]}`, []string{"structures", "services"}, []string{"structure_id"}, true},
		{`nothing`, nil, nil, false},
	} {
		s := shapeOf([]byte(c.feed))
		if !slices.Equal(s.members, c.members) || !slices.Equal(s.row, c.row) || s.paged() != c.paged {
			t.Errorf("%s: %+v, paged %v", c.feed, s, s.paged())
		}
	}
}
