package org_test

import (
	"context"
	"reflect"
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
	"parvis/internal/event"
	"parvis/internal/i18n"
	"parvis/internal/org"
)

func sync(t *testing.T, s *org.Store, organisations []org.Organisation, want int) {
	t.Helper()
	changed, err := s.Sync(context.Background(), organisations)
	if err != nil {
		t.Fatal(err)
	}
	if changed != want {
		t.Errorf("%d rows changed, want %d", changed, want)
	}
}

func kinds(t *testing.T, d *db.DB) map[string]int {
	t.Helper()
	events, err := event.NewLog(d).After(context.Background(), 0, 1000)
	if err != nil {
		t.Fatal(err)
	}
	count := map[string]int{}
	for _, e := range events {
		count[e.Kind]++
	}
	return count
}

func TestThePacksOrganisationsAreKept(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := org.NewStore(d)
		p := demo(t, "hai-van")
		sync(t, s, p.Organisations, 7) // the ward and its six teams; partners without a team are the directory's
		kept, err := s.Organisations(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		authority, _ := p.Authority()
		if len(kept) != 1 || !kept[0].Authority || kept[0].ID != authority.ID || !reflect.DeepEqual(kept[0].Name, authority.Name) {
			t.Fatalf("kept %+v", kept)
		}
		if len(kept[0].Teams) != 6 {
			t.Fatalf("teams %+v", kept[0].Teams)
		}
		for _, team := range kept[0].Teams {
			if team.ID == "hv-luu-dong" && (!reflect.DeepEqual(team.Doors, []string{"near-home", "home"}) || team.Languages[1] != "ktv") {
				t.Errorf("the mobile team %+v", team)
			}
		}
		sync(t, s, p.Organisations, 0)
		if got := kinds(t, d); got["office.added"] != 1 || got["team.added"] != 6 || len(got) != 2 {
			t.Errorf("events %v", got)
		}
	})
}

func TestWhatThePackNoLongerHasIsClosedAndComesBack(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := org.NewStore(d)
		name := i18n.Text{"fr": "Mairie", "en": "Town hall"}
		desk := org.Team{ID: "accueil", Name: name, Doors: []string{"counter"}}
		partner := org.Organisation{ID: "amis", Name: name, Teams: []org.Team{{ID: "visites", Name: name, Doors: []string{"home"}}}}
		hall := org.Organisation{ID: "mairie", Authority: true, Name: name, Teams: []org.Team{desk}}
		sync(t, s, []org.Organisation{hall, partner}, 4)

		desk.Doors = []string{"counter", "phone"}
		hall.Teams = []org.Team{desk}
		sync(t, s, []org.Organisation{hall}, 3) // the desk changed; the partner and its team closed
		sync(t, s, []org.Organisation{hall}, 0)
		kept, err := s.Organisations(context.Background())
		if err != nil {
			t.Fatal(err)
		}
		if len(kept) != 1 || len(kept[0].Teams) != 1 || len(kept[0].Teams[0].Doors) != 2 {
			t.Errorf("kept %+v", kept)
		}
		sync(t, s, []org.Organisation{hall, partner}, 2)
		if kept, err = s.Organisations(context.Background()); err != nil || len(kept) != 2 || kept[1].ID != "amis" || len(kept[1].Teams) != 1 {
			t.Errorf("kept %+v, %v", kept, err)
		}
		want := map[string]int{"office.added": 2, "team.added": 2, "team.changed": 2, "office.closed": 1, "team.closed": 1, "office.changed": 1}
		if got := kinds(t, d); !reflect.DeepEqual(got, want) {
			t.Errorf("events %v, want %v", got, want)
		}
	})
}

func TestATeamThatMovesBelongsToItsNewOrganisation(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		s := org.NewStore(d)
		team := org.Team{ID: "visites", Name: i18n.Text{"en": "Visits"}, Doors: []string{"home"}}
		hall := org.Organisation{ID: "hall", Authority: true, Name: i18n.Text{"en": "Hall"}, Teams: []org.Team{team}}
		sync(t, s, []org.Organisation{hall}, 2)
		hall.Teams = nil
		friends := org.Organisation{ID: "friends", Name: i18n.Text{"en": "Friends"}, Teams: []org.Team{team}}
		sync(t, s, []org.Organisation{hall, friends}, 2)
		kept, err := s.Organisations(context.Background())
		if err != nil || len(kept) != 2 || len(kept[0].Teams) != 0 || len(kept[1].Teams) != 1 {
			t.Errorf("kept %+v, %v", kept, err)
		}
	})
}
