package i18n

import (
	"strings"
	"testing"
	"time"
)

// told writes what a catalogue holds, one text a line: the line in the file, the key, the forms and their parts.
func told(entries []entry) string {
	var lines []string
	for _, e := range entries {
		var forms []string
		for i, parts := range e.forms {
			if parts == nil {
				continue
			}
			var b strings.Builder
			for _, p := range parts {
				if p.arg != "" {
					b.WriteString("<" + p.arg + ">")
				}
				b.WriteString(p.text)
			}
			forms = append(forms, formNames[i]+"="+b.String())
		}
		lines = append(lines, strings.Join(append([]string{string(rune('0' + e.line)), e.key}, forms...), " "))
	}
	return strings.Join(lines, "\n")
}

func TestCataloguesAreReadInOrder(t *testing.T) {
	t.Parallel()
	const text = `{
  "b.first": "One {{.A}}{{ .B2 }} end",
  "a.second": {
    "=0": "none", "other": "{{.N}}",
    "one": "just one"
  },
  "a.third-4": "{{.Only}}"
}
`
	entries, err := readCatalogue("x.json", []byte(text))
	if err != nil {
		t.Fatal(err)
	}
	want := "2 b.first =One <A><B2> end\n3 a.second =0=none one=just one other=<N>\n7 a.third-4 =<Only>"
	if got := told(entries); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestAllThatIsWrongInACatalogueIsTold(t *testing.T) {
	t.Parallel()
	const text = `{
  "good.key": "fine",
  "bad": "one part",
  "good.key": "again",
  "a.empty": "  ",
  "a.forms": {"one": "x", "lots": "y"},
  "a.code": "{{range .X}}"
}`
	entries, err := readCatalogue("x.json", []byte(text))
	if err == nil || len(entries) == 0 {
		t.Fatalf("%d entries, %v", len(entries), err)
	}
	lines := strings.Split(err.Error(), "\n")
	for i, want := range []string{`x.json:3: key "bad"`, `x.json:4: key "good.key" is here twice`, "x.json:5: key \"a.empty\": the text is empty",
		`x.json:6: key "a.forms": "lots" is no plural form`, `x.json:6: key "a.forms": the form "other"`, "x.json:7: key \"a.code\": an argument should be like"} {
		if i >= len(lines) || !strings.HasPrefix(lines[i], want) {
			t.Errorf("line %d of\n%v\nshould begin with %s", i, err, want)
		}
	}
}

func TestKeysAndArguments(t *testing.T) {
	t.Parallel()
	for key, want := range map[string]bool{"a.b": true, "a-b.c2.d": true, "a": false, "": false, ".": false, "a.": false, ".b": false, "A.b": false, "a.é": false, "a b.c": false, "a..b": false} {
		if goodKey(key) != want {
			t.Errorf("key %q: %v", key, !want)
		}
	}
	for name, want := range map[string]bool{"N": true, "When2": true, "": false, "n": false, "2N": false, "A.B": false, "É": false, "A B": false} {
		if goodArg(name) != want {
			t.Errorf("argument %q: %v", name, !want)
		}
	}
}

func TestPatterns(t *testing.T) {
	t.Parallel()
	en, fr, vi := ways["en"], ways["fr"], ways["vi"]
	day, other := time.Date(2026, 3, 1, 7, 5, 0, 0, time.UTC), time.Date(2027, 12, 24, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		way           *way
		pattern, want string
	}{
		{en, "d M MMM MMMM y", "1 3 Mar March 2026"},
		{fr, "d M MMM MMMM y", "1er 3 mars mars 2026"},
		{vi, "EEEE, d MMMM", "Chủ Nhật, 1 tháng 3"},
		{en, "H:mm HH:mm", "7:05 07:05"},
		{en, "'d' d 'o''clock'", "d 1 oclock"},
		{en, "d{d}d {MMMM y} y", "1241 December 2027 2026"},
		{en, "年d月", "年1月"},
		{en, "QQ d", "QQ 1"},
		{en, "", ""},
	} {
		if got := string(c.way.write(nil, c.pattern, day, other)); got != c.want {
			t.Errorf("%q: got %q, want %q", c.pattern, got, c.want)
		}
	}
}

// TestEveryWayIsWhole: a language that lacks a name or a pattern would show holes.
func TestEveryWayIsWhole(t *testing.T) {
	t.Parallel()
	for _, lang := range Languages {
		w := ways[lang]
		if w == nil {
			t.Fatalf("%s has no way of writing", lang)
		}
		for name, list := range map[string][]string{"months": w.months, "monthsShort": w.monthsShort} {
			if len(list) != 12 {
				t.Errorf("%s: %d %s", lang, len(list), name)
			}
		}
		for name, list := range map[string][]string{"weekdays": w.weekdays, "weekdaysShort": w.weekdaysShort} {
			if len(list) != 7 {
				t.Errorf("%s: %d %s", lang, len(list), name)
			}
		}
		if w.monthsAlone != nil && len(w.monthsAlone) != 12 {
			t.Errorf("%s: %d months as headings", lang, len(w.monthsAlone))
		}
		for i, pattern := range []string{w.date, w.dateLong, w.dateShort, w.dayMonth, w.monthYear, w.weekdayDate, w.dateTime, w.time, w.timeWhole,
			w.timeDash, w.rangeSameMonth, w.rangeSameYear, w.dateDash, w.group, w.decimal, w.percent, w.listMiddle, w.and, w.or, w.metre, w.kilometre} {
			if pattern == "" {
				t.Errorf("%s: pattern %d is missing", lang, i)
			}
		}
		for _, currency := range []string{"EUR", "RON", "VND", "CNY"} {
			if w.signs[currency].text == "" {
				t.Errorf("%s: no sign for %s", lang, currency)
			}
		}
	}
	if len(ways) != len(Languages) {
		t.Errorf("%d ways for %d languages", len(ways), len(Languages))
	}
}

// TestNamesOfLanguagesAreWhole: six names each, none with a stray space, none twice in one language.
func TestNamesOfLanguagesAreWhole(t *testing.T) {
	t.Parallel()
	for column := range 6 {
		seen := map[string]string{}
		for code, names := range spoken {
			name := names[column]
			if name == "" || strings.TrimSpace(name) != name {
				t.Errorf("%s, column %d: %q", code, column, name)
			}
			if before, twice := seen[name]; twice {
				t.Errorf("%s and %s are both %q", before, code, name)
			}
			seen[name] = code
		}
	}
}
