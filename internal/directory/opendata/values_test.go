package opendata_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
)

// TestHoursBecomeWeeklyRules: hours that every week has alike are rules; all others stay text, and none is lost.
func TestHoursBecomeWeeklyRules(t *testing.T) {
	t.Parallel()
	s := &opendata.Setting{}
	for _, c := range []struct{ given, want string }{
		{"", ""},
		{"Mo-Fr 09:00-12:00", "MO,TU,WE,TH,FR 09:00 12:00"},
		{"Mo,We 09:00-12:00; Sa 10:00-11:00", "MO,WE 09:00 12:00; SA 10:00 11:00"},
		{"Mo-Fr 09:00-12:00,14:00-17:00; We off", "MO,TU,TH,FR 09:00 12:00; MO,TU,TH,FR 14:00 17:00"},
		{"Mo-Su 09:00-12:00; PH off", "MO,TU,WE,TH,FR,SA,SU 09:00 12:00"},
		{"Fr 22:00-02:00", "FR 22:00 02:00"},
		{"Tu[1,3] 14:00-16:00", "text"},
		{"Jul-Aug Mo 09:00-12:00", "text"},
		{"week 1-53/2 Mo 09:00-12:00", "text"},
		{`Mo 09:00-12:00 "sur rendez-vous"`, "text"},
		{"PH off", "text"},
		{"quand la lumière est allumée", "text"},
	} {
		at := s.Location(&directory.Place{ID: "x", Hours: directory.ReadHours(c.given)})
		var rules []string
		for _, one := range at.Schedules {
			switch {
			case one.Freq == "" && one.Description != "" && one.OpensAt == "":
				rules = append(rules, "text")
			case one.Freq == "WEEKLY" && one.Description != "":
				rules = append(rules, one.ByDay+" "+one.OpensAt+" "+one.ClosesAt)
			default:
				t.Errorf("%s: %+v", c.given, one)
			}
		}
		if got := strings.Join(rules, "; "); got != c.want {
			t.Errorf("%s: %s; want %s", c.given, got, c.want)
		}
	}
}

func TestARowHasAColumnEach(t *testing.T) {
	t.Parallel()
	e := library()
	s := &opendata.Setting{Site: "https://nord.example.org", Country: "FR", Languages: []string{"fr"},
		Word: func(_ string, _ directory.Group, code string) string { return "[" + code + "]" }}
	row := s.Row(&e.Place, e.Services)
	if len(row) != len(opendata.Columns) {
		t.Fatalf("%d cells for %d columns", len(row), len(opendata.Columns))
	}
	want := map[string]string{
		"id": "mediatheque", "name": "Médiathèque Le Lin Bleu", "kind": "[library]", "address": "84 rue du Lin, rez-de-chaussée", "postcode": "59000",
		"town": "Lille", "lat": "50.6311", "lon": "3.0468", "phone": "03 53 01 00 12", "mail": "lin@nord.example", "site": "https://www.lin.example/",
		"services": "Premiers pas; Aide", "needs": "[digital-first-steps]; [digital-everyday]; [meals]", "fee": "[free]; [conditional]", "wheelchair": "[yes]",
		"languages": "fr, ar", "source": "Les Bonnes Clés", "checked": "2026-11-20", "page": "https://nord.example.org/places/mediatheque",
	}
	for i, column := range opendata.Columns {
		if value, ok := want[column]; ok && fmt.Sprint(row[i]) != value {
			t.Errorf("%s: %v, not %s", column, row[i], value)
		}
	}
	e.Place.Approximate = true
	if row := s.Row(&e.Place, nil); row[6] != nil || row[7] != nil || row[12] != "" {
		t.Errorf("a town's point is given as the place's: %v", row)
	}
	if row := s.Row(&directory.Place{ID: "x"}, nil); row[0] != "x" || row[18] != "" {
		t.Errorf("%v", row)
	}
}

func TestNoCellIsAFormula(t *testing.T) {
	t.Parallel()
	var b bytes.Buffer
	table, err := opendata.NewCSV(&b, []string{"a", "b"})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"=1+1", "+33", "-x", "@a", "\tx", "plain", "", "a=b"} {
		if err := table.Add([]any{text, 1.5}); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(table.Add([]any{nil, "x"}), table.Close()); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(b.String(), "\ufeff"))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var first []string
	for _, row := range rows {
		first = append(first, row[0])
	}
	if got := strings.Join(first, "|"); got != "a|'=1+1|'+33|'-x|'@a|'\tx|plain||a=b|" {
		t.Errorf("%q", got)
	}
	if _, err := opendata.NewCSV(&fails{}, nil); !errors.Is(err, errFull) {
		t.Error(err)
	}
}

func TestASpreadsheetIsReadBack(t *testing.T) {
	t.Parallel()
	for name, want := range map[string]string{"Auch": "Auch", "A/B: [C]?": "A B   C", strings.Repeat("x", 40): strings.Repeat("x", 30) + "…"} {
		var b bytes.Buffer
		table, err := opendata.NewXLSX(&b, name, []string{"Nom", "Latitude"})
		if err != nil {
			t.Fatal(err)
		}
		long := strings.Repeat("é", 40_000)
		if err := errors.Join(table.Add([]any{"=1+1", 50.5}), table.Add([]any{long, nil}), table.Close()); err != nil {
			t.Fatal(err)
		}
		book, err := excelize.OpenReader(&b)
		if err != nil {
			t.Fatal(err)
		}
		sheet := book.GetSheetName(0)
		rows, err := book.GetRows(sheet)
		if err != nil || sheet != want || len(rows) != 3 || rows[1][0] != "=1+1" || rows[1][1] != "50.5" {
			t.Errorf("%s: sheet %q, %v", name, sheet, err)
		}
		if formula, err := book.GetCellFormula(sheet, "A2"); formula != "" || err != nil {
			t.Errorf("a formula: %q %v", formula, err)
		}
		if n := len([]rune(rows[2][0])); n > 32_767 {
			t.Errorf("a cell of %d characters", n)
		}
		if err := book.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestThemesOfNeeds(t *testing.T) {
	t.Parallel()
	s := &opendata.Setting{Territory: "nord"}
	for needs, want := range map[string]string{
		"digital-first-steps|digital-everyday": "numerique--maitriser-les-fondamentaux-du-numerique",
		"online-forms|buy-device":              "numerique--acceder-a-des-services-en-ligne|numerique--acquerir-un-equipement",
		"meals":                                "",
		"food|meals|clothing":                  "equipement-et-alimentation--alimentation|equipement-et-alimentation--habillement",
		"health|health-insurance":              "sante--acces-aux-soins",
	} {
		e := library()
		e.Services = []directory.Service{{ID: "x", Name: fr("Une aide"), Needs: strings.Split(needs, "|")}}
		_, services, _ := s.Inclusion(&e)
		if got := strings.Join(services[0].Thematiques, "|"); got != want {
			t.Errorf("%s: %s", needs, got)
		}
	}
}
