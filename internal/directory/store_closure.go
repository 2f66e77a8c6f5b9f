package directory

import (
	"fmt"

	"parvis/internal/db"
	"parvis/internal/hours"
)

const closureColumns = "id, place, starts, ends, hours, reason, created, created_by"

func addClosure(tx *db.Tx, c Closure) error {
	_, err := tx.Exec("INSERT INTO directory_closure ("+closureColumns+") VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
		c.ID, c.Place, c.From.String(), c.To.String(), c.Hours, textColumn(c.Reason), tx.Now(), c.By)
	return err
}

func scanClosure(rows *db.Rows) (Closure, error) {
	var c Closure
	var starts, ends, reason string
	var made db.Time
	err := rows.Scan(&c.ID, &c.Place, &starts, &ends, &c.Hours, &reason, &made, &c.By)
	if err != nil {
		return c, err
	}
	c.Made = made.Time
	if c.From, err = hours.ParseDate(starts); err != nil {
		return c, fmt.Errorf("read closure %s: %w", c.ID, err)
	}
	if c.To, err = hours.ParseDate(ends); err != nil {
		return c, fmt.Errorf("read closure %s: %w", c.ID, err)
	}
	c.Reason, err = readText(reason)
	return c, err
}

// closuresAt reads the closures of places, and of the records that are shown under them, that have not ended before a day, in their order.
func closuresAt(tx *db.Tx, places []string, from hours.Date) (map[string][]Closure, error) {
	if len(places) == 0 {
		return nil, nil
	}
	under, err := shownUnder(tx, places)
	if err != nil {
		return nil, err
	}
	places = withTwins(places, under)
	rows, err := tx.Query("SELECT "+closureColumns+" FROM directory_closure WHERE place IN ("+db.In(len(places), 2)+
		") AND ends >= $1 ORDER BY starts, id", append([]any{from.String()}, db.Args(places...)...)...)
	at, err := byPlace(db.Collect(rows, err, scanClosure))
	return closuresUnder(at, under), err
}

// allClosures reads every closure that has not ended before a day.
func allClosures(tx *db.Tx, from hours.Date) (map[string][]Closure, error) {
	rows, err := tx.Query("SELECT "+closureColumns+" FROM directory_closure WHERE ends >= $1 ORDER BY starts, id", from.String())
	return byPlace(db.Collect(rows, err, scanClosure))
}

func byPlace(all []Closure, err error) (map[string][]Closure, error) {
	at := map[string][]Closure{}
	for _, c := range all {
		at[c.Place] = append(at[c.Place], c)
	}
	return at, err
}

// removeClosure takes out a closure that was entered in error, and says which place it was of.
func removeClosure(tx *db.Tx, id string) (place string, err error) {
	if err := tx.QueryRow("SELECT place FROM directory_closure WHERE id = $1", id).Scan(&place); err != nil {
		return "", err
	}
	_, err = tx.Exec("DELETE FROM directory_closure WHERE id = $1", id)
	return place, err
}
