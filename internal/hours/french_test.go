package hours_test

import (
	"testing"

	"parvis/internal/hours"
)

func TestFrenchAsPeopleTypeIt(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"9h-12h":                            "09:00-12:00",
		"9 h 30 à 12 h":                     "09:30-12:00",
		"de 9h à 12h et de 14h à 17h30":     "09:00-12:00,14:00-17:30",
		"9-12 / 13:30-17":                   "09:00-12:00,13:30-17:00",
		"9h12h 14h16h":                      "09:00-12:00,14:00-16:00",
		"9h à midi":                         "09:00-12:00",
		"8h30-12h, après-midi sur rdv":      "08:30-12:00",
		"8H30 &amp; 12H":                    "08:30-12:00",
		"0830-1200":                         "",
		"8h30-1200":                         "08:30-12:00",
		"14:-17:30":                         "14:00-17:30",
		"14h-17h jusqu'en juin 2027":        "14:00-17:00",
		"14h-17h (dès le 03/02/2027)":       "14:00-17:00",
		"2 fois par mois, 14h-17h":          "14:00-17:00",
		"14h-17h 2 fois par mois":           "14:00-17:00",
		"1er mardi 9h-12h, 12 rue du Port":  "09:00-12:00",
		"22h-2h":                            "22:00-02:00",
		"9 heures - 12 heures":              "09:00-12:00",
		"24h/24":                            "24/7",
		"7j/7":                              "24/7",
		"Fermé":                             "off",
		"fermé le matin, 14h-18h":           "14:00-18:00",
		"18h":                               "",
		"9h-12h-14h":                        "",
		"17h-9h / 10h-12h":                  "",
		"12h-9h":                            "",
		"25h-26h":                           "",
		"9h75-12h":                          "",
		"":                                  "",
		"sur rendez-vous":                   "",
		"Tél. 05 36 49 12 34":               "",
		"https://exemple.fr/2027/12":        "",
		"9h-12h\u00a0/\u202f14h\u00a0-17 h": "09:00-12:00,14:00-17:00",
	} {
		got, err := hours.FromFrench(text)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("%q: got %q, %v; want %q", text, got, err, want)
		}
		if got != "" {
			if _, err := hours.Parse(got); err != nil {
				t.Errorf("%q became %q: %v", text, got, err)
			}
		}
	}
}
