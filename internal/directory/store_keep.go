package directory

import (
	"encoding/json"
	"time"

	"parvis/internal/db"
	"parvis/internal/problem"
)

// askedOf is who is asked about a place, and how often they were.
type askedOf struct {
	mail, lang     string
	stopped, asked db.Time
	reminders      int
}

// keeperOf reads who is asked about a place; the zero value when nobody said anything about it.
func keeperOf(tx *db.Tx, place string) (k askedOf, err error) {
	err = tx.QueryRow("SELECT mail, lang, stopped, asked, reminders FROM directory_keeper WHERE place = $1", place).
		Scan(&k.mail, &k.lang, &k.stopped, &k.asked, &k.reminders)
	if problem.Is(err, problem.NotFound) {
		err = nil
	}
	return k, err
}

// setKeeper changes what is kept of a place's team: columns, written "mail = $2, lang = $3", and their values.
func setKeeper(tx *db.Tx, place, set string, values ...any) error {
	if _, err := tx.Exec(`INSERT INTO directory_keeper (place, mail, lang, stopped, asked, reminders) VALUES ($1, '', '', NULL, NULL, 0)
		ON CONFLICT DO NOTHING`, place); err != nil {
		return err
	}
	_, err := tx.Exec("UPDATE directory_keeper SET "+set+" WHERE place = $1", append([]any{place}, values...)...)
	return err
}

// addressOf is where letters to a place's team go: the address that only the desk knows, else the first that the record
// shows, else its organisation's, else that of a record under it; empty when there is none.
func addressOf(tx *db.Tx, place string) (string, error) {
	k, err := keeperOf(tx, place)
	if err != nil || k.mail != "" {
		return k.mail, err
	}
	rows, err := tx.Query(`SELECT p.contact, COALESCE(o.contact, '') FROM directory_place p
		LEFT JOIN directory_organisation o ON o.id = p.organisation WHERE p.id = $1 OR p.twin_of = $1 AND p.gone IS NULL
		ORDER BY CASE WHEN p.id = $1 THEN 0 ELSE 1 END, p.id`, place)
	found, err := db.Collect(rows, err, func(r *db.Rows) ([]string, error) {
		contacts := make([]string, 2)
		return contacts, r.Scan(&contacts[0], &contacts[1])
	})
	for _, contacts := range found {
		for _, text := range contacts {
			if mail := firstMail(text); mail != "" {
				return mail, err
			}
		}
	}
	return "", err
}

func firstMail(contact string) string {
	var c Contact
	if contact == "" || json.Unmarshal([]byte(contact), &c) != nil || len(c.Mails) == 0 {
		return ""
	}
	return c.Mails[0]
}

// addLink keeps a new link; earlier ones of the place serve no more.
func addLink(tx *db.Tx, token, place, mail, lang string, expires time.Time) error {
	if _, err := tx.Exec("UPDATE directory_link SET replaced = $1 WHERE place = $2 AND replaced IS NULL", tx.Now(), place); err != nil {
		return err
	}
	_, err := tx.Exec("INSERT INTO directory_link (id, place, mail, lang, created, expires) VALUES ($1, $2, $3, $4, $5, $6)",
		linkHash(token), place, mail, lang, tx.Now(), db.At(expires))
	return err
}

func openLink(tx *db.Tx, token string) (l Link, err error) {
	var expires, replaced, stopped db.Time
	err = tx.QueryRow(`SELECT l.place, l.mail, l.lang, l.expires, l.replaced, k.stopped FROM directory_link l
		LEFT JOIN directory_keeper k ON k.place = l.place WHERE l.id = $1`, linkHash(token)).
		Scan(&l.Place, &l.mail, &l.Lang, &expires, &replaced, &stopped)
	if err != nil {
		return l, err
	}
	of := l.Place
	if l.Place, err = leadOf(tx, of); err != nil {
		return l, err
	}
	l.Expires, l.Stopped = expires.Time, !stopped.IsZero()
	to, err := addressOf(tx, of)
	switch {
	case err != nil:
		return l, err
	case to != l.mail:
		l.State = LinkMoved
	case !replaced.IsZero():
		l.State = LinkReplaced
	case !tx.Now().Before(expires.Time):
		l.State = LinkExpired
	default:
		l.State = LinkServes
	}
	return l, nil
}

// lastLink is when a place's team was last written to; zero when it never was.
func lastLink(tx *db.Tx, place string) (at db.Time, err error) {
	err = tx.QueryRow("SELECT MAX(created) FROM directory_link WHERE place = $1", place).Scan(&at)
	return at, err
}

// lastLinkTo is when a place's team was last written to at the address that it has now.
func lastLinkTo(tx *db.Tx, place string) (at db.Time, err error) {
	to, err := addressOf(tx, place)
	if err != nil {
		return at, err
	}
	err = tx.QueryRow("SELECT MAX(created) FROM directory_link WHERE place = $1 AND mail = $2", place, to).Scan(&at)
	return at, err
}

// writtenSince reports whether an address got a letter after an instant.
func writtenSince(tx *db.Tx, mail string, since time.Time) (yes bool, err error) {
	var n int
	err = tx.QueryRow("SELECT COUNT(*) FROM directory_link WHERE mail = $1 AND created >= $2", mail, db.At(since)).Scan(&n)
	return n > 0, err
}

// forgetLinks takes out the links that expired before an instant.
func forgetLinks(tx *db.Tx, before time.Time) (int64, error) {
	return tx.Exec("DELETE FROM directory_link WHERE expires < $1", db.At(before))
}
