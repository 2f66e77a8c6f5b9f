package directory

import (
	"bufio"
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/directory/mapping"
	"parvis/internal/fold"
)

// someValues are cells as lists have them.
var someValues = []string{"", "A", "École", "a b", "x/y", "12", "01190", "-", "9h-12h", "50,6", "é", "1|2", "«", "中文", "L'été"}

// listOf draws a list: the names of its columns, then its rows.
// Of a single column nobody can tell what parts it from others.
func listOf(t *rapid.T) [][]string {
	width := rapid.IntRange(2, 6).Draw(t, "columns")
	all := [][]string{{}}
	for i := range width {
		all[0] = append(all[0], fmt.Sprintf("Colonne %d", i))
	}
	for range rapid.IntRange(1, 5).Draw(t, "rows") {
		row := make([]string, width)
		for i := range row {
			row[i] = rapid.SampledFrom(someValues).Draw(t, "cell")
		}
		all = append(all, row)
	}
	return all
}

// asCSV, asJSON and asXLSX write a list.
func asCSV(t *rapid.T, list [][]string) []byte {
	var b bytes.Buffer
	w := csv.NewWriter(&b)
	w.Comma = rapid.SampledFrom([]rune{',', ';', '\t'}).Draw(t, "separator")
	if err := w.WriteAll(list); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func asJSON(t *rapid.T, list [][]string) []byte {
	var rows []map[string]any
	for _, row := range list[1:] {
		object := map[string]any{}
		for i, name := range list[0] {
			if object[name] = row[i]; row[i] == "" && i%2 == 0 {
				object[name] = nil
			}
		}
		rows = append(rows, object)
	}
	data, err := json.Marshal(rows)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func asXLSX(t testing.TB, list [][]string) []byte {
	var rows []string
	for _, row := range list {
		rows = append(rows, strings.Join(row, ";"))
	}
	return spreadsheet(t, rows...)
}

// cellsOf gives what a mapping makes of each row of a feed.
func cellsOf(t *rapid.T, data []byte, m *mapping.Mapping) []map[string]string {
	standard, table := readers(Setting{Country: "FR", Languages: []string{"fr"}}, newTowns(nil))
	feed, _, err := openMapped(bytes.NewReader(data), bufio.NewReader(bytes.NewReader(data)), m, data, data, standard, table)
	if err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	var all []map[string]string
	for {
		r, err := feed.next()
		if errors.Is(err, io.EOF) {
			return all
		}
		if err != nil {
			t.Fatal(err)
		}
		if cells, _ := m.Sections[0].Cells(m.Row(r.cells, r.object)); len(cells) > 1 { // more than what is the same in each row
			all = append(all, cells)
		}
	}
}

// Whatever a list says and whichever rules read it: as CSV, as JSON and as a spreadsheet it makes the same cells.
func TestAListSaysTheSameInEachForm(t *testing.T) {
	t.Parallel()
	outer := t
	rapid.Check(t, func(t *rapid.T) {
		list := listOf(t)
		var rules strings.Builder
		for _, field := range []string{"name", "town", "more"} {
			column := fold.Fold(rapid.SampledFrom(list[0]).Draw(t, "column"))
			rule := rapid.SampledFrom([]string{"{column: %s}", "{column: %s, split: [\"|\", \" \"], join: \"+\"}", "{column: %s, table: {École: school}, otherwise: \"\"}",
				"{column: %s, digits: 5}", "{template: \"<{%s}>\"}", "{column: %s, contains: a, gives: yes}", "{column: %s, extract: '(\\d)'}"}).Draw(t, "rule")
			fmt.Fprintf(&rules, "  %s: "+rule+"\n", field, column)
		}
		m, err := ReadMapping("m.yaml", []byte("list: {nothing: \"-\"}\nplace:\n  id: {value: x}\n"+rules.String()))
		if err != nil {
			t.Fatal(err)
		}
		want := cellsOf(t, asCSV(t, list), m)
		for form, data := range map[string][]byte{"JSON": asJSON(t, list), "XLSX": asXLSX(outer, list)} {
			if got := cellsOf(t, data, m); !reflect.DeepEqual(got, want) {
				t.Fatalf("%s says %v, CSV %v\n%s%v", form, got, want, rules.String(), list)
			}
		}
	})
}
