package directory

import (
	"context"

	"parvis/internal/db"
)

// TwinPair is two records side by side, as they came, with what speaks for and against their being one place.
type TwinPair struct {
	Twins
	Records  [2]Place
	Services [2][]Service
	Likeness
}

// TwinPairs lists the pairs that wait for a person, those first that wait longest, or those that are decided, the latest first;
// and says how many there are in all. Records that are shown as one already are no question.
func (d *Directory) TwinPairs(ctx context.Context, decided bool, limit, offset int) (found []TwinPair, total int, err error) {
	where, order := waitingTwins, "t.asked, t.id"
	if decided {
		where, order = decidedTwins, "t.decided DESC, t.id"
	}
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		if err := tx.QueryRow("SELECT COUNT(*)" + bothThere + where).Scan(&total); err != nil {
			return err
		}
		rows, err := tx.Query("SELECT "+twinColumns+bothThere+where+" ORDER BY "+order+" LIMIT $1 OFFSET $2", limit, offset)
		pairs, err := db.Collect(rows, err, scanTwins)
		if err != nil {
			return err
		}
		found, err = besideOneAnother(tx, pairs)
		return err
	})
	return found, total, err
}

// Which pairs are on the desk's lists.
const (
	waitingTwins = "t.state = 'waiting' AND a.gone IS NULL AND b.gone IS NULL AND COALESCE(a.twin_of, a.id) <> COALESCE(b.twin_of, b.id)"
	decidedTwins = "t.state <> 'waiting'"
)

// TwinPair reads one pair.
func (d *Directory) TwinPair(ctx context.Context, pair string) (p TwinPair, err error) {
	err = d.db.Read(ctx, func(tx *db.Tx) error {
		t, err := twinsByID(tx, pair)
		if err != nil {
			return err
		}
		found, err := besideOneAnother(tx, []Twins{t})
		if err == nil && len(found) == 0 {
			err = noTwins(pair)
		}
		if err == nil {
			p = found[0]
		}
		return err
	})
	return p, whole("read twins", pair, err)
}

// besideOneAnother reads the records of pairs. A pair of which one is no longer there is left out.
func besideOneAnother(tx *db.Tx, pairs []Twins) ([]TwinPair, error) {
	var ids []string
	for _, t := range pairs {
		ids = append(ids, t.One, t.Other)
	}
	places, err := placesByID(tx, ids)
	if err != nil {
		return nil, err
	}
	services, err := ownServices(tx, ids)
	if err != nil {
		return nil, err
	}
	there := map[string]Place{}
	for _, p := range places {
		there[p.ID] = p
	}
	var all []TwinPair
	for _, t := range pairs {
		one, other := there[t.One], there[t.Other]
		if one.ID == "" || other.ID == "" {
			continue
		}
		all = append(all, TwinPair{Twins: t, Records: [2]Place{one, other}, Services: [2][]Service{services[t.One], services[t.Other]},
			Likeness: compare(looksOf(&one), looksOf(&other))})
	}
	return all, nil
}
