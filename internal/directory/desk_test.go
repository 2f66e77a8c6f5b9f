package directory

import (
	"slices"
	"strings"
	"testing"

	"parvis/internal/audit"
	"parvis/internal/clock"
	"parvis/internal/db"
	"parvis/internal/problem"
)

func TestTheDeskSeesWhatWaits(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "old", 9, "o@nord.example")
		stale(t, dir, "older", 12)
		stale(t, dir, "soon", 5, "s@nord.example") // five months to the day: not yet
		put(t, dir, Place{ID: "soon2", Name: fr("Lieu"), Address: Address{Unit: "59-lille"}, Record: Record{Confirmed: Confirmation{At: today.AddDate(0, -5, -1)}}})
		put(t, dir, Place{ID: "never", Name: fr("Lieu"), Address: Address{Unit: "59-lille"}})
		stale(t, dir, "gone", 1)
		if err := dir.EndPlace(t.Context(), "ana", "gone"); err != nil {
			t.Fatal(err)
		}
		if _, err := dir.Remark(t.Context(), Remark{Place: "old", Kind: "closed"}); err != nil {
			t.Fatal(err)
		}
		counts, err := dir.DeskCounts(t.Context())
		if err != nil || counts[DeskRemarks] != 1 || counts[DeskStale] != 3 || counts[DeskAsk] != 1 || counts[DeskGone] != 1 {
			t.Errorf("%v, %v", counts, err)
		}
		for _, c := range []struct {
			list DeskList
			f    DeskFilter
			want []string
		}{
			{DeskStale, DeskFilter{}, []string{"never", "older", "old"}}, {DeskAsk, DeskFilter{}, []string{"soon2"}}, {DeskGone, DeskFilter{}, []string{"gone"}},
			{DeskStale, DeskFilter{Unit: "59-lille"}, []string{"never"}}, {DeskStale, DeskFilter{Reach: ReachLetter}, []string{"old"}},
			{DeskStale, DeskFilter{Reach: ReachCall}, []string{"never", "older"}}, {DeskAsk, DeskFilter{Unit: "59-roubaix", Reach: ReachCall}, nil},
		} {
			found, total, err := dir.DeskPlaces(t.Context(), c.list, c.f, 10, 0)
			var ids []string
			for _, one := range found {
				ids = append(ids, one.Place.ID)
			}
			if err != nil || total != len(c.want) || !slices.Equal(ids, c.want) {
				t.Errorf("%s %+v: %v of %d, %v; want %v", c.list, c.f, ids, total, err, c.want)
			}
		}
		if page, total, err := dir.DeskPlaces(t.Context(), DeskStale, DeskFilter{}, 1, 1); err != nil || total != 3 || len(page) != 1 || page[0].Place.ID != "older" {
			t.Errorf("the second page: %+v, %d, %v", page, total, err)
		}
		one, err := dir.DeskPlace(t.Context(), "old")
		if err != nil || !one.Address || one.Stopped || !one.Asked.IsZero() || one.Freshness != Stale || one.Quality.Score == 0 {
			t.Errorf("%+v, %v", one, err)
		}
		if _, err := dir.DeskPlace(t.Context(), "nowhere"); !problem.Is(err, problem.NotFound) {
			t.Errorf("a place that is none: %v", err)
		}
	})
}

func TestTheDeskChangesWhereLettersGo(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 7)
		if err := dir.SendLink(t.Context(), ana, "a"); !problem.Is(err, problem.Conflict) {
			t.Errorf("a letter to nobody: %v", err)
		}
		if err := dir.SetTeamMail(t.Context(), ana, "a", "chez nous"); !slices.Equal(told(t, err), []string{"mail"}) {
			t.Errorf("no address: %v", err)
		}
		if err := dir.SetTeamMail(t.Context(), ana, "a", "Equipe@Nord.example"); err != nil {
			t.Fatal(err)
		}
		token := sent(t, dir, d, "a")
		if all := letters(t, d); all[0].To != "Equipe@nord.example" {
			t.Errorf("to %s", all[0].To)
		}
		if sheet, _ := dir.Sheet(t.Context(), "a"); len(sheet.Place.Contact.Mails) != 0 {
			t.Error("the team's own address is on the record")
		}
		if err := dir.SetTeamMail(t.Context(), ana, "a", "autre@nord.example"); err != nil {
			t.Fatal(err)
		}
		if l, _ := dir.OpenLink(t.Context(), token); l.State != LinkMoved {
			t.Errorf("the link to the old address: %+v", l)
		}
		if _, err := dir.ConfirmByLink(t.Context(), token); !problem.Is(err, problem.Gone) {
			t.Errorf("it still confirms: %v", err)
		}
		if err := dir.SetTeamMail(t.Context(), ana, "nowhere", "a@nord.example"); !problem.Is(err, problem.NotFound) {
			t.Errorf("a place that is none: %v", err)
		}
	})
}

func TestARemarkIsAnsweredAndTheLookNoted(t *testing.T) {
	withLetters(t, func(t *testing.T, dir *Directory, d *db.DB, _ *clock.Manual) {
		stale(t, dir, "a", 1)
		for _, c := range []struct {
			contact  string
			accepted bool
			letter   string
		}{{"bao@nord.example", true, "You were right"}, {"bao@nord.example", false, "left the page as it is"}, {"", true, ""}, {"03 53 01 00 12", true, ""}} {
			r, err := dir.Remark(t.Context(), Remark{Place: "a", Kind: "hours", Words: "Fermé", Contact: c.contact, Language: "en"})
			if err != nil {
				t.Fatal(err)
			}
			before := len(letters(t, d))
			open, err := dir.OpenRemark(t.Context(), ana, r.ID)
			if err != nil || open.Contact != r.Contact {
				t.Fatalf("%+v, %v", open, err)
			}
			var looks []audit.Look
			if err := d.Read(t.Context(), func(tx *db.Tx) (err error) { looks, err = audit.LooksAt(tx, r.ID, audit.Page{}); return err }); err != nil {
				t.Fatal(err)
			}
			if want := min(1, len(c.contact)); len(looks) != want || want == 1 && looks[0].Actor != "ana" {
				t.Errorf("contact %q: %d looks", c.contact, len(looks))
			}
			if err := dir.AnswerRemark(t.Context(), ana, r.ID, c.accepted, "Vu au téléphone."); err != nil {
				t.Fatal(err)
			}
			all := letters(t, d)
			switch {
			case c.letter == "" && len(all) != before:
				t.Errorf("contact %q: a letter", c.contact)
			case c.letter != "" && (len(all) != before+1 || all[before].Lang != "en" || !strings.Contains(all[before].Text, c.letter) || !strings.Contains(all[before].Text, "Vu au téléphone.")):
				t.Errorf("contact %q: letter %+v", c.contact, all[before:])
			}
			if err := dir.AnswerRemark(t.Context(), ana, r.ID, c.accepted, ""); !problem.Is(err, problem.Conflict) {
				t.Errorf("answered twice: %v", err)
			}
		}
		if _, err := dir.OpenRemark(t.Context(), ana, "none"); !problem.Is(err, problem.NotFound) {
			t.Errorf("a remark that is none: %v", err)
		}
	})
}
