package ui_test

import (
	"fmt"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/net/html"
	"pgregory.net/rapid"

	"parvis/internal/geo"
	"parvis/internal/web/ui"
)

// odd are texts as people paste them: mark-up, quotes, template marks, words without an end, other scripts, nothing to see.
var odd = rapid.OneOf(
	rapid.SampledFrom([]string{`"><script>alert(1)</script>`, `' onclick='x`, `</textarea></title><b>`, "{{.Words}}", "<!-- x", "&amp;&lt;", "`${x}`",
		strings.Repeat("Donaudampfschifffahrt", 12), "שלום\u200f العربية", "静安寺街道", "a\u00a0b\u202ec", "\u00ad", "-->", "]]>", "\\", "%3Cb%3E", " x "}),
	rapid.StringOfN(rapid.RuneFrom([]rune(`<>"'&=/ {}-abcễ—字`)), 1, 60, -1),
)

// ours are fields that the program fills and nobody types: names of pictograms, kinds, handles; and names on a map, of which
// only those are written that find room.
var ours = []string{"Icon", "Tone", "State", "Type", "Hook", "Words", "MapUnit.Name", "MapName.Name", "QR.Content"}

// disguise replaces every text of a component that is not empty.
func disguise(v reflect.Value, text func() string) reflect.Value {
	fresh := reflect.New(v.Type()).Elem()
	fresh.Set(v)
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			field := v.Type().Field(i)
			if !field.IsExported() || slices.Contains(ours, field.Name) || slices.Contains(ours, v.Type().Name()+"."+field.Name) || v.Type() == reflect.TypeFor[ui.Icon]() {
				continue
			}
			fresh.Field(i).Set(disguise(v.Field(i), text))
		}
	case reflect.Slice:
		if !v.IsNil() {
			fresh.Set(reflect.MakeSlice(v.Type(), v.Len(), v.Len()))
			for i := range v.Len() {
				fresh.Index(i).Set(disguise(v.Index(i), text))
			}
		}
	case reflect.Interface, reflect.Pointer:
		if !v.IsNil() && v.Elem().Type().PkgPath() == reflect.TypeFor[ui.Link]().PkgPath() {
			inner := disguise(v.Elem(), text)
			if v.Kind() == reflect.Pointer {
				inner = inner.Addr()
			}
			fresh.Set(inner)
		}
	case reflect.String:
		if v.Len() > 0 {
			fresh.SetString(text())
		}
	}
	return fresh
}

// shape is a mark-up's elements and the names of their attributes, without any text.
func shape(text string) string {
	var b strings.Builder
	z := html.NewTokenizer(strings.NewReader(text))
	for {
		kind := z.Next()
		switch kind {
		case html.ErrorToken:
			return b.String()
		case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
			token := z.Token()
			b.WriteString("<" + strings.Repeat("/", int(kind-html.StartTagToken)) + token.Data)
			for _, a := range token.Attr {
				b.WriteString(" " + a.Key)
			}
			b.WriteString(">\n")
		case html.CommentToken, html.DoctypeToken:
			b.WriteString("<!>\n")
		}
	}
}

// TestWhatPeopleWriteStaysText: no component's elements or attributes depend on what its texts say.
func TestWhatPeopleWriteStaysText(t *testing.T) {
	t.Parallel()
	examples := ui.Examples(words(t, "en"))
	rapid.Check(t, func(rt *rapid.T) {
		example := rapid.SampledFrom(examples).Draw(rt, "example")
		given := disguise(reflect.ValueOf(example.Body), func() string { return odd.Draw(rt, "text") }).Interface().(ui.Renderer)
		plain := shape(string(example.Body.HTML()))
		if got := shape(string(given.HTML())); got != plain {
			rt.Fatalf("%s, %s: its elements are\n%s\nand with other texts\n%s", example.Component, example.Case, plain, got)
		}
	})
}

// TestWhatWasEnteredComesBack: a form that is shown again holds what the person wrote, to the letter.
func TestWhatWasEnteredComesBack(t *testing.T) {
	t.Parallel()
	label := ui.Label{Words: words(t, "en"), Name: "what", Label: "What"}
	rapid.Check(t, func(rt *rapid.T) {
		text := odd.Draw(rt, "text")
		for what, c := range map[string]ui.Renderer{
			"a line": ui.Field{Label: label, Value: text}, "a hidden value": ui.SearchBox{Words: label.Words, Hidden: []ui.Hidden{{Name: "what", Value: text}}},
			"a choice": ui.Choice{Label: label, Options: []ui.Option{{Value: text, Text: "x", Checked: true}}},
			"a list":   ui.Select{Label: label, Options: []ui.Option{{Value: text, Text: "x", Checked: true}}},
			"lines":    ui.LongField{Label: label, Value: text}, "a filter": ui.FilterGroup{Words: label.Words, Name: "what", Options: []ui.FilterOption{{Value: text}}},
			"a button": ui.Button{Text: "x", Name: "what", Value: text}, "a date": ui.DateField{Label: label, Year: text},
		} {
			all, _ := parsed(t, string(c.HTML()))
			back := slices.ContainsFunc(all, func(n *html.Node) bool {
				return attr(n, "value") == text || n.Data == "textarea" && n.FirstChild != nil && n.FirstChild.Data == text
			})
			if !back {
				rt.Fatalf("%s: %q does not come back in %s", what, text, c.HTML())
			}
		}
	})
}

// TestFieldsThatAreLeftEmptyLeaveNothingBehind: no empty attribute that would change what a page means, no empty paragraph.
func TestFieldsThatAreLeftEmptyLeaveNothingBehind(t *testing.T) {
	t.Parallel()
	label := ui.Label{Words: words(t, "en"), Name: "n", Label: "N"}
	for _, c := range []ui.Renderer{
		ui.Link{Href: "/", Text: "x"}, ui.Button{Text: "x"}, ui.Button{Text: "x", Href: "/"}, ui.Chip{Text: "x"}, ui.Card{Title: "x"}, ui.Heading{Text: "x"},
		ui.Notice{Text: "x"}, ui.Empty{Title: "x"}, ui.Field{Label: label}, ui.LongField{Label: label}, ui.Choice{Label: label}, ui.Table{Rows: [][]ui.Cell{{{Text: "x"}}}},
		ui.KeyValues{Items: []ui.KeyValue{{Key: "k", Text: "x"}}}, ui.Steps{Items: []ui.Step{{Icon: "phone", Text: "x"}}},
		ui.Hours{Days: []ui.HoursDay{{Name: "Monday", Closed: "closed"}}}, ui.FileField{Label: label}, ui.Doors{Items: []ui.Door{{Href: "/", Icon: "phone", Title: "x"}}},
	} {
		all, _ := parsed(t, string(c.HTML()))
		for _, n := range all {
			for _, name := range []string{"lang", "href", "id", "class", "rel", "aria-label", "aria-describedby", "name", "autocomplete", "accept"} {
				if has(n, name) && attr(n, name) == "" {
					t.Errorf("%T: <%s> has an empty %s", c, n.Data, name)
				}
			}
			if slices.Contains([]string{"p", "small", "ul", "dd", "h2", "h3", "caption", "thead"}, n.Data) && n.FirstChild == nil {
				t.Errorf("%T: an empty <%s>", c, n.Data)
			}
		}
	}
}

// TestLinksSayWhereTheyLead: what leaves the house says so and takes no trace along, what stays has no rel, and a page in
// another language is announced in it.
func TestLinksSayWhereTheyLead(t *testing.T) {
	t.Parallel()
	w := words(t, "en")
	languages := ui.LanguageMenu{Words: w, Languages: []ui.Language{{"fr", "Français", "/p?hl=fr", false}, {"en", "English", "/p?hl=en", true}, {"zh", "中文", "/p?hl=zh", false}}}
	for _, one := range []struct {
		body ui.Renderer
		want string // of each link: address, rel, lang, hreflang, aria-current
	}{
		{ui.Link{Href: "https://a.example/?a=1&b=2", Text: "x", External: true}, "https://a.example/?a=1&b=2|external noreferrer|||"},
		{ui.Link{Href: "/places", Text: "x"}, "/places||||"},
		{ui.Link{Href: "javascript:alert(1)", Text: "x", External: true}, "#|external noreferrer|||"},
		{ui.Link{Href: "tel:+33536", Text: "x"}, "tel:+33536||||"},
		{ui.Paginate(w, 2, 3, func(n int) string { return fmt.Sprint("/p?page=", n) }), "/p?page=1|prev||| /p?page=1|||| /p?page=3|||| /p?page=3|next|||"},
		{languages, "/p?hl=fr||fr|fr| /p?hl=en||en|en|true /p?hl=zh||zh|zh|"},
		{ui.Breadcrumb{Words: w, Crumbs: []ui.Crumb{{"Home", "/"}, {"Here", ""}}}, "/||||"},
		{ui.Chip{Text: "x", Href: "data:text/html,x", Remove: "Remove"}, "#||||"},
		{ui.Card{Title: "图书馆", Lang: "zh", Href: "/places/1", Lines: []ui.Line{{Text: "021", Href: "vbscript:x"}}}, "/places/1|||| #||||"},
		{ui.Table{Rows: [][]ui.Cell{{{Text: "a", Href: "/a"}, {Text: "b", Href: "file:///etc"}}}}, "/a|||| #||||"},
	} {
		var got []string
		all, _ := parsed(t, string(one.body.HTML()))
		for _, n := range all {
			if n.Data == "a" {
				got = append(got, strings.Join([]string{attr(n, "href"), attr(n, "rel"), attr(n, "lang"), attr(n, "hreflang"), attr(n, "aria-current")}, "|"))
			}
		}
		if strings.Join(got, " ") != one.want {
			t.Errorf("%T: links\n%s\nwant\n%s", one.body, strings.Join(got, " "), one.want)
		}
	}
	for body, lang := range map[ui.Renderer]string{&ui.Card{Title: "图书馆", Lang: "zh"}: "zh", &ui.KeyValues{Items: []ui.KeyValue{{Key: "k", Text: "phường", Lang: "vi"}}}: "vi"} {
		if !strings.Contains(string(body.HTML()), `lang="`+lang+`"`) {
			t.Errorf("%T does not say that it is in %s: %s", body, lang, body.HTML())
		}
	}
}

// TestAFrameTellsMachinesWhatItIs: the other languages and the twins of a page, and that a demo or a private page is not kept.
func TestAFrameTellsMachinesWhatItIs(t *testing.T) {
	t.Parallel()
	for _, one := range []struct {
		private, demo, kept bool
	}{{false, false, true}, {true, false, false}, {false, true, false}} {
		page := &sample{Page: ui.Page{Title: "T", Private: one.private, Feeds: []ui.Feed{{Type: "application/geo+json", Href: "/p.geojson?a=1&b=2", Title: `"Map"`}},
			Frame: ui.Frame{Words: words(t, "vi"), Demo: one.demo, House: ui.House{Name: "Vald", Home: "/"}, Theme: "/t.css",
				Languages: []ui.Language{{"vi", "Tiếng Việt", "/?hl=vi", true}, {"fr", "Français", "/?hl=fr", false}}}}}
		var b strings.Builder
		all, _ := parsed(t, framed(t, page))
		for _, n := range all {
			switch {
			case n.Data == "link" && attr(n, "rel") == "alternate":
				fmt.Fprintf(&b, "%s %s %s\n", attr(n, "hreflang"), attr(n, "type"), attr(n, "href"))
			case n.Data == "meta" && attr(n, "name") == "robots":
				b.WriteString(attr(n, "content") + "\n")
			case n.Data == "html" && attr(n, "lang") != "vi":
				t.Errorf("the page is in %q", attr(n, "lang"))
			}
		}
		want := "fr  /?hl=fr\n application/geo+json /p.geojson?a=1&b=2\n"
		if !one.kept {
			want = "noindex\n" + want
		}
		if b.String() != want {
			t.Errorf("%+v: told\n%s\nwant\n%s", one, b.String(), want)
		}
	}
}

// TestPagesLeadEverywhere: whatever the page, its links name the first, the last and itself, rise, and lead one step on.
func TestPagesLeadEverywhere(t *testing.T) {
	t.Parallel()
	w := words(t, "en")
	rapid.Check(t, func(rt *rapid.T) {
		pages := rapid.IntRange(2, 400).Draw(rt, "pages")
		page := rapid.IntRange(1, pages).Draw(rt, "page")
		p := ui.Paginate(w, page, pages, func(n int) string { return fmt.Sprint(n) })
		last, gap, current := 0, false, 0
		for _, item := range p.Items {
			if item.Number == 0 {
				if gap || last == 0 {
					rt.Fatalf("a gap where none can be: %+v", p.Items)
				}
				gap = true
				continue
			}
			if item.Number <= last || gap != (item.Number > last+1) || item.Href != fmt.Sprint(item.Number) {
				rt.Fatalf("%d after %d, gap %v", item.Number, last, gap)
			}
			if item.Current {
				current += item.Number
			}
			last, gap = item.Number, false
		}
		if p.Items[0].Number != 1 || last != pages || current != page || len(p.Items) > 7 {
			rt.Fatalf("page %d of %d: %+v", page, pages, p.Items)
		}
		if (p.Previous == "") != (page == 1) || (p.Next == "") != (page == pages) {
			rt.Fatalf("page %d of %d: back %q, on %q", page, pages, p.Previous, p.Next)
		}
	})
}

var dialled = regexp.MustCompile(`^tel:\+?[0-9*#]*[0-9][0-9*#]*$`)

// TestNumbersAreDialledAsTheyAreWritten: every digit in its order, the plus that begins a number of another country, nothing else.
func TestNumbersAreDialledAsTheyAreWritten(t *testing.T) {
	t.Parallel()
	for phone, want := range map[string]string{"(+33) 5 36 49": "tel:+3353649", " +84 236": "tel:+84236", "+": "", "*#": "", "n° 15": "tel:15", "05/36+49": "tel:053649"} {
		if got := ui.TelLink(phone); got != want {
			t.Fatalf("%q is dialled as %q, want %q", phone, got, want)
		}
	}
	rapid.Check(t, func(rt *rapid.T) {
		phone := rapid.StringOf(rapid.RuneFrom([]rune("0123456789+*# ()./-aé٣"))).Draw(rt, "phone")
		got := ui.TelLink(phone)
		digits := regexp.MustCompile(`[^0-9]`)
		if digits.ReplaceAllString(got, "") != digits.ReplaceAllString(phone, "") || got != "" && !dialled.MatchString(got) {
			rt.Fatalf("%q is dialled as %q", phone, got)
		}
	})
}

// TestNoAddressRunsAScript: whatever is given as an address, a browser finds no scheme in it but those that a link may have.
func TestNoAddressRunsAScript(t *testing.T) {
	t.Parallel()
	part := rapid.SampledFrom([]string{"javascript", "JaVaScRiPt", "data", "https", "tel", "mailto", ":", "/", "//", "?", "#", "\t", "\n", " ", "\x01", "a.example", "&colon;", "%3A", "é"})
	rapid.Check(t, func(rt *rapid.T) {
		given := strings.Join(rapid.SliceOfN(part, 0, 6).Draw(rt, "parts"), "")
		all, _ := parsed(t, string(ui.Link{Href: given, Text: "x"}.HTML()))
		// As browsers read: what is around an address is trimmed, tabs and line ends inside vanish (WHATWG URL, basic parser).
		seen := strings.NewReplacer("\t", "", "\n", "", "\r", "").Replace(strings.TrimFunc(attr(all[len(all)-1], "href"), func(r rune) bool { return r <= ' ' }))
		scheme, _, found := strings.Cut(seen, ":")
		if found && regexp.MustCompile(`^[a-zA-Z][a-zA-Z0-9+.-]*$`).MatchString(scheme) && !slices.Contains([]string{"http", "https", "tel", "mailto", "geo", "sms"}, strings.ToLower(scheme)) {
			rt.Fatalf("%q leads to %q", given, seen)
		}
		if u, err := url.Parse(given); err == nil && u.Scheme == "https" && seen == "#" {
			rt.Fatalf("%q is a good address, and leads nowhere", given)
		}
	})
}

// TestHanNamesNeedMoreRoom: a name is written where it fits, and a Chinese one of as many signs is nearly twice as wide.
func TestHanNamesNeedMoreRoom(t *testing.T) {
	t.Parallel()
	for name, fits := range map[string]bool{strings.Repeat("a", 35): true, strings.Repeat("静", 20): true, strings.Repeat("静", 35): false} {
		m := ui.Map{Words: words(t, "zh"), Title: "x", Outline: square(43, 1, .2), Names: []ui.MapName{{Name: name, At: geo.Point{Lat: 43.1, Lon: 1.1}}}}
		if got := strings.Contains(string(m.HTML()), ">"+name+"<"); got != fits {
			t.Errorf("%d signs of %.3s are written: %v", len([]rune(name)), name, got)
		}
	}
	all := ui.Map{Words: words(t, "en"), Title: "x", Outline: square(43, 1, .2), Here: &geo.Point{Lat: 43.01, Lon: 1.01}}
	part := all
	part.Box = &geo.Box{South: 43.1, West: 1.1, North: 43.2, East: 1.2}
	if !strings.Contains(string(all.HTML()), "here-mark") || strings.Contains(string(part.HTML()), "here-mark") {
		t.Error("where somebody stands is shown on the part of the map that holds it, and on no other")
	}
}
