package audit

import (
	"fmt"
	"time"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// Look is one look at what is kept about a person.
type Look struct {
	ID        string
	At        db.Time
	Actor     string // id of the account that looked
	Role      string // the role it looked in
	Person    string // id of the person whom it concerns
	Subject   string // what sort of thing was looked at: account, case
	SubjectID string // which one
	Reason    string // a word of the catalogue that says why: call, visit, search
}

// Looked writes looks down. It belongs before what was looked at is shown: in the transaction that changes something,
// or in one of its own, which shares its commit with others. ID and At are made here.
func Looked(tx *db.Tx, looks ...Look) error {
	rows := make([][]any, len(looks))
	for i, l := range looks {
		if l.Actor == "" || l.Person == "" || l.Subject == "" {
			return problem.Because(problem.Internal, fmt.Errorf("a look of nobody at nobody: %+v", l))
		}
		rows[i] = []any{id.New(), tx.Now(), l.Actor, l.Role, l.Person, l.Subject, l.SubjectID, l.Reason}
	}
	err := tx.Insert("look", []string{"id", "at", "actor", "role", "person", "subject", "subject_id", "reason"}, rows)
	if err != nil {
		return fmt.Errorf("write down %d looks: %w", len(looks), err)
	}
	return nil
}

// Page bounds a list: what came before the given id, the newest first. The zero value begins at the newest.
type Page struct {
	Before string
	Limit  int // 50 when zero
}

func (p Page) bounds() (before string, limit int) {
	before, limit = p.Before, p.Limit
	if before == "" {
		before = "z" // after every id
	}
	if limit <= 0 {
		limit = 50
	}
	return before, limit
}

// LooksAt gives who looked at what is kept about a person, the newest first.
func LooksAt(tx *db.Tx, person string, page Page) ([]Look, error) {
	return looks(tx, "person", person, page)
}

// LooksBy gives what an account looked at, the newest first.
func LooksBy(tx *db.Tx, actor string, page Page) ([]Look, error) {
	return looks(tx, "actor", actor, page)
}

func looks(tx *db.Tx, column, is string, page Page) ([]Look, error) {
	before, limit := page.bounds()
	rows, err := tx.Query(`SELECT id, at, actor, role, person, subject, subject_id, reason FROM look
		WHERE `+column+` = $1 AND id < $2 ORDER BY id DESC LIMIT $3`, is, before, limit)
	return db.Collect(rows, err, func(r *db.Rows) (Look, error) {
		var l Look
		return l, r.Scan(&l.ID, &l.At, &l.Actor, &l.Role, &l.Person, &l.Subject, &l.SubjectID, &l.Reason)
	})
}

// ForgetLooks takes out the looks from before an instant and says how many they were.
func ForgetLooks(tx *db.Tx, before time.Time) (int64, error) {
	return tx.Exec(`DELETE FROM look WHERE at < $1`, db.At(before))
}
