package directory

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/i18n"
)

// wanted are words that each letter must have in each language: whether all is right, the days, the way to stop.
var wanted = map[string][]string{
	"en": {"Is “Lieu a” still right?", "Yes, all is right", "Monday: 09:00–12:00", "Sunday: closed", "no more reminders"},
	"fr": {"« Lieu a »", "Oui, tout est juste", "Lundi", "fermé", "plus de rappels"},
	"ro": {"„Lieu a”: mai este corect?", "Da, totul este corect", "Luni", "închis", "Nu mai doriți"},
	"vi": {"“Lieu a”: thông tin còn đúng không?", "Đúng, tất cả đều đúng", "Thứ hai", "nghỉ", "không muốn nhận thư nhắc"},
	"zh": {"“Lieu a”的信息还对吗？", "是的，全部正确", "星期一", "不开放", "不想再收到提醒"},
}

func TestLettersAreWrittenInEveryLanguage(t *testing.T) {
	t.Parallel()
	for _, lang := range i18n.Languages {
		t.Run(lang, func(t *testing.T) {
			t.Parallel()
			c := clock.At(today)
			d := dbtest.Open(t, dbtest.SQLite(t), db.Options{Clock: c})
			s := north(t)
			s.Languages = append([]string{lang}, slices.DeleteFunc(slices.Clone(i18n.Languages), func(l string) bool { return l == lang })...)
			s.House, s.Phone, s.Origin = i18n.Text{lang: "Maison"}, "03 53 01 59 59", "https://nord.example"
			dir, err := New(Options{DB: d, Setting: s, Words: bundle(t), Clock: c})
			if err != nil {
				t.Fatal(err)
			}
			stale(t, dir, "a", 7, "a@nord.example")
			if n, err := dir.Remind(t.Context()); n != 1 || err != nil {
				t.Fatalf("%d, %v", n, err)
			}
			m := letters(t, d)[0]
			if m.Lang != lang || strings.ContainsAny(m.Subject, "\r\n") {
				t.Errorf("in %q: %q", m.Lang, m.Subject)
			}
			if lang == "fr" && !strings.HasPrefix(m.Subject, "«\u202fLieu a\u202f»") {
				t.Errorf("the signs of a quotation stay with its words: %q", m.Subject)
			}
			all := strings.ReplaceAll(m.Subject+"\n"+m.Text, "\u202f", " ")
			for _, want := range append(slices.Clone(wanted[lang]), "Maison", "03 53 01 59 59", "03 53 01 00 12", "https://nord.example/keep/"+tokenIn(t, m)+"/stop?hl="+lang) {
				if !strings.Contains(all, want) && !strings.Contains(strings.ToLower(all), strings.ToLower(want)) {
					t.Errorf("lacks %q:\n%s", want, all)
				}
			}
			if strings.Contains(all, "⟦") || strings.Contains(all, "{{") || strings.Contains(all, "a@nord.example") {
				t.Errorf("a word is missing, or an address is shown:\n%s", all)
			}
		})
	}
}

// plainSpaces makes every kind of space the usual one.
var plainSpaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2009", " ")

func TestALetterTellsTheNextDaysOfHoursThatChange(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		for id, given := range map[string]string{"seasons": "Sep-Jun Mo-Fr 09:00-12:00,14:00-18:30; Jul-Aug Mo-Fr 09:00-13:00; PH off", "first": "Tu[1] 10:00-12:00", "past": "2020 Mo 09:00-12:00"} {
			put(t, dir, Place{ID: id, Name: fr("Lieu"), Hours: ReadHours(given), Contact: Contact{Mails: []string{id + "@nord.example"}}})
			sent(t, dir, d, id)
		}
		for _, m := range letters(t, d) {
			want := map[string]string{
				"seasons@nord.example": "jours d’ouverture :\nLundi 23 novembre : 9 h – 12 h, 14 h – 18 h 30\nMardi 24 novembre",
				"first@nord.example":   "jours d’ouverture :\nMardi 1er décembre : 10 h – 12 h\nMardi 5 janvier",
				"past@nord.example":    "2020 Mo 09:00-12:00",
			}[m.To]
			if !strings.Contains(plainSpaces.Replace(m.Text), want) || strings.Contains(m.Text, "Mo-Fr") || strings.Contains(m.Text, "Tu[1]") {
				t.Errorf("to %s: %s", m.To, m.Text)
			}
		}
	})
}

func TestALetterShowsWhatItCannotLayOutAsItWasGiven(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		for id, given := range map[string]string{"words": "le premier mardi", "remark": `Mo 09:00-12:00 "sur rendez-vous"`, "none": ""} {
			put(t, dir, Place{ID: id, Name: fr("Lieu"), Hours: ReadHours(given), Contact: Contact{Mails: []string{id + "@nord.example"}}})
			sent(t, dir, d, id)
		}
		for _, m := range letters(t, d) {
			want := map[string]string{"words@nord.example": "le premier mardi", "remark@nord.example": "Sur rendez-vous", "none@nord.example": "Personne ne l’a encore confirmé"}[m.To]
			if want == "" || !strings.Contains(m.Text, want) || strings.Contains(m.Text, "Mo 09") {
				t.Errorf("to %s: %s", m.To, m.Text)
			}
		}
	})
}

func TestAnOrganisationIsWrittenToForItsPlace(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		if _, err := dir.PutOrganisation(t.Context(), "ana", Organisation{ID: "o", Name: fr("Réseau"), Contact: Contact{Mails: []string{"reseau@nord.example"}}}); err != nil {
			t.Fatal(err)
		}
		put(t, dir, Place{ID: "a", Organisation: "o", Name: fr("Lieu"), Record: Record{Confirmed: Confirmation{At: today.AddDate(0, -7, 0)}}})
		if n, err := dir.Remind(t.Context()); n != 1 || err != nil || letters(t, d)[0].To != "reseau@nord.example" {
			t.Errorf("%d, %v, %+v", n, err, letters(t, d))
		}
		token := tokenIn(t, letters(t, d)[0])
		if l, err := dir.OpenLink(t.Context(), token); err != nil || l.State != LinkServes {
			t.Errorf("%+v, %v", l, err)
		}
		p, services := Place{}, []Service(nil)
		if sheet, err := dir.Sheet(t.Context(), "a"); err == nil {
			p, services = sheet.Place, sheet.Services
		}
		c := dir.setting.CorrectionOf(&p, services, "fr")
		seen := c.Seen()
		c.Mails = "lieu@nord.example" // its own address from now on
		if moved, err := dir.CorrectByLink(t.Context(), token, seen, c); err != nil || !moved {
			t.Errorf("%v, %v", moved, err)
		}
	})
}
