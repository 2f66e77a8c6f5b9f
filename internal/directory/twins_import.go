package directory

import (
	"context"
	"fmt"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
	"parvis/internal/problem"
)

// findTwins looks, after an import that wrote something, also one that was broken off, which records are one place in life, and
// notes the pairs that nobody was asked about yet. A pack's own places were written together, by hand: they are not looked at for themselves.
func (d *Directory) findTwins(ctx context.Context, f Feed, report *Report) error {
	if f.DryRun || f.lasting || report.Added+report.Changed+report.Back == 0 {
		return nil
	}
	var all []standIn
	var before []Twins
	err := d.db.Read(ctx, func(tx *db.Tx) (err error) {
		if all, err = allLooks(tx); err == nil {
			before, err = allTwins(tx)
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("look for twins: %w", err)
	}
	under := map[string]string{}
	for _, one := range all {
		under[one.looks.id] = one.under
	}
	found, sure := newTwins(all, under, before, report)
	if f.Ask {
		clear(sure)
	}
	for part := range slices.Chunk(found, batch) {
		merged, err := d.noteTwins(ctx, part, sure)
		if err != nil {
			return fmt.Errorf("note twins: %w", err)
		}
		report.Merged, report.Twins = report.Merged+merged, report.Twins+len(part)-merged
	}
	return d.mergeAgain(ctx, f.By, under, before)
}

// newTwins finds the pairs of what was written that are not known yet, and which of them are sure. Records that are shown as one are one: who was
// asked about one of them is not asked about the other.
func newTwins(all []standIn, under map[string]string, before []Twins, report *Report) (found []Twins, sure map[string]bool) {
	records := make([]*looks, len(all))
	for i, one := range all {
		records[i] = one.looks
	}
	known := map[[2]string]bool{}
	for _, t := range before {
		known[couple(t.One, t.Other)], known[couple(under[t.One], under[t.Other])] = true, true
	}
	sure = map[string]bool{}
	for _, p := range pairsOf(records, func(id string) bool { return report.written[id] }) {
		key := couple(under[p.one.id], under[p.other.id])
		if key[0] == key[1] || known[key] {
			continue
		}
		known[key] = true
		t := Twins{ID: id.New(), One: key[0], Other: key[1], State: TwinsWaiting, Import: report.ID}
		found = append(found, t)
		sure[t.ID] = p.Verdict == Match
	}
	return found, sure
}

// noteTwins keeps pairs for the desk, and merges those that are sure, unless somebody said otherwise of records that go with
// them.
func (d *Directory) noteTwins(ctx context.Context, found []Twins, sure map[string]bool) (merged int, err error) {
	err = d.db.Write(ctx, func(tx *db.Tx) error {
		merged = 0
		if err := tx.Lock("directory", "import"); err != nil {
			return err
		}
		if err := addTwins(tx, found); err != nil {
			return err
		}
		for _, t := range found {
			if !sure[t.ID] {
				continue
			}
			switch err := decide(tx, "", t, TwinsSame); {
			case err == nil:
				merged++
			case !problem.Is(err, problem.Conflict):
				return err
			}
		}
		return nil
	})
	return merged, err
}

// mergeAgain shows as one what was decided to be one and came back apart, as after an import that was taken back and read again.
func (d *Directory) mergeAgain(ctx context.Context, by string, under map[string]string, before []Twins) error {
	for _, t := range before {
		one, other := under[t.One], under[t.Other]
		if t.State != TwinsSame || one == "" || other == "" || one == other {
			continue
		}
		if err := d.db.Write(ctx, func(tx *db.Tx) error { return arrange(tx, by, t.One, t.Other) }); err != nil {
			return fmt.Errorf("merge %s and %s again: %w", t.One, t.Other, err)
		}
	}
	return nil
}

func couple(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }
