package directory

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"

	"parvis/internal/authz"
	"parvis/internal/db"
	"parvis/internal/problem"
)

// DecideTwins notes what a person says of a pair: same shows the two records as one from now on; else they are two places,
// and are shown apart where they were one before. Said again it changes nothing. That two records are one which were said to
// be two by way of others is a Conflict.
func (d *Directory) DecideTwins(ctx context.Context, by authz.Who, pair string, same bool) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if err := tx.Lock("directory", "import"); err != nil {
			return err
		}
		t, err := twinsByID(tx, pair)
		if err != nil {
			return err
		}
		state, action := TwinsApart, "record.parted"
		if same {
			state, action = TwinsSame, "record.merged"
		}
		if t.State == state {
			return nil
		}
		if err := decide(tx, by.Account, t, state); err != nil {
			return err
		}
		return noted(tx, by.Account, string(by.Role), action, t.One, map[string]string{"other": t.Other})
	})
	return whole("decide twins", pair, err)
}

// decide writes the decision on a pair, and shows its records so.
func decide(tx *db.Tx, by string, t Twins, state TwinState) error {
	if state == TwinsSame {
		if err := joinable(tx, t); err != nil {
			return err
		}
	}
	if err := setTwins(tx, t.ID, state, by); err != nil {
		return err
	}
	if err := arrange(tx, by, t.One, t.Other); err != nil || state == TwinsSame {
		return err
	}
	return alsoApart(tx, by, t)
}

// joinable is a Conflict where two records are shown as one already, or some that go with them were said to be two places.
func joinable(tx *db.Tx, t Twins) error {
	one, other, err := sides(tx, t)
	if err != nil {
		return err
	}
	if slices.Contains(one, t.Other) {
		return problem.New(problem.Conflict, "directory.twins.one-already")
	}
	between, err := twinsBetween(tx, TwinsApart, one, other)
	if slices.ContainsFunc(between, func(b Twins) bool { return b.ID != t.ID }) {
		return problem.New(problem.Conflict, "directory.twins.said-two")
	}
	return err
}

// alsoApart settles the waiting pairs that ask the same once more, by way of records that go with these two.
func alsoApart(tx *db.Tx, by string, t Twins) error {
	one, other, err := sides(tx, t)
	if err != nil {
		return err
	}
	waiting, err := twinsBetween(tx, TwinsWaiting, one, other)
	for _, w := range waiting {
		if err := setTwins(tx, w.ID, TwinsApart, by); err != nil {
			return err
		}
	}
	return err
}

// sides are the records that go with each of a pair.
func sides(tx *db.Tx, t Twins) (one, other []string, err error) {
	if one, err = together(tx, t.One); err == nil {
		other, err = together(tx, t.Other)
	}
	return one, other, err
}

// together are the records that were decided to be one place with a record, itself included. What is no longer there joins
// nothing.
func together(tx *db.Tx, place string) ([]string, error) {
	all := []string{place}
	for from := all; len(from) > 0; {
		pairs, err := samePairs(tx, from)
		if err != nil {
			return nil, err
		}
		from = nil
		for _, t := range pairs {
			for _, id := range []string{t.One, t.Other} {
				if !slices.Contains(all, id) {
					all, from = append(all, id), append(from, id)
				}
			}
		}
	}
	return all, nil
}

// arrange shows records as was decided: those that are one place under the one of them that says most, the others for
// themselves. Whatever follows the events hears of each that is shown otherwise than before.
func arrange(tx *db.Tx, by string, places ...string) error {
	done := map[string]bool{}
	for _, place := range places {
		if done[place] {
			continue
		}
		ids, err := together(tx, place)
		if err != nil {
			return err
		}
		for _, id := range ids {
			done[id] = true
		}
		if err := arrangeOne(tx, by, ids); err != nil {
			return fmt.Errorf("show %s as was decided: %w", place, err)
		}
	}
	return nil
}

func arrangeOne(tx *db.Tx, by string, ids []string) error {
	records, err := placesByID(tx, ids)
	if err != nil || len(records) == 0 {
		return err
	}
	slices.SortFunc(records, before)
	now, err := leadsOf(tx, ids)
	if err != nil {
		return err
	}
	lead := records[0].ID
	otherwise := map[string]bool{} // the records that others join or leave
	for _, p := range records {
		under, verb := lead, Merged
		if p.ID == lead {
			under, verb = "", Parted
		}
		if now[p.ID] == under {
			continue
		}
		otherwise[under], otherwise[now[p.ID]] = true, true
		if err := showUnder(tx, p.ID, under); err != nil {
			return err
		}
		if err := happened(tx, SubjectPlace, verb, p.ID, by, eventData{Place: under}); err != nil {
			return err
		}
	}
	delete(otherwise, "")
	return leadsChanged(tx, by, slices.Sorted(maps.Keys(otherwise)))
}

// leadsChanged tells of records that others joined or left.
func leadsChanged(tx *db.Tx, by string, leads []string) error {
	for _, lead := range leads {
		n, err := tx.Exec("UPDATE directory_place SET changed = $1 WHERE id = $2", tx.Now(), lead)
		if err == nil && n > 0 {
			err = happened(tx, SubjectPlace, Changed, lead, by, eventData{})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// before puts the record first that stands for a place: one that is there, that was entered here, that its team confirmed
// last, that can be written to, that says most.
func before(a, b Place) int {
	return cmp.Or(
		-flag(!a.IsGone(), !b.IsGone()),
		-flag(a.Source.Name == "", b.Source.Name == ""),
		b.Confirmed.At.Compare(a.Confirmed.At),
		-flag(len(a.Contact.Mails) > 0, len(b.Contact.Mails) > 0),
		-flag(len(a.Contact.Phones) > 0, len(b.Contact.Phones) > 0),
		-flag(a.Hours.OSM != "", b.Hours.OSM != ""),
		b.Source.Updated.Compare(a.Source.Updated),
		cmp.Compare(a.ID, b.ID),
	)
}

// flag compares two truths: 1 when only the first holds.
func flag(a, b bool) int {
	switch {
	case a == b:
		return 0
	case a:
		return 1
	}
	return -1
}

// PutOffTwins puts a pair at the end of those that wait.
func (d *Directory) PutOffTwins(ctx context.Context, pair string) error {
	err := d.db.Write(ctx, func(tx *db.Tx) error {
		if _, err := twinsByID(tx, pair); err != nil {
			return err
		}
		_, err := tx.Exec("UPDATE directory_twin SET asked = $1 WHERE id = $2 AND state = 'waiting'", tx.Now(), pair)
		return err
	})
	return whole("put off twins", pair, err)
}

// leave shows the records that were under one, which is no longer there, as was decided without it.
func leave(tx *db.Tx, by, place string) error {
	under, err := leadsWhere(tx, "twin_of = $1", place)
	if err != nil || len(under) == 0 {
		return err
	}
	return arrange(tx, by, slices.Sorted(maps.Keys(under))...)
}

// forgetTwins takes back what an import found: the pairs that wait, and the merges that nobody but the program decided.
func forgetTwins(tx *db.Tx, by, importID string) error {
	if err := tx.Lock("directory", "import"); err != nil {
		return err
	}
	pairs, err := removeTwins(tx, importID)
	if err != nil {
		return err
	}
	for _, t := range pairs {
		if err := arrange(tx, by, t.One, t.Other); err != nil {
			return err
		}
	}
	return nil
}
