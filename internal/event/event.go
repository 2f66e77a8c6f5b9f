// Package event is the only history of change: whatever changes a row appends an event in the same transaction, and
// timelines, indexes, live pages, notifications and figures are read from it.
//
// What always holds:
//   - Events are numbered 1, 2, 3 in the order of commits. Whoever reads number n has read, or can read, all below n:
//     there is no hole that is filled later, on either engine, whoever writes.
//   - An event is never changed and never taken away. It holds ids and kinds, no personal values, so that a person can
//     be erased without touching it.
//   - Happened is when it happened, by the clock of where it did; Recorded is when it was stored. They differ for
//     work done without a network.
package event

import (
	"encoding/json"
	"fmt"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// Event says that something happened to a thing.
type Event struct {
	Seq       int64   // its number, given at commit
	ID        string  // its id, made when empty
	Kind      string  // what happened: place.changed
	Subject   string  // what sort of thing it happened to: place
	SubjectID string  // which one
	Actor     string  // id of the account that did it; empty for the program itself
	Happened  db.Time // when; the transaction's instant when zero
	Recorded  db.Time // when it was stored, set by Append
	Data      string  // JSON with ids and kinds only; {} when empty
}

// pending are the events of a transaction that wait for their numbers.
type pending struct{ events []Event }

// Append adds an event to the transaction of the change that it tells of. Its number is given when the closure has
// ended, under a lock that is held to the commit: short, whatever the closure did before.
func Append(tx *db.Tx, e Event) error {
	if e.Kind == "" || e.Subject == "" || e.SubjectID == "" {
		return problem.Because(problem.Internal, fmt.Errorf("an event without kind or subject: %+v", e))
	}
	if e.ID == "" {
		e.ID = id.New()
	}
	if e.Happened.IsZero() {
		e.Happened = tx.Now()
	}
	e.Happened = db.At(e.Happened.Time)
	if e.Data == "" {
		e.Data = "{}"
	}
	if !json.Valid([]byte(e.Data)) {
		return problem.Because(problem.Internal, fmt.Errorf("event %s of %s %s: its data is no JSON", e.Kind, e.Subject, e.SubjectID))
	}
	e.Recorded = tx.Now()
	p := db.Value(tx, func() *pending { return &pending{} })
	p.events = append(p.events, e)
	tx.BeforeCommit("event", p.number)
	return nil
}

var columns = []string{"seq", "id", "kind", "subject", "subject_id", "actor", "happened", "recorded", "data"}

// number stores the events under the numbers that follow the last. The lock lasts to the commit, so that numbers and
// commits have one order: whoever comes next reads the last number after it has become visible.
func (p *pending) number(tx *db.Tx) error {
	if err := tx.Lock("event", ""); err != nil {
		return fmt.Errorf("lock the sequence of events: %w", err)
	}
	if len(p.events) == 1 {
		e := p.events[0]
		_, err := tx.Exec(insertNext, e.ID, e.Kind, e.Subject, e.SubjectID, e.Actor, e.Happened, e.Recorded, e.Data)
		if err != nil {
			return fmt.Errorf("store an event: %w", err)
		}
	} else if err := p.insertAll(tx); err != nil {
		return err
	}
	p.events = nil
	bell := bellOf(tx.DB())
	tx.AfterCommit(bell.ring)
	return nil
}

// insertNext is what almost every change does: one event, after the last.
const insertNext = `INSERT INTO event (seq, id, kind, subject, subject_id, actor, happened, recorded, data)
	SELECT COALESCE(max(seq), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 FROM event`

func (p *pending) insertAll(tx *db.Tx) error {
	var last int64
	if err := tx.QueryRow("SELECT COALESCE(max(seq), 0) FROM event").Scan(&last); err != nil {
		return fmt.Errorf("number %d events: %w", len(p.events), err)
	}
	rows := make([][]any, len(p.events))
	for i, e := range p.events {
		rows[i] = []any{last + int64(i) + 1, e.ID, e.Kind, e.Subject, e.SubjectID, e.Actor, e.Happened, e.Recorded, e.Data}
	}
	if err := tx.Insert("event", columns, rows); err != nil {
		return fmt.Errorf("store %d events after %d: %w", len(p.events), last, err)
	}
	return nil
}
