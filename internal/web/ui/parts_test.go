package ui_test

import (
	"fmt"
	"strings"
	"testing"

	"parvis/internal/geo"
	"parvis/internal/web/ui"
)

func TestPaginate(t *testing.T) {
	t.Parallel()
	w := words(t, "en")
	href := func(n int) string { return fmt.Sprint("/?page=", n) }
	for _, one := range []struct {
		page, pages    int
		want           string
		previous, next string
	}{
		{1, 2, "[1] 2", "", "/?page=2"}, {2, 2, "1 [2]", "/?page=1", ""}, {1, 12, "[1] 2 … 12", "", "/?page=2"},
		{5, 12, "1 … 4 [5] 6 … 12", "/?page=4", "/?page=6"}, {3, 5, "1 2 [3] 4 5", "/?page=2", "/?page=4"}, {12, 12, "1 … 11 [12]", "/?page=11", ""},
	} {
		p := ui.Paginate(w, one.page, one.pages, href)
		var got []string
		for _, item := range p.Items {
			switch {
			case item.Number == 0:
				got = append(got, "…")
			case item.Current:
				got = append(got, fmt.Sprintf("[%d]", item.Number))
			default:
				got = append(got, fmt.Sprint(item.Number))
			}
		}
		if strings.Join(got, " ") != one.want || p.Previous != one.previous || p.Next != one.next {
			t.Errorf("page %d of %d: %v, %q, %q", one.page, one.pages, got, p.Previous, p.Next)
		}
	}
}

func TestFilterUnfoldsWhatIsChosen(t *testing.T) {
	t.Parallel()
	f := ui.FilterGroup{Words: words(t, "en"), Name: "open", Options: []ui.FilterOption{{"", "any", -1, true}, {"now", "now", 1200, false}}}
	if strings.Contains(string(f.HTML()), `<details class="filter" open`) {
		t.Error("nothing is chosen but \"any\"")
	}
	f.Options[1].Checked = true
	text := string(f.HTML())
	if !strings.Contains(text, `<details class="filter" open`) || !strings.Contains(text, `<b class="count">1</b>`) || !strings.Contains(text, "1,200") {
		t.Errorf("%s", text)
	}
}

func square(lat, lon, side float64) *geo.Outline {
	o, err := geo.ParseOutline(fmt.Appendf(nil, `{"type":"Polygon","coordinates":[[[%[2]f,%[1]f],[%[4]f,%[1]f],[%[4]f,%[3]f],[%[2]f,%[3]f],[%[2]f,%[1]f]]]}`, lat, lon, lat+side, lon+side))
	if err != nil {
		panic(err)
	}
	return o
}

func TestMapDrawsPinsAndJoinsThem(t *testing.T) {
	t.Parallel()
	pin := func(n int, lat, lon float64) ui.Pin {
		return ui.Pin{At: geo.Point{Lat: lat, Lon: lon}, Number: n, Name: fmt.Sprint("Place ", n), Href: fmt.Sprint("#p", n)}
	}
	m := ui.Map{Words: words(t, "en"), Title: "Vald", Outline: square(43, 1, .2), Pins: []ui.Pin{pin(1, 43.05, 1.05), pin(2, 43.15, 1.15), pin(3, 43.1501, 1.1501)}}
	text := string(m.HTML())
	if strings.Count(text, "<circle") != 2 || !strings.Contains(text, `<a class="pin" href="#p1"><title>Number 1: Place 1</title>`) {
		t.Errorf("pins: %s", text)
	}
	if !strings.Contains(text, `<g class="pin many" role="img"><title>2 places here</title>`) {
		t.Errorf("two in one place: %s", text)
	}
	var asked geo.Box
	m.Closer = func(b geo.Box) string { asked = b; return "/places?box=1" }
	if text = string(m.HTML()); !strings.Contains(text, `href="/places?box=1"`) || asked.South > 43.15 || asked.North < 43.1501 {
		t.Errorf("closer: %v", asked)
	}
	m.Here = &geo.Point{Lat: 43.1, Lon: 1.1}
	m.Approximate, m.Broad = true, true
	text = string(m.HTML())
	for _, part := range []string{"here-mark", "land hull", `viewBox="0 0 480 240"`, "approximate"} {
		if !strings.Contains(text, part) {
			t.Errorf("no %s", part)
		}
	}
}

func TestALongNumberOnTheMapHasRoom(t *testing.T) {
	t.Parallel()
	pin := func(n int, lat, lon float64) ui.Pin {
		return ui.Pin{At: geo.Point{Lat: lat, Lon: lon}, Number: n, Name: fmt.Sprint("Place ", n)}
	}
	m := ui.Map{Words: words(t, "en"), Title: "Vald", Outline: square(43, 1, .2), Pins: []ui.Pin{pin(999, 43.05, 1.05), pin(1441, 43.15, 1.15), pin(1442, 43.1501, 1.1501)}}
	text := string(m.HTML())
	if strings.Count(text, "<circle") != 1 || strings.Count(text, ` width="56" height="36" rx="18"/>`) != 1 || !strings.Contains(text, ">1441+</text>") {
		t.Errorf("a number of three digits stands on a disc, one of four and a sign on a longer ground: %s", text)
	}
}

func TestMapNamesOnlyWhereThereIsRoom(t *testing.T) {
	t.Parallel()
	m := ui.Map{Words: words(t, "en"), Title: "Vald", Outline: square(43, 1, .2)}
	for i := range 3 {
		m.Units = append(m.Units, ui.MapUnit{Name: fmt.Sprint("Unit ", i), Outline: square(43.1, 1.1, .001), Label: true})
	}
	m.Units = append(m.Units, ui.MapUnit{Name: "Far away", Outline: square(48, 2, .01), Label: true}, ui.MapUnit{Name: "Quiet", Outline: square(43.02, 1.02, .01)},
		ui.MapUnit{Name: "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", Outline: square(43.18, 1.01, .01), Label: true})
	text := string(m.HTML())
	if strings.Count(text, "<text") != 1 || !strings.Contains(text, ">Unit 0<") {
		t.Errorf("names: %s", text)
	}
	m.Pins = []ui.Pin{{At: geo.Point{Lat: 43.1005, Lon: 1.1005}, Name: "Pin"}}
	m.Near = 9000
	var pinX, pinY, nameX, nameY int
	text = string(m.HTML())
	if _, err := fmt.Sscanf(text[strings.Index(text, "<circle"):], `<circle cx="%d" cy="%d"`, &pinX, &pinY); err != nil {
		t.Fatal(err)
	}
	if _, err := fmt.Sscanf(text[strings.Index(text, "<text"):], `<text x="%d" y="%d">Unit 0<`, &nameX, &nameY); err != nil {
		t.Fatal(err)
	}
	if away := nameY - pinY; away < 25 && away > -25 {
		t.Errorf("a name at %d %d stands on the pin at %d %d", nameX, nameY, pinX, pinY)
	}
}

func TestQRIsTheSameOnPaper(t *testing.T) {
	t.Parallel()
	q := ui.QR{Content: "https://vald.example/places/thư-viện", Label: "Address"}
	svg, err := q.SVG()
	if err != nil || !strings.HasPrefix(string(svg), `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 `) {
		t.Fatalf("%v: %.80s", err, svg)
	}
	_, path, _ := strings.Cut(string(svg), `<path d="`)
	path, _, _ = strings.Cut(path, `"`)
	if !strings.Contains(string(q.HTML()), path) || !strings.Contains(string(q.HTML()), `role="img" aria-label="Address"`) || len(path) < 500 {
		t.Error("the page's code is not the file's")
	}
	if _, err := (ui.QR{Content: strings.Repeat("x", 4000)}).SVG(); err == nil {
		t.Error("a book fits no code")
	}
}

func TestErrorsByField(t *testing.T) {
	t.Parallel()
	e := ui.Errors{{Name: "mail", Text: "Write it."}, {Name: "name", Text: "Needed."}}
	if e.For("mail") != "Write it." || e.For("town") != "" {
		t.Errorf("%q, %q", e.For("mail"), e.For("town"))
	}
	field := ui.Field{Label: ui.Label{Words: words(t, "en"), Name: "mail", Label: "E-mail", Hint: "h", Error: "e"}}
	if got := string(field.HTML()); !strings.Contains(got, ` aria-describedby="f-mail-hint f-mail-error" aria-invalid="true"`) {
		t.Errorf("described so: %s", got)
	}
	named := ui.ErrorSummary{Words: words(t, "fr"), Errors: e.Of(field)}
	if got := string(named.HTML()); !strings.Contains(got, "E-mail\u202f: Write it.</a>") || !strings.Contains(got, ">Needed.</a>") || e[0].Field != "" {
		t.Errorf("a summary names the fields that it was told: %s", got)
	}
}

func TestUnknownNamesAreFaults(t *testing.T) {
	t.Parallel()
	for name, f := range map[string]func(){"icon": func() { ui.Icon{Name: "none"}.HTML() }, "asset": func() { ui.AssetPath("css/none.css") }} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: taken", name)
				}
			}()
			f()
		}()
	}
	if ui.HasIcon("none") || !ui.HasIcon("phone") || len(ui.IconNames()) < 70 {
		t.Error("the set of pictograms")
	}
}
