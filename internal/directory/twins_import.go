package directory

import (
	"context"
	"fmt"
	"slices"

	"parvis/internal/db"
	"parvis/internal/id"
)

// findTwins looks, after an import that wrote something, which records are one place in life, and notes the pairs that
// nobody was asked about yet. A pack's own places were written together, by hand: they are not looked at for themselves.
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
	found := newTwins(all, before, report.ID)
	report.Twins = len(found)
	for part := range slices.Chunk(found, batch) {
		if err := d.db.Write(ctx, func(tx *db.Tx) error { return addTwins(tx, part) }); err != nil {
			return fmt.Errorf("note twins: %w", err)
		}
	}
	return nil
}

// newTwins finds the pairs that are not known yet. Records that are shown as one are one: who was asked about one of them is
// not asked about the other.
func newTwins(all []standIn, before []Twins, importID string) []Twins {
	under := make(map[string]string, len(all))
	records := make([]*looks, len(all))
	for i, one := range all {
		under[one.looks.id], records[i] = one.under, one.looks
	}
	known := map[[2]string]bool{}
	for _, t := range before {
		known[couple(under[t.One], under[t.Other])] = true
	}
	var found []Twins
	for _, p := range pairsOf(records) {
		key := couple(under[p.one.id], under[p.other.id])
		if key[0] == key[1] || known[key] {
			continue
		}
		known[key] = true
		found = append(found, Twins{ID: id.New(), One: key[0], Other: key[1], State: TwinsWaiting, Import: importID})
	}
	return found
}

func couple(a, b string) [2]string { return [2]string{min(a, b), max(a, b)} }
