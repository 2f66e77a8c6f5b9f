package directory

import (
	"time"

	"parvis/internal/db"
)

const remarkColumns = "id, code, place, kind, words, contact, lang, made, settled, settled_by, answer, erase_after, erased"

func addRemark(tx *db.Tx, r Remark) error {
	_, err := tx.Exec("INSERT INTO directory_remark ("+remarkColumns+") VALUES ("+db.In(13, 1)+")",
		r.ID, r.Code, r.Place, r.Kind, r.Words, r.Contact, r.Language, tx.Now(), db.Time{}, "", "", db.At(r.EraseAfter()), db.Time{})
	return err
}

func scanRemark(rows *db.Rows) (Remark, error) {
	var r Remark
	var made, settled, eraseAfter, erased db.Time
	err := rows.Scan(&r.ID, &r.Code, &r.Place, &r.Kind, &r.Words, &r.Contact, &r.Language, &made, &settled, &r.By, &r.Answer,
		&eraseAfter, &erased)
	r.Made, r.Settled, r.Erased = made.Time, settled.Time, !erased.IsZero()
	return r, err
}

// remarks reads those that nobody has settled, oldest first, or all, newest first.
func remarks(tx *db.Tx, open bool, limit, offset int) ([]Remark, error) {
	query := "SELECT " + remarkColumns + " FROM directory_remark ORDER BY made DESC, id DESC LIMIT $1 OFFSET $2"
	if open {
		query = "SELECT " + remarkColumns + " FROM directory_remark WHERE settled IS NULL ORDER BY made, id LIMIT $1 OFFSET $2"
	}
	rows, err := tx.Query(query, limit, offset)
	return db.Collect(rows, err, scanRemark)
}

// remarkAgain finds an unsettled remark that says the same as r and is not older than since: a form that was sent twice.
func remarkAgain(tx *db.Tx, r Remark, since time.Time) (Remark, bool, error) {
	rows, err := tx.Query("SELECT "+remarkColumns+` FROM directory_remark WHERE place = $1 AND kind = $2 AND words = $3
		AND contact = $4 AND made >= $5 AND settled IS NULL ORDER BY made, id LIMIT 1`, r.Place, r.Kind, r.Words, r.Contact, db.At(since))
	found, err := db.Collect(rows, err, scanRemark)
	if err != nil || len(found) == 0 {
		return Remark{}, false, err
	}
	return found[0], true, nil
}

func remarkByID(tx *db.Tx, id string) (Remark, bool, error) {
	rows, err := tx.Query("SELECT "+remarkColumns+" FROM directory_remark WHERE id = $1", id)
	found, err := db.Collect(rows, err, scanRemark)
	if err != nil || len(found) == 0 {
		return Remark{}, false, err
	}
	return found[0], true, nil
}

// settleRemark notes who settled a remark and how; zero when somebody else had already.
func settleRemark(tx *db.Tx, r Remark) (int64, error) {
	return tx.Exec(`UPDATE directory_remark SET settled = $2, settled_by = $3, answer = $4, erase_after = $5
		WHERE id = $1 AND settled IS NULL`, r.ID, db.At(r.Settled), r.By, r.Answer, db.At(r.EraseAfter()))
}

// eraseRemarks erases words and contact of at most limit remarks whose time has come, and says which.
func eraseRemarks(tx *db.Tx, limit int) ([]Remark, error) {
	rows, err := tx.Query("SELECT "+remarkColumns+` FROM directory_remark WHERE erased IS NULL AND erase_after <= $1
		ORDER BY erase_after, id LIMIT $2`, tx.Now(), limit)
	due, err := db.Collect(rows, err, scanRemark)
	if err != nil || len(due) == 0 {
		return nil, err
	}
	ids := make([]string, len(due))
	for i, r := range due {
		ids[i] = r.ID
	}
	_, err = tx.Exec("UPDATE directory_remark SET words = '', contact = '', erased = $1 WHERE id IN ("+db.In(len(ids), 2)+")",
		append([]any{tx.Now()}, db.Args(ids...)...)...)
	return due, err
}
