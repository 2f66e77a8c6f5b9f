package directory

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/id"
	"parvis/internal/org"
	"parvis/internal/problem"
	"parvis/packs"
)

func importFile(t *testing.T, dir *Directory, name string, f Feed) *Report {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	report, err := dir.Import(t.Context(), file, f)
	if err != nil {
		t.Fatalf("import %s: %v", name, err)
	}
	return report
}

func importText(t *testing.T, dir *Directory, text string, f Feed) *Report {
	t.Helper()
	report, err := dir.Import(t.Context(), strings.NewReader(text), f)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// figures are a report in one line.
func figures(r *Report) string {
	return fmt.Sprintf("rows %d added %d changed %d same %d back %d gone %d warned %d rejected %d",
		r.Rows, r.Added, r.Changed, r.Same, r.Back, r.Gone, r.Warned, r.Rejected)
}

func TestImportTakesWhatIsRightAndListsTheRest(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		report := importFile(t, dir, "testdata/standard.csv", Feed{Source: "Liste d'essai"})
		if got := figures(report); got != "rows 18 added 12 changed 0 same 0 back 0 gone 0 warned 9 rejected 6" {
			t.Error(got)
		}
		want := []string{
			"1  colonne_en_trop column", "4 essai-3 horaires hours-prose", "5 essai-4 horaires hours-unread", "6 essai-5 latitude point-swapped",
			"7 essai-6 latitude point-zero", "8 essai-7 latitude point-outside", "9 essai-8 code_postal postcode-zero",
			"10 essai-9 date_maj date", "10 essai-9 pivot register", "10 essai-9 code_postal postcode", "10 essai-9 telephone phone",
			"10 essai-9 courriels mail", "10 essai-9 site_web site", "11 essai-10 services value-near", "11 essai-10 services value",
			"12  id no-id!", "13 essai-12 nom no-name!", "14 essai-1 id same-id!", "15 essai-14 commune no-town!",
			"16 essai-15 date_maj date-to-come", "16 essai-15 commune no-town-kept", "17   quote!", "18 essai-17  cells!",
		}
		var listed []string
		slices.SortStableFunc(report.Findings, func(a, b Finding) int { return a.Line - b.Line })
		for _, f := range report.Findings {
			text := fmt.Sprintf("%d %s %s %s", f.Line, f.Row, f.Field, f.Key[strings.LastIndexByte(f.Key, '.')+1:])
			if f.Rejected {
				text += "!"
			}
			listed = append(listed, text)
		}
		if !slices.Equal(listed, want) {
			t.Errorf("listed\n%s\nwant\n%s", strings.Join(listed, "\n"), strings.Join(want, "\n"))
		}
		first, err := dir.Sheet(t.Context(), id.From("Essai", "essai-1"))
		if err != nil {
			t.Fatal(err)
		}
		if len(first.Services) != 1 || first.Organisation == nil || first.Organisation.Name["fr"] != "Ville d'essai" || first.Services[0].Fee != FeeConditional {
			t.Errorf("%+v", first)
		}
		if first.Services[0].Name["zh"] == "" || first.Freshness != Fresh {
			t.Errorf("service %v, freshness %s", first.Services[0].Name, first.Freshness)
		}
		if _, err := dir.Sheet(t.Context(), id.From("Essai", "essai-18")); err != nil {
			t.Errorf("what comes after bad rows is not in: %v", err)
		}
	})
}

func TestImportingTwiceChangesNothing(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, c := open(t, d, north(t))
		for _, name := range []string{"testdata/standard.csv", "testdata/older.json", "testdata/windows.csv"} {
			first := importFile(t, dir, name, Feed{Source: "Essai"})
			before := last(t, d)
			c.Advance(24 * time.Hour)
			again := importFile(t, dir, name, Feed{Source: "Essai"})
			if again.Same != first.In() || again.Added+again.Changed+again.Back != 0 || again.Rejected != first.Rejected {
				t.Errorf("%s again: %s; before: %s", name, figures(again), figures(first))
			}
			if after := last(t, d); after != before {
				t.Errorf("%s again: events %v", name, kinds(t, d, before))
			}
		}
	})
}

func TestImportFollowsItsSource(t *testing.T) {
	t.Parallel()
	const head = "id,nom,commune,code_postal,services\n"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		feed := Feed{Source: "Essai", By: "clerk"}
		importText(t, dir, head+"1,Un,Lille,59000,Aide aux démarches administratives\n2,Deux,Lille,59000,\n", feed)
		place := id.From("Essai", "2")
		before := last(t, d)

		changed := importText(t, dir, head+"1,Un,Lille,59000,Aide aux démarches administratives\n2,Deux bis,Lille,59000,\n", feed)
		if figures(changed) != "rows 2 added 0 changed 1 same 1 back 0 gone 0 warned 0 rejected 0" {
			t.Error(figures(changed))
		}
		if got := kinds(t, d, before); !slices.Equal(got, []string{"place.changed"}) {
			t.Errorf("events %v", got)
		}

		kept := importText(t, dir, head+"1,Un,Lille,59000,Aide aux démarches administratives\n", feed)
		if kept.Gone != 0 {
			t.Error("what the source no longer has is gone without being asked for")
		}
		missing := importText(t, dir, head+"1,Un,Lille,59000,Aide aux démarches administratives\n3,\n", Feed{Source: "Essai", EndMissing: true})
		if figures(missing) != "rows 2 added 0 changed 0 same 1 back 0 gone 1 warned 0 rejected 1" {
			t.Error(figures(missing))
		}
		if sheet, err := dir.Sheet(t.Context(), place); err != nil || !sheet.Place.IsGone() {
			t.Errorf("%+v, %v", sheet, err)
		}

		before = last(t, d)
		back := importText(t, dir, head+"2,Deux bis,Lille,59000,\n", feed)
		if back.Back != 1 || !slices.Equal(kinds(t, d, before), []string{"place.back"}) {
			t.Errorf("%s, events %v", figures(back), kinds(t, d, before))
		}
	})
}

func TestImportKeepsWhatWasSaidHere(t *testing.T) {
	t.Parallel()
	const text = "id,nom,commune,code_postal\n1,Un,Lille,59000\n"
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, c := open(t, d, north(t))
		importText(t, dir, text, Feed{Source: "Essai"})
		place := id.From("Essai", "1")
		if err := dir.Confirm(t.Context(), "account-1", "Atelier d'essai", place); err != nil {
			t.Fatal(err)
		}
		sheet, err := dir.Sheet(t.Context(), place)
		if err != nil {
			t.Fatal(err)
		}
		corrected := sheet.Place
		corrected.Wheelchair = WheelchairYes
		if _, err := dir.PutPlace(t.Context(), "account-1", corrected); err != nil {
			t.Fatal(err)
		}
		c.Advance(time.Hour)
		importText(t, dir, text, Feed{Source: "Essai"})
		if sheet, _ = dir.Sheet(t.Context(), place); sheet.Place.Wheelchair != WheelchairYes {
			t.Error("the same feed again took back a correction")
		}
		importText(t, dir, "id,nom,commune,code_postal\n1,Un neuf,Lille,59000\n", Feed{Source: "Essai"})
		if sheet, _ = dir.Sheet(t.Context(), place); sheet.Place.Name["fr"] != "Un neuf" || sheet.Place.Confirmed.By != "Atelier d'essai" {
			t.Errorf("a changed feed: %+v", sheet.Place)
		}
	})
}

func TestOwnTablesAreRead(t *testing.T) {
	t.Parallel()
	const places = `id,organisation,kind,name,name_en,address,postcode,town,unit,lat,lon,phones,wheelchair,languages,equipment,itinerant,hours,source,updated,confirmed,confirmed_by,note
p-1,,library,Médiathèque,Library,1 rue Neuve,59000,Lille,59-lille,50.63,3.06,03 53 01 00 12,yes,fr|en,computer:4|wifi,,Mo-Fr 09:00-12:00,demo,2026-10-01,2026-11-01,Essai,x
p-2,nobody,castle,Château,,,,Lille,,0,0,,maybe,,sauna,perhaps,,,,,,
P 3,,library,Trois,,,,,,,,,,,,,,,,,,
p-4,,library,,,,,,,,,,,,,,,,,,,
p-5,nobody,library,Cinq,,,,,,95,3,12,maybe,fr|klingon,sauna,perhaps,parfois,demo,2030-01-01,hier,,
`
	const services = `id,place,name,needs,audiences,ways,entry,fee,hours,capacity,capacity_until
s-1,p-1,Aide,online-forms|job,everyone,counter|phone,walk-in,free,,3,2026-12-01
s-2,nowhere,Aide,job,,,,free,,,
s-3,p-1,Aide,gold,,,,dear,,-2,2026-12-01
`
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		report := importText(t, dir, places, Feed{Source: "Essai"})
		if got := figures(report); got != "rows 5 added 2 changed 0 same 0 back 0 gone 0 warned 1 rejected 3" {
			t.Error(got, report.Findings)
		}
		sheet, err := dir.Sheet(t.Context(), "p-1")
		if err != nil {
			t.Fatal(err)
		}
		p := sheet.Place
		if p.Name["en"] != "Library" || p.Source.Name != "demo" || p.Equipment[0] != (Equipment{Code: "computer", Number: 4}) || p.Confirmed.By != "Essai" {
			t.Errorf("%+v", p)
		}
		report = importText(t, dir, services, Feed{Source: "Essai"})
		if got := figures(report); got != "rows 3 added 2 changed 0 same 0 back 0 gone 0 warned 1 rejected 1" {
			t.Error(got, report.Findings)
		}
		sheet, err = dir.Sheet(t.Context(), "p-1")
		if err != nil || len(sheet.Services) != 2 {
			t.Fatalf("%+v, %v", sheet, err)
		}
		if left, known := sheet.Services[0].Capacity.At(today); left != 3 || !known {
			t.Errorf("capacity %d, %v", left, known)
		}
		if again := importText(t, dir, services, Feed{Source: "Essai"}); again.Same != 2 {
			t.Error(figures(again))
		}
	})
}

func TestImportRefusesWhatIsNoFeed(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	for text, key := range map[string]string{
		"": "directory.import.nothing", "  \n\n": "directory.import.nothing", "\ufeff": "directory.import.nothing",
		"a,b\n1,2\n": "directory.import.columns", "<html></html>": "directory.import.columns",
	} {
		_, err := dir.Import(t.Context(), strings.NewReader(text), Feed{})
		var wrong *problem.Error
		if !errors.As(err, &wrong) || wrong.Kind != problem.Invalid || wrong.Key != key {
			t.Errorf("%q: %v, want %s", text, err, key)
		}
	}
	boom := errors.New("the line is cut")
	if _, err := dir.Import(t.Context(), io.MultiReader(strings.NewReader("id,nom\n1,a\n"), failing{boom}), Feed{}); !errors.Is(err, boom) {
		t.Errorf("a reader that fails: %v", err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := dir.Import(ended, strings.NewReader("id,nom,commune\n1,a,Lille\n"), Feed{}); err == nil {
		t.Error("an import goes on after its caller has gone")
	}
}

type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

func TestImportTellsHowFarItIs(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	var b bytes.Buffer
	b.WriteString("id,nom,commune,code_postal\n")
	for i := range 2*batch + 50 {
		fmt.Fprintf(&b, "%d,Lieu %d,Lille,59000\n", i, i)
	}
	size := int64(b.Len())
	var told []Progress
	if _, err := dir.Import(t.Context(), &b, Feed{Progress: func(p Progress) { told = append(told, p) }}); err != nil {
		t.Fatal(err)
	}
	if len(told) != 3 || told[0].Rows != batch || told[2].Added != 2*batch+50 || told[2].Bytes != size {
		t.Errorf("told %+v", told)
	}
}

func TestReportReadsInEveryLanguage(t *testing.T) {
	t.Parallel()
	d := dbtest.Open(t, dbtest.SQLite(t), db.Options{})
	dir, _ := open(t, d, north(t))
	report := importFile(t, dir, "testdata/standard.csv", Feed{Source: "Essai"})
	report.Beyond = 3
	words := bundle(t)
	for _, lang := range []string{"en", "fr", "ro", "vi", "zh"} {
		var b strings.Builder
		if err := report.Write(&b, words.Printer(lang, nil, "")); err != nil {
			t.Fatal(err)
		}
		if strings.Contains(b.String(), "⟦") || strings.Count(b.String(), "\n") != 8+len(report.Findings)+1 {
			t.Errorf("%s:\n%s", lang, b.String())
		}
	}
	if missing, names := words.Missing(); missing > 0 {
		t.Errorf("not there: %v", names)
	}
	often := report.ByReason()
	if !slices.IsSortedFunc(often, func(a, b Often) int { return b.N - a.N }) || len(often) != len(report.Reasons) {
		t.Errorf("%v", often)
	}
}

func TestEveryPackGoesIn(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, name := range []string{"auch", "hai-van", "jingan", "nord", "sector4"} {
			folder, err := fs.Sub(packs.FS, name)
			if err != nil {
				t.Fatal(err)
			}
			pack, err := org.LoadPack(folder)
			if err != nil {
				t.Fatal(err)
			}
			dir, _ := open(t, d, SettingOf(pack))
			report, err := dir.ImportPack(t.Context(), pack, Feed{})
			if err != nil {
				t.Fatal(err)
			}
			for _, line := range report.Wrong(bundle(t).Printer("en", nil, "")) {
				t.Errorf("%s: %s", name, line)
			}
			before := last(t, d)
			again, err := dir.ImportPack(t.Context(), pack, Feed{})
			if err != nil || again.Places.Same != report.Places.Rows || again.Services.Same != report.Services.Rows || last(t, d) != before {
				t.Errorf("%s again: %s, %v", name, figures(again.Places), err)
			}
		}
	})
}

// The 687 real places of the older form. They lie beside the project, not in it.
func TestTheRealFeedGoesIn(t *testing.T) {
	t.Parallel()
	name := os.Getenv("PARVIS_TEST_HINAURA")
	if name == "" {
		found, _ := filepath.Glob("../../../shared/data/places/hinaura-lieux-687.json")
		if len(found) == 0 {
			t.Skip("the feed of 687 places is not here; PARVIS_TEST_HINAURA tells where it is")
		}
		name = found[0]
	}
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		dir, _ := open(t, d, north(t))
		report := importFile(t, dir, name, Feed{Source: "Hinaura"})
		if report.Rows != 687 || report.In()+report.Rejected != 687 || report.Rejected != 0 {
			t.Error(figures(report), report.ByReason())
		}
		before := last(t, d)
		if again := importFile(t, dir, name, Feed{Source: "Hinaura"}); again.Same != 687 || last(t, d) != before {
			t.Errorf("again: %s", figures(again))
		}
	})
}
