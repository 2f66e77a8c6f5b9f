package directory

import "testing"

func TestFrenchHoursAreReadWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"lundi 9h-12h": "Mo 09:00-12:00",
		"Du lundi au vendredi de 9h à 12h et de 14h à 17h30":        "Mo-Fr 09:00-12:00,14:00-17:30",
		"Du lundi au jeudi 8h30-12h / 13h30-17h, vendredi 8h30-12h": "Mo-Th 08:30-12:00,13:30-17:00; Fr 08:30-12:00",
		"Mardi et jeudi de 14h à 17h":                               "Tu,Th 14:00-17:00",
		"mardi, jeudi : 14h - 17h":                                  "Tu,Th 14:00-17:00",
		"Lundi-vendredi : 9h00-12h00":                               "Mo-Fr 09:00-12:00",
		"Ouvert du mardi au samedi de 10h à 18h":                    "Tu-Sa 10:00-18:00",
		"Lundi : 9h-12h, mercredi : fermé":                          "Mo 09:00-12:00; We off",
		"Tous les jours de 8h à 20h":                                "Mo-Su 08:00-20:00",
		"Lundi 9h-12h sur rendez-vous":                              `Mo 09:00-12:00 "sur rendez-vous"`,
		"Lun. 9h-12h; Mar. 14h-17h":                                 "Mo 09:00-12:00; Tu 14:00-17:00",
	} {
		if got, ok := proseHours(text); !ok || got != want {
			t.Errorf("%q is read as %q, %v; want %q", text, got, ok, want)
		}
	}
	for _, text := range []string{
		"", "9h-12h", "sur rendez-vous", "lundi", "lundi matin", "du lundi au vendredi sauf le mercredi 9h-12h", "lundi 9h-12h semaines paires",
		"lundi 9h-12h (fermé en août)", "le 1er lundi du mois 9h-12h", "lundi 9h-12h, vacances 10h-11h", "lundi 25h-26h", "lundi au soleil",
		"du lundi au vendredi 9h-12h, 01 02 03 04 05", "lundi 9h-12h et sur rendez-vous l'après-midi",
	} {
		if got, ok := proseHours(text); ok {
			t.Errorf("%q is guessed to be %q", text, got)
		}
	}
}
