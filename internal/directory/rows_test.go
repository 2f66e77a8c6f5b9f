package directory

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"strings"
	"testing"
	"unicode/utf16"
)

// drain reads rows to the end: each as "line: column=value column=value", each finding as "line! key".
func drain(t *testing.T, r rows) []string {
	t.Helper()
	var all []string
	for range 100_000 {
		one, err := r.next()
		var finding *Finding
		switch {
		case errors.Is(err, io.EOF):
			return all
		case errors.As(err, &finding):
			all = append(all, fmt.Sprintf("%d! %s", finding.Line, finding.Key))
			continue
		case err != nil:
			t.Fatal(err)
		}
		cells := make([]string, 0, len(one.cells))
		for _, name := range sortedKeys(one.cells) {
			cells = append(cells, name+"="+one.cells[name])
		}
		all = append(all, fmt.Sprintf("%d: %s", one.line, strings.Join(cells, " ")))
	}
	t.Fatal("the feed never ends")
	return nil
}

func sortedKeys(m map[string]string) []string {
	var keys []string
	for _, name := range []string{"id", "nom", "adresse"} {
		if _, ok := m[name]; ok {
			keys = append(keys, name)
		}
	}
	for name := range maps.Keys(m) {
		if name != "id" && name != "nom" && name != "adresse" {
			keys = append(keys, name)
		}
	}
	return keys
}

func readCSV(t *testing.T, text string) []string {
	t.Helper()
	r, err := newCSV(strings.NewReader(text), csvForm{want: func(name string) bool { _, ok := standardColumn(name); return ok }})
	if err != nil {
		t.Fatal(err)
	}
	return drain(t, r)
}

func TestTablesAreReadAsTheyCome(t *testing.T) {
	t.Parallel()
	plain := []string{"2: id=1 nom=École adresse=2, rue Neuve", "3: id=2 nom=Œuvre"}
	for name, text := range map[string]string{
		"commas":            "id,nom,adresse\n1,École,\"2, rue Neuve\"\n2,Œuvre,\n",
		"semicolons":        "id;nom;adresse\n1;École;2, rue Neuve\n2;Œuvre;\n",
		"tabs":              "id\tnom\tadresse\n1\tÉcole\t2, rue Neuve\n2\tŒuvre\t\n",
		"byte order mark":   "\ufeffid,nom,adresse\n1,École,\"2, rue Neuve\"\n2,Œuvre,\n",
		"Windows lines":     "id,nom,adresse\r\n1,École,\"2, rue Neuve\"\r\n2,Œuvre,\r\n",
		"old Mac lines":     "id,nom,adresse\r1,École,\"2, rue Neuve\"\r2,Œuvre,\r",
		"no last line end":  "id,nom,adresse\n1,École,\"2, rue Neuve\"\n2,Œuvre",
		"quoted throughout": "\"id\",\"nom\",\"adresse\"\n\"1\",\"École\",\"2, rue Neuve\"\n\"2\",\"Œuvre\",\"\"\n",
		"Windows-1252":      "id;nom;adresse\n1;\xc9cole;2, rue Neuve\n2;\x8cuvre;\n",
		"capitals":          "ID, Nom ,ADRESSE\n1, École ,\"2, rue Neuve\"\n2,Œuvre,\n",
		"Unicode text":      utf16LE("id\tnom\tadresse\r\n1\tÉcole\t2, rue Neuve\r\n2\tŒuvre\t\r\n"),
	} {
		if got := readCSV(t, text); strings.Join(got, "\n") != strings.Join(plain, "\n") {
			t.Errorf("%s: %q", name, got)
		}
	}
}

func utf16LE(text string) string {
	b := []byte("\xff\xfe")
	for _, u := range utf16.Encode([]rune(text)) {
		b = append(b, byte(u), byte(u>>8))
	}
	return string(b)
}

func TestABadRowDoesNotTakeOthersAlong(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"several lines in a cell", "id,nom\n1,\"a\nb\"\n2,c\n", []string{"2: id=1 nom=a\nb", "4: id=2 nom=c"}},
		{"doubled marks", "id,nom\n1,\"le \"\"grand\"\" hall\"\n", []string{`2: id=1 nom=le "grand" hall`}},
		{"a mark inside a cell", "id,nom\n1,écran 12\" neuf\n2,b\n", []string{`2: id=1 nom=écran 12" neuf`, "3: id=2 nom=b"}},
		{"words after the mark", "id,nom\n1,\"a\" b\n2,c\n", []string{"2: id=1 nom=a b", "3: id=2 nom=c"}},
		{"a mark never closed", "id,nom\n1,\"a\n2,b\n3,c\n", []string{"2! directory.import.quote", "3: id=2 nom=b", "4: id=3 nom=c"}},
		{"two marks never closed", "id,nom\n1,\"a\n2,\"b\n3,c\n", []string{"2! directory.import.quote", "3! directory.import.quote", "4: id=3 nom=c"}},
		{"too many cells", "id,nom\n1,a,b\n2,c,\n", []string{"2! directory.import.cells", "3: id=2 nom=c"}},
		{"too few cells", "id,nom\n1\n2,c\n", []string{"2: id=1", "3: id=2 nom=c"}},
		{"empty lines", "\n;;\nid,nom\n\n1,a\n,,\n  \n2,b\n\n", []string{"5: id=1 nom=a", "8: id=2 nom=b"}},
		{"a column twice", "id,nom,nom\n1,,a\n2,b,c\n", []string{"2: id=1 nom=a", "3: id=2 nom=b"}},
		{"nothing but a header", "id,nom\n", nil},
	} {
		if got := readCSV(t, c.text); strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
}

func TestARowWithoutEndIsCutOff(t *testing.T) {
	t.Parallel()
	text := "id,nom\n1,\"open\n" + strings.Repeat("x,y\n", 2*rowLines)
	got := readCSV(t, text)
	if len(got) != 2*rowLines+1 || got[0] != "2! directory.import.quote" {
		t.Errorf("%d rows, first %q", len(got), got[0])
	}
	long := readCSV(t, "id,nom\n1,"+strings.Repeat("a", rowBytes+10)+"\n2,b\n")
	if got := long[len(long)-1]; got != "3: id=2 nom=b" && got != "4: id=2 nom=b" {
		t.Errorf("after a line of a megabyte: %q", got)
	}
}

func TestObjectsAreReadAsTheyCome(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		want       []string
	}{
		{"a list", "[\n{\"id\":\"1\",\"nom\":\"a\"},\n{\"id\":2,\"nom\":\"b\"}\n]", []string{"2: id=1 nom=a", "3: id=2 nom=b"}},
		{"over lines", "[{\n \"id\": \"1\",\n \"nom\": \"a\"\n},\n\n{\"id\":\"2\"}]", []string{"1: id=1 nom=a", "6: id=2"}},
		{"a list in an object", "{\"count\": 2,\n\"lieux\": [\n{\"id\":\"1\"},\n{\"id\":\"2\"}]}", []string{"3: id=1", "4: id=2"}},
		{"an object a line", "{\"id\":\"1\",\"nom\":\"a\"}\n{\"id\":\"2\"}\n", []string{"1: id=1 nom=a", "2: id=2"}},
		{"a row with a list of words", "{\"id\":\"1\",\"services\":[\"a\",\"b\"]}\n{\"id\":\"2\"}", []string{"1: id=1 services=a|b", "2: id=2"}},
		{"nested", `[{"id":"1","geolocalisation":{"lat":-22.2,"lon":166}}]`, nil},
		{"values", `[{"id":1.50,"nom":true,"adresse":null,"x":[]}]`, []string{"1: id=1.50 nom=true"}},
		{"no objects", "[1,\n\"two\",\nnull,{\"id\":\"1\"}]", []string{"1! directory.import.no-object", "2! directory.import.no-object",
			"3! directory.import.no-object", "3: id=1"}},
		{"broken off", "[{\"id\":\"1\"},\n{\"id\":\"2\",\n", []string{"1: id=1", "2! directory.import.broken"}},
		{"a slip", "[{\"id\":\"1\"},\n{\"id\":\"2\" \"nom\":\"b\"},\n{\"id\":\"3\"}]", []string{"1: id=1", "2! directory.import.broken"}},
		{"ends after a comma", "[{\"id\":\"1\"},", []string{"1: id=1", "1! directory.import.broken"}},
		{"an empty list", "[]", nil},
		{"mark and spaces", "\ufeff  [ {\"id\":\"1\"} ] ", []string{"1: id=1"}},
	} {
		r, err := newJSON(strings.NewReader(c.text), false, nil)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		got := drain(t, r)
		if c.name == "nested" {
			if len(got) != 1 || !strings.Contains(got[0], "geolocalisation_lat=-22.2") || !strings.Contains(got[0], "geolocalisation_lon=166") {
				t.Errorf("nested: %q", got)
			}
			continue
		}
		if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	if _, err := newJSON(strings.NewReader("  "), false, nil); !errors.Is(err, io.EOF) {
		t.Errorf("nothing at all: %v", err)
	}
}

func TestAFileIsInOneCharacterSet(t *testing.T) {
	t.Parallel()
	// The second row's name would be good UTF-8 (ǜ); the first row shows that the file is not.
	got := readCSV(t, "id;nom\n1;\xc9cole\n2;\xc7\x9cuvre\n")
	if want := []string{"2: id=1 nom=École", "3: id=2 nom=Çœuvre"}; strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("%q, want %q", got, want)
	}
	// A single cell in the other set does not spoil a long file that is UTF-8.
	long := "id;nom\n" + strings.Repeat("1;É\n", 40_000) + "2;\xc9cole\n"
	if got := readCSV(t, long); got[0] != "2: id=1 nom=É" || got[len(got)-1] != "40002: id=2 nom=École" {
		t.Errorf("%q … %q", got[0], got[len(got)-1])
	}
	for text, want := range map[string]bool{"": true, "a": true, "é": true, "a\xc3": true, "\xe9t\xe9": false, "\xf0\x9f\x98": true} {
		if got := beginsUTF8([]byte(text)); got != want {
			t.Errorf("%q begins UTF-8: %v", text, got)
		}
	}
}
