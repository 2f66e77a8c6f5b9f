package directory

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/problem"
)

// listed is a report's plan, in order.
func listed(r *Report) []string {
	var all []string
	for _, one := range r.Plan {
		all = append(all, strings.TrimSpace(fmt.Sprintf("%s %s %s %s", one.Verb, one.Subject, one.ID, strings.Join(one.Fields, ","))))
	}
	return all
}

// accountOf is all that a report says, but whether it was a dry run.
func accountOf(r *Report) string { return fmt.Sprint(figures(r), why(r), listed(r), r.Unlisted) }

// asTold reads a feed dry, then in earnest, and fails when these differ in anything or the dry run wrote something.
func asTold(t testing.TB, dir *Directory, d *db.DB, data []byte, f Feed) *Report {
	t.Helper()
	f.List, f.DryRun = true, true
	before := last(t, d)
	would, wouldErr := dir.Import(t.Context(), bytes.NewReader(data), f)
	if n := last(t, d) - before; n != 0 || !would.DryRun {
		t.Errorf("a dry run appended %d events", n)
	}
	f.DryRun = false
	did, err := dir.Import(t.Context(), bytes.NewReader(data), f)
	if accountOf(would) != accountOf(did) || fmt.Sprint(wouldErr) != fmt.Sprint(err) {
		t.Errorf("the dry run told\n%.600s %v\nthe import\n%.600s %v", accountOf(would), wouldErr, accountOf(did), err)
	}
	return did
}

// Through the life of a list the dry run tells what the import then does: new, changed, the same, gone, back, wrong.
func TestADryRunTellsWhatTheImportDoes(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, own), EndMissing: true}
		row := func(id, name, who, offer string) string {
			return id + ";" + name + ";" + who + ";59000;Lille;50,63 3,06;;;9h-12h;;;" + offer + ";\n"
		}
		for _, c := range []struct {
			name, rows, figures string
			listed              []string // verbs and columns, without ids
		}{
			{"new", row("1", "Un", "Ville", "Démarches") + row("2", "Deux", "Ville", "Démarches") + row("3", "Trois", "", "gold"),
				"rows 3 added 3 changed 0 same 0 back 0 gone 0 warned 1 rejected 0",
				[]string{"added organisation", "added place", "added place", "added place", "added service", "added service", "added service"}},
			{"the same", row("1", "Un", "Ville", "Démarches") + row("2", "Deux", "Ville", "Démarches") + row("3", "Trois", "", "gold"),
				"rows 3 added 0 changed 0 same 3 back 0 gone 0 warned 1 rejected 0", nil},
			{"changed and gone", row("1", "Un bis", "Ville", "Démarches") + row("2", "Deux", "Ville", ""),
				"rows 2 added 0 changed 2 same 0 back 0 gone 1 warned 0 rejected 0",
				[]string{"changed place name", "changed service needs", "gone place"}},
			{"back, and wrong", row("3", "Trois", "Autre", "gold") + row("1", "Un bis", "Ville", "Démarches") + row("1", "Un", "", "") + row("", "x", "", "") + row("2", "", "", ""),
				"rows 5 added 1 changed 0 same 1 back 0 gone 0 warned 1 rejected 3", []string{"added organisation", "back place organisation,gone"}},
		} {
			did := asTold(t, dir, d, []byte(header+c.rows), f)
			if figures(did) != c.figures {
				t.Errorf("%s: %s, want %s", c.name, figures(did), c.figures)
			}
			var got []string
			for _, one := range did.Plan {
				got = append(got, strings.TrimSpace(one.Verb+" "+one.Subject+" "+strings.Join(one.Fields, ",")))
			}
			if !slices.Equal(got, c.listed) {
				t.Errorf("%s: %q, want %q", c.name, got, c.listed)
			}
		}
	})
}

// A dry run takes back what each batch has written: the next one has to find the organisations of earlier ones all the same.
func TestADryRunRemembersItsEarlierBatches(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, "register: R\nplace: {id: id, name: n, organisation: o}")}
		feed := func(names ...string) []byte {
			var b bytes.Buffer
			b.WriteString("id,n,o\n")
			for i, name := range names {
				for j := range batch {
					fmt.Fprintf(&b, "%d-%d,Lieu,%s\n", i, j, name)
				}
			}
			return b.Bytes()
		}
		organisations := func(r *Report) (n int) {
			for _, one := range r.Plan {
				if one.Subject == SubjectOrganisation {
					n++
				}
			}
			return n
		}
		if did := asTold(t, dir, d, feed("Ville", "Ville", "Ville"), f); did.Added != 3*batch || organisations(did) != 1 {
			t.Errorf("%s, %d organisations", figures(did), organisations(did))
		}
		if did := asTold(t, dir, d, feed("VILLE", "VILLE", "VILLE"), f); did.Changed != 1 || did.Same != 3*batch-1 {
			t.Error(figures(did))
		}
		if did := asTold(t, dir, d, feed("VILLE", "Ville", "VILLE"), f); did.Changed != 2 || organisations(did) != 2 {
			t.Errorf("%s, %d organisations", figures(did), organisations(did))
		}
	})
}

// A list that lost more than a third of what it had ends nothing, though it has many new rows: dry and in earnest alike.
func TestNewRowsDoNotHideWhatIsLost(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, "register: R\nplace: {id: id, name: n}"), EndMissing: true}
		feed := func(from, to int) []byte {
			var b strings.Builder
			b.WriteString("id,n\n")
			for i := from; i < to; i++ {
				fmt.Fprintf(&b, "%d,Lieu %d\n", i, i)
			}
			return []byte(b.String())
		}
		asTold(t, dir, d, feed(0, 9), f)
		if did := asTold(t, dir, d, feed(3, 9), f); did.Gone != 3 { // a third is not more than a third
			t.Error(figures(did))
		}
		if did := asTold(t, dir, d, feed(0, 9), f); did.Back != 3 || did.Same != 6 {
			t.Error(figures(did))
		}
		dry := f
		dry.DryRun = true
		_, err := dir.Import(t.Context(), bytes.NewReader(feed(4, 40)), dry)
		var wrong *problem.Error
		if !errors.As(err, &wrong) || wrong.Key != "directory.import.shrinks" || !reflect.DeepEqual(wrong.Args, []any{"Source", "R", "Gone", 4, "Here", 9}) {
			t.Errorf("%+v", err)
		}
		if did := asTold(t, dir, d, feed(4, 40), f); did.Gone != 0 || did.Added != 31 || len(did.Plan) != 35 {
			t.Error(figures(did), len(did.Plan))
		}
		f.Fewer = true
		if did := asTold(t, dir, d, feed(38, 40), f); did.Gone != 38 || did.Same != 2 {
			t.Error(figures(did))
		}
	})
}

// Whatever lists come one after another, the dry run of each tells all that its import then does.
func TestAnyListIsImportedAsToldBefore(t *testing.T) {
	t.Parallel()
	dir, d := plain(t)
	m := readMapping(t, "register: R\nplace: {id: id, name: n, organisation: o, phones: {column: t, split: \"/\"}}\nservice: {name: {value: S}, needs: b}")
	outer := t
	n := 0
	rapid.Check(t, func(t *rapid.T) {
		n++
		source := fmt.Sprintf("R%d", n) // what an earlier list left is another register's
		m.Register = source
		for range 3 {
			text := "id,n,o,t,b\n"
			for range rapid.IntRange(0, 5).Draw(t, "rows") {
				cell := func(name string, of ...string) string { return rapid.SampledFrom(of).Draw(t, name) }
				text += strings.Join([]string{cell("id", "1", "2", "3", "4", ""), cell("name", "A", "B", ""), cell("organisation", "", "V", "v"),
					cell("phones", "", "0320000001", "0320000001/x"), cell("needs", "tax", "job", "gold")}, ",") + "\n"
			}
			asTold(outer, dir, d, []byte(text), Feed{Mapping: m, EndMissing: rapid.Bool().Draw(t, "end"), Fewer: rapid.Bool().Draw(t, "fewer")})
			if outer.Failed() {
				t.Fatal(text)
			}
		}
	})
}

func plain(t *testing.T) (*Directory, *db.DB) {
	t.Helper()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	return dir, d
}

// A spreadsheet brings what its cells hold, on a disk as in memory: days, truths, numbers; rows that are hidden too.
func TestASpreadsheetBringsWhatItsCellsHold(t *testing.T) {
	t.Parallel()
	const rows = `<row r="3"><c t="inlineStr"><is><t>Id </t></is></c><c t="inlineStr"><is><t>Nom</t></is></c><c t="inlineStr"><is><t>Ouvert</t></is></c><c t="inlineStr"><is><t>Le</t></is></c><c t="inlineStr"><is><t>CP</t></is></c><c r="G3" t="inlineStr"><is><t>Nom</t></is></c></row>` +
		`<row r="4" hidden="1"><c><v>1</v></c><c t="inlineStr"><is><t>Mairie_x000D_&#10;annexe</t></is></c><c t="b"><v>1</v></c><c><v>46173</v></c><c><v>1190</v></c><c t="str"><v>no column</v></c></row>` +
		`<row r="700"/><row r="900000"><c><v>2.0</v></c><c r="C900000" t="b"><v>0</v></c><c r="G900000" t="str"><v>Second nom</v></c></row>` +
		`<row r="900001"><c><v>3</v></c><c t="e"><v>#N/A</v></c></row>`
	const text = "register: R\nlist: {header: 2}\nplace:\n  id: {column: id, extract: '^\\d+'}\n  name: nom\n  postcode: {column: cp, digits: 5}\n" +
		"  updated: {column: le, date: serial}\n  town: {column: ouvert, table: {\"true\": Lille, \"false\": Douai}}\n"
	data, file := packed(t, "<worksheet><sheetData>"+rows+"</sheetData></worksheet>"), filepath.Join(t.TempDir(), "list.xlsx")
	if err := os.WriteFile(file, data, 0o600); err != nil {
		t.Fatal(err)
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, text)}
		did := asTold(t, dir, d, data, f)
		if figures(did) != "rows 3 added 2 changed 0 same 0 back 0 gone 0 warned 0 rejected 1" || len(did.Findings) != 1 || did.Findings[0].Line != 900001 {
			t.Error(figures(did), did.Findings)
		}
		if again := importFile(t, dir, file, f); again.Same != 2 || again.Rejected != 1 {
			t.Error(figures(again))
		}
		places, _, err := dir.Places(t.Context(), idOf("R", "1"), idOf("R", "2"))
		if err != nil || len(places) != 2 {
			t.Fatal(places, err)
		}
		one, two := places[0], places[1]
		if one.Name["fr"] != "Mairie\nannexe" || one.Address.Postcode != "01190" || one.Address.Town != "Lille" || one.Source.Updated.In(dir.setting.Zone).Format("2006-01-02") != "2026-05-31" {
			t.Errorf("%+v", one)
		}
		if two.Name["fr"] != "Second nom" || two.Address.Town != "Douai" {
			t.Errorf("%+v", two)
		}
	})
}

// What breaks off in a spreadsheet is told at the last row that could be read; what stood before is in, nothing is ended.
func TestASpreadsheetThatBreaksOff(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		f := Feed{Mapping: readMapping(t, "register: R\nplace: {id: id, name: n}"), EndMissing: true}
		importText(t, dir, "id,n\n1,A\n2,B\n3,C\n", f)
		whole := `<row r="1"><c t="str"><v>id</v></c><c t="str"><v>n</v></c></row><row r="7"><c><v>1</v></c><c t="str"><v>A</v></c></row>`
		for _, c := range []struct{ rest, key string }{
			{`<row r="9"><c><v>2`, "broken"},
			{`<row r="9"><c r="SG9"><v>2</v></c></row>`, "many-columns"},
			{`<row r="1048576"/><row/>`, "xlsx-large"},
		} {
			did := asTold(t, dir, d, packed(t, "<worksheet><sheetData>"+whole+c.rest+"</sheetData></worksheet>"), f)
			if did.Same != 1 || did.Rejected != 1 || did.Gone != 0 || why(did) != c.key+" 1" || did.Findings[0].Line < 7 {
				t.Errorf("%s: %s, %+v", c.key, figures(did), did.Findings)
			}
		}
	})
}
