package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"strings"

	"parvis/internal/db"
)

// ledger is what the writers noted: for each row whether it was acknowledged.
type ledger struct {
	sent, acknowledged map[string]bool
}

// readLedger reads a writer's notes. A last line that was cut off says nothing.
func readLedger(path string) (ledger, error) {
	l := ledger{sent: map[string]bool{}, acknowledged: map[string]bool{}}
	f, err := os.Open(path)
	if err != nil {
		return l, err
	}
	defer f.Close()
	lines := bufio.NewReader(f)
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			return l, nil
		}
		sign, id, _ := strings.Cut(strings.TrimSuffix(line, "\n"), " ")
		switch sign {
		case "s":
			l.sent[id] = true
		case "a":
			l.acknowledged[id] = true
		}
	}
}

// account is what a store holds beside what its writers were told.
type account struct {
	Acknowledged, Rows, Lost, Unsent, Eventless int
}

// verify opens the store as a server would after the fault, and compares it with the ledger. What it finds broken is an
// error: an acknowledged row that is not there, a row that nobody sent, a row without its one event, a hole in the
// events' numbers, a store that does not hold together.
func verify(ctx context.Context, address string, l ledger) (account, error) {
	a := account{Acknowledged: len(l.acknowledged)}
	store, err := db.Open(ctx, address, db.Options{})
	if err != nil {
		return a, broken{"the store does not open again: " + err.Error()}
	}
	defer store.Close()
	if err := store.Migrate(ctx); err != nil {
		return a, broken{"the store does not start again: " + err.Error()}
	}
	if err := store.Check(ctx); err != nil {
		return a, broken{"the store does not hold together: " + err.Error()}
	}
	var rows, subjects []string
	var first, last, events int64
	err = store.Read(ctx, func(tx *db.Tx) error {
		found, err := tx.Query(`SELECT id FROM proof_row`)
		if rows, err = db.Collect(found, err, db.One[string]); err != nil {
			return err
		}
		found, err = tx.Query(`SELECT subject_id FROM event WHERE kind = 'proof.written' ORDER BY seq`)
		if subjects, err = db.Collect(found, err, db.One[string]); err != nil {
			return err
		}
		return tx.QueryRow(`SELECT COALESCE(MIN(seq), 1), COALESCE(MAX(seq), 0), COUNT(*) FROM event`).Scan(&first, &last, &events)
	})
	if err != nil {
		return a, broken{"the store cannot be read: " + err.Error()}
	}
	if first != 1 || last != events {
		return a, broken{fmt.Sprintf("%d events are numbered %d to %d", events, first, last)}
	}
	if err := store.Write(ctx, touch); err != nil {
		return a, broken{"the store cannot be written again: " + err.Error()}
	}
	return a.compare(l, rows, subjects)
}

// touch is a write that changes nothing.
func touch(tx *db.Tx) error {
	_, err := tx.Exec(`UPDATE proof_row SET body = body WHERE id = ''`)
	return err
}

func (a account) compare(l ledger, rows, subjects []string) (account, error) {
	events := map[string]int{}
	for _, id := range subjects {
		events[id]++
	}
	there := map[string]bool{}
	for _, id := range rows {
		there[id] = true
		if !l.sent[id] {
			a.Unsent++
		}
		if events[id] != 1 {
			a.Eventless++
		}
	}
	a.Rows = len(rows)
	for id := range l.acknowledged {
		if !there[id] {
			a.Lost++
		}
	}
	if a.Lost+a.Unsent+a.Eventless > 0 || len(subjects) != len(rows) {
		return a, broken{fmt.Sprintf("of %d acknowledged rows %d are lost; of %d rows %d were never sent, %d have not one event",
			a.Acknowledged, a.Lost, a.Rows, a.Unsent, a.Eventless)}
	}
	return a, nil
}

// count adds an account to the figures.
func (t *trial) count(a account) {
	t.add("acknowledged", a.Acknowledged)
	t.add("rows", a.Rows)
	t.add("lost", a.Lost)
}
