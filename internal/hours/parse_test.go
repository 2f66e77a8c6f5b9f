package hours_test

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"

	"parvis/internal/hours"
)

func TestTextIsCanonical(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"Mo-Fr 09:00-12:00,14:00-17:30; PH off":    "",
		"mo-FR 9:00-12:00":                         "Mo-Fr 09:00-12:00",
		"Monday to Friday: 9:00 to 12:00":          "Mo-Fr 09:00-12:00",
		"Mo,Tu,We,Th,Fr 09:00-12:00":               "Mo-Fr 09:00-12:00",
		"Mo,Tu 09:00-12:00":                        "",
		"Sa-Mo 09:00-12:00":                        "Mo,Sa,Su 09:00-12:00",
		"We,Mo,Fr 09:00-12:00":                     "Mo,We,Fr 09:00-12:00",
		"14:00-17:00, 09:00-12:00":                 "09:00-12:00,14:00-17:00",
		"09:00-12:00,09:00-12:00":                  "09:00-12:00",
		"24/7":                                     "",
		"24/7; Su off":                             "",
		"00:00-00:00":                              "00:00-24:00",
		"Fr 22:00-26:00":                           "Fr 22:00-02:00",
		"17:00+":                                   "",
		"17:00-19:00+":                             "",
		"Mo-Fr":                                    "",
		"Mo-Fr open":                               "Mo-Fr",
		"open":                                     "",
		"closed":                                   "off",
		"OFF":                                      "off",
		"unknown":                                  "",
		`"by appointment"`:                         "",
		`unknown "by appointment"`:                 `"by appointment"`,
		`Mo open "ring twice"`:                     "",
		`Mo 09:00-10:00 “sur  rendez-vous”`:        `Mo 09:00-10:00 "sur rendez-vous"`,
		`Mo-Fr 09:00-12:00||"call us"`:             `Mo-Fr 09:00-12:00 || "call us"`,
		"Mo 09:00-10:00,Tu 11:00-12:00":            "Mo 09:00-10:00, Tu 11:00-12:00",
		"Mo-Fr 08:00-12:00,PH off":                 "Mo-Fr 08:00-12:00, PH off",
		"PH,Mo-Fr 08:00-12:00":                     "Mo-Fr,PH 08:00-12:00",
		"PH,SH off":                                "",
		"SH Mo-Fr 08:00-12:00":                     "",
		"Mo-Fr SH 08:00-12:00":                     "SH Mo-Fr 08:00-12:00",
		"PH,SH Mo-Fr 08:00-12:00":                  "",
		"SH Mo-Fr,PH 08:00-12:00":                  "",
		"Th[1],Th[3],Fr[-1] 10:00-12:00":           "Th[1,3],Fr[-1] 10:00-12:00",
		"Tu[1-3] 10:00-12:00":                      "Tu[1,2,3] 10:00-12:00",
		"Su[-2],Mo 10:00-12:00":                    "Mo,Su[-2] 10:00-12:00",
		"January-March 10:00-12:00":                "Jan-Mar 10:00-12:00",
		"Jan-Mar,Oct 10:00-12:00":                  "",
		"Dec 24-26 off":                            "",
		"Dec 24-Dec 26 off":                        "Dec 24-26 off",
		"Dec 24,26 off":                            "Dec 24,Dec 26 off",
		"Dec 24-Jan 2 off":                         "Dec 24-Jan 02 off",
		"2026 Nov 01-2026 Dec 15 10:00-12:00":      "2026 Nov 01-Dec 15 10:00-12:00",
		"2026 Dec 20-Jan 05 10:00-12:00":           "2026 Dec 20-2027 Jan 05 10:00-12:00",
		"2026-2028 Jun 10:00-12:00":                "",
		"2026,2028 10:00-12:00":                    "",
		"2026+ Mo 10:00-12:00":                     "",
		"week 1-26/2,30 Mo 10:00-12:00":            "week 01-26/2,30 Mo 10:00-12:00",
		"Mo-Fr Jun-Aug 10:00-12:00":                "Jun-Aug Mo-Fr 10:00-12:00",
		"Jun-Aug: 10:00-12:00":                     "Jun-Aug 10:00-12:00",
		";; Mo 10:00-12:00 ;":                      "Mo 10:00-12:00",
		"Mo-Fr 12:00-13:00 off":                    "",
		"Mo off 12:00-13:00":                       "Mo 12:00-13:00 off",
		"Dec 31 10:00-12:00; 2027 Jan 1 off":       "Dec 31 10:00-12:00; 2027 Jan 01 off",
		"Mo-Fr, 09:00-12:00":                       "Mo-Fr 09:00-12:00",
		"09:00-12:00 Mo-Fr, Sa 10:00-12:00":        "Mo-Fr 09:00-12:00, Sa 10:00-12:00",
		"Mo 09:00-12:00 ,Tu-Th 13:00-14:00;Fr off": "Mo 09:00-12:00, Tu-Th 13:00-14:00; Fr off",
	} {
		s, err := hours.Parse(text)
		if want == "" {
			want = text
		}
		if err != nil || s.Text() != want {
			t.Errorf("%s\n got %s (%v)\nwant %s", text, s.Text(), err, want)
			continue
		}
		if again, err := hours.Parse(s.Text()); err != nil || !reflect.DeepEqual(again, s) {
			t.Errorf("%s is not read as %s: %v", s.Text(), text, err)
		}
	}
	if (hours.Schedule{}).Text() != "" || !(hours.Schedule{}).IsZero() {
		t.Error("no hours have a text")
	}
}

func TestWhatIsNotReadIsToldWhere(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"":                                 "at the end: a day or a time should follow",
		" ; ":                              "at the end: a day or a time should follow",
		"Mo-Fr 09:00":                      "at the end: until when?",
		"Mo-Fr 9h-12h":                     `at "9h-12h"`,
		"Mo-Fr 09:00-12:00,":               "at the end",
		"Mo-Fr 09:00-12:00 || ":            "at the end",
		"Mo-Fr 09:00-12:00 | Tu":           `at "| Tu"`,
		"Mo-Fr 09:00-12:60":                `at "60": minutes go from`,
		"Mo-Fr 49:00-50:00":                `at "49:00-50:00"`,
		"Mo-Fr 9:0-12:00":                  "minutes have two digits",
		"Mo-Fr 10:00-36:00":                "longer than a day",
		"Fr 24:00-26:00":                   "should begin before midnight",
		"Fr 24:00+":                        "should begin before midnight",
		"Mo-Xx 09:00-12:00":                `at "Xx 09:00-12:…": a weekday`,
		"Mo 09:00-12:00 Tu 14:00-16:00":    `at "Tu 14:00-16:…": a ";" may be missing`,
		"Mo-Fr 09:00-12:00 PH off":         `a ";" may be missing`,
		"09:00-12:00 PH off":               `a ";" may be missing`,
		"Mo-We-Fr 09:00-12:00":             "does not belong here",
		"Mo-Fr sunrise-sunset":             "sun or the moon",
		"easter off":                       "sun or the moon",
		"PH +1 day off":                    "counted from a holiday",
		"Th[1]-1 day 10:00-12:00":          "counted from a weekday",
		"Th[6] 10:00-12:00":                "1 to 5",
		"Th[1 10:00-12:00":                 `"]" is missing`,
		"Mo-Fr 09:00-12:00 sur rdv":        `at "sur rdv": this word has no meaning`,
		"sur rendez-vous":                  "quotation marks",
		`Mo "a" "b"`:                       "two comments",
		`Mo "`:                             "second quotation mark",
		`Mo 09:00-10:00 ""`:                "the comment is empty",
		"Mo off closed":                    "said twice",
		"Mo 17:00+ off":                    "closed needs an end",
		"24/7 Mo":                          "24/7 stands alone",
		"24/7 09:00-10:00":                 "24/7 stands alone",
		"Feb 30 off":                       "no such day",
		"Dec 26-24 off":                    "the later day",
		"Dec 24-Feb off":                   "written alike",
		"2027 Jan 1-2026 Jan 1 off":        "the later date",
		"Jan-Mar Jun off":                  "dates already",
		"Dec 24- off":                      "until when?",
		"week 54 Mo":                       "weeks go from",
		"week 10-5 Mo":                     "the smaller first",
		"week 1-9/99 Mo":                   "every how many weeks",
		"week 1 week 2 Mo":                 "weeks already",
		"2026,2028 Jun off":                "belongs to the date",
		"2026: Jun off":                    "does not belong",
		"2028-2026 off":                    "the later year",
		"2026 Mo 2027 off":                 "years come first",
		"Jan, Mo-Fr 10:00-12:00":           "days without a time before the comma",
		"Mo Tu 10:00-12:00":                "days already",
		"PH Mo SH off":                     "days already",
		"99999999999999999999":             "too large",
		"Mo 10:00-12:00 @":                 "no meaning",
		"Mo-Fr 0900-1200":                  `at "0900-1200"`,
		"Mo 2030-2145":                     "years come first",
		strings.Repeat("x", 2000):          "too long",
		strings.Repeat("10:00-11:00;", 70): "too many times",
	} {
		_, err := hours.Parse(text)
		var told *hours.Error
		if !errors.As(err, &told) || !strings.Contains(err.Error(), want) {
			t.Errorf("%.60q: got %v, want %q in it", text, err, want)
		}
		if told != nil && (told.At < 0 || told.At > len(text) || told.Text != text) {
			t.Errorf("%q: told at byte %d", text, told.At)
		}
	}
}

// TestRealHours reads every distinct text of a real directory, where the data that the house was built on is at hand
// (PARVIS_TEST_DATA names its folder), and prints what was read otherwise than written, and what was not read.
func TestRealHours(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("PARVIS_TEST_DATA")
	if folder == "" {
		t.Skip("PARVIS_TEST_DATA does not name the folder of real places")
	}
	data, err := os.ReadFile(filepath.Join(folder, "places", "hinaura-lieux-687.json"))
	if err != nil {
		t.Fatal(err)
	}
	var rows []struct{ Horaires string }
	if err := json.Unmarshal(data, &rows); err != nil {
		t.Fatal(err)
	}
	var texts []string
	for _, row := range rows {
		if row.Horaires != "" {
			texts = append(texts, row.Horaires)
		}
	}
	slices.Sort(texts)
	total := len(texts)
	texts = slices.Compact(texts)
	changed, kept := 0, 0
	for _, text := range texts {
		s, err := hours.Parse(text)
		switch {
		case err != nil:
			kept++
			t.Logf("kept as text | %s | %v", text, err)
		case s.Text() != text:
			changed++
			t.Logf("changed | %s | %s", text, s.Text())
		}
	}
	t.Logf("places with hours %d | distinct %d | rewritten %d | kept as text %d", total, len(texts), changed, kept)
	if kept > len(texts)/100 {
		t.Errorf("%d of %d texts were not read", kept, len(texts))
	}
}

// TestRealFrench reads the free texts of the same folder.
func TestRealFrench(t *testing.T) {
	t.Parallel()
	folder := os.Getenv("PARVIS_TEST_DATA")
	if folder == "" {
		t.Skip("PARVIS_TEST_DATA does not name the folder of real places")
	}
	data, err := os.ReadFile(filepath.Join(folder, "places", "vectors", "free-text-hours-to-osm.json"))
	if err != nil {
		t.Fatal(err)
	}
	var cases []struct{ Input, Expected string }
	if err := json.Unmarshal(data, &cases); err != nil {
		t.Fatal(err)
	}
	for _, c := range cases {
		if got, _ := hours.FromFrench(c.Input); got != c.Expected {
			t.Errorf("%q: got %q, want %q", c.Input, got, c.Expected)
		}
	}
}
