package directory

import (
	"encoding/json"
	"time"

	"parvis/internal/db"
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
