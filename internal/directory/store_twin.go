package directory

import (
	"encoding/json"
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// TwinState is how far a pair of records is decided.
type TwinState string

// The states of a pair.
const (
	TwinsWaiting TwinState = "waiting" // for a person
	TwinsSame    TwinState = "same"    // one place: their records are shown as one
	TwinsApart   TwinState = "apart"   // two places
)

// Twins are two records that may be one place in life.
type Twins struct {
	ID         string
	One, Other string // places; One is the smaller id
	State      TwinState
	Import     string    // that found them; empty when none did
	Found      time.Time // when
	Decided    time.Time // zero while they wait
	By         string    // the account that decided; empty for the program, or while they wait
}

const twinColumns = "t.id, t.one, t.other, t.state, t.import, t.found, t.decided, t.decided_by"

func scanTwins(rows *db.Rows) (t Twins, err error) {
	var found, decided db.Time
	err = rows.Scan(&t.ID, &t.One, &t.Other, &t.State, &t.Import, &found, &decided, &t.By)
	t.Found, t.Decided = found.Time, decided.Time
	return t, err
}

func addTwins(tx *db.Tx, all []Twins) error {
	rows := make([][]any, len(all))
	for i, t := range all {
		rows[i] = []any{t.ID, t.One, t.Other, string(t.State), t.Import, tx.Now(), tx.Now(), db.At(t.Decided), t.By}
	}
	return tx.Insert("directory_twin", []string{"id", "one", "other", "state", "import", "found", "asked", "decided", "decided_by"}, rows)
}

// allTwins reads every pair, decided or not.
func allTwins(tx *db.Tx) ([]Twins, error) {
	rows, err := tx.Query("SELECT " + twinColumns + " FROM directory_twin t ORDER BY t.id")
	return db.Collect(rows, err, scanTwins)
}

func twinsByID(tx *db.Tx, pair string) (Twins, error) {
	rows, err := tx.Query("SELECT "+twinColumns+" FROM directory_twin t WHERE t.id = $1", pair)
	found, err := db.Collect(rows, err, scanTwins)
	if err == nil && len(found) == 0 {
		err = noTwins(pair)
	}
	if err != nil {
		return Twins{}, err
	}
	return found[0], nil
}

func noTwins(pair string) error {
	return problem.Because(problem.NotFound, fmt.Errorf("no twins %q", pair))
}

func setTwins(tx *db.Tx, pair string, state TwinState, by string) error {
	_, err := tx.Exec("UPDATE directory_twin SET state = $1, decided = $2, decided_by = $3 WHERE id = $4", string(state), tx.Now(), by, pair)
	return err
}

// bothThere reads pairs of which both records are there.
const bothThere = " FROM directory_twin t JOIN directory_place a ON a.id = t.one JOIN directory_place b ON b.id = t.other WHERE "

// samePairs reads the pairs that are one place and have one of some records.
func samePairs(tx *db.Tx, places []string) ([]Twins, error) {
	list := "(" + db.In(len(places), 1) + ")"
	rows, err := tx.Query("SELECT "+twinColumns+bothThere+"t.state = 'same' AND (t.one IN "+list+" OR t.other IN "+list+") ORDER BY t.id", db.Args(places...)...)
	return db.Collect(rows, err, scanTwins)
}

// twinsBetween reads the pairs of a state that have one record of each of two lists.
func twinsBetween(tx *db.Tx, state TwinState, some, others []string) ([]Twins, error) {
	a, b := "("+db.In(len(some), 2)+")", "("+db.In(len(others), 2+len(some))+")"
	rows, err := tx.Query("SELECT "+twinColumns+" FROM directory_twin t WHERE t.state = $1 AND (t.one IN "+a+" AND t.other IN "+b+" OR t.one IN "+b+" AND t.other IN "+a+") ORDER BY t.id",
		append(append([]any{string(state)}, db.Args(some...)...), db.Args(others...)...)...)
	return db.Collect(rows, err, scanTwins)
}

// removeTwins takes out the pairs that an import found and no person decided.
func removeTwins(tx *db.Tx, importID string) ([]Twins, error) {
	rows, err := tx.Query("SELECT "+twinColumns+" FROM directory_twin t WHERE t.import = $1 AND t.decided_by = '' ORDER BY t.id", importID)
	found, err := db.Collect(rows, err, scanTwins)
	if err == nil {
		_, err = tx.Exec("DELETE FROM directory_twin WHERE import = $1 AND decided_by = ''", importID)
	}
	return found, err
}

// showUnder shows a record under another one; under none: for itself.
func showUnder(tx *db.Tx, id, under string) error {
	var lead any
	if under != "" {
		lead = under
	}
	_, err := tx.Exec("UPDATE directory_place SET twin_of = $1, changed = $2 WHERE id = $3", lead, tx.Now(), id)
	return err
}

// standIn is a record as it is compared, and the one under which it is shown: its own id when it stands for itself.
type standIn struct {
	looks *looks
	under string
}

// allLooks reads what is compared of every place that is there.
func allLooks(tx *db.Tx) ([]standIn, error) {
	rows, err := tx.Query(`SELECT id, COALESCE(twin_of, id), source, name, street, postcode, town, lat, lon, approximate, contact, register
		FROM directory_place WHERE gone IS NULL ORDER BY id`)
	return db.Collect(rows, err, func(rows *db.Rows) (standIn, error) {
		var p Place
		var under, name, contact string
		var lat, lon *float64
		if err := rows.Scan(&p.ID, &under, &p.Source.Name, &name, &p.Address.Street, &p.Address.Postcode, &p.Address.Town, &lat, &lon,
			&p.Approximate, &contact, &p.Register); err != nil {
			return standIn{}, err
		}
		p.Point = pointOf(lat, lon)
		text, err := readText(name)
		if err == nil {
			err = json.Unmarshal([]byte(contact), &p.Contact)
		}
		p.Name = text
		return standIn{looksOf(&p), under}, err
	})
}
