package directory

import (
	"fmt"
	"slices"

	"parvis/internal/db"
)

// kept is a record as it is in the database.
type kept interface{ values() []any }

// before reads, where the report lists changes or the import can be taken back, the records that a batch will change.
func (k *keeper) before(t table, all []record, here map[string]standing) (map[string]kept, error) {
	if !k.listed && k.importID == "" {
		return nil, nil
	}
	var ids []string
	for _, r := range all {
		if old, found := here[r.id]; found && (old.print != r.shared.Print || old.gone) {
			ids = append(ids, r.id)
		}
	}
	return readKept(k.tx, t, ids)
}

// readKept reads records of a table by id.
func readKept(tx *db.Tx, t table, ids []string) (map[string]kept, error) {
	found := map[string]kept{}
	if len(ids) == 0 {
		return found, nil
	}
	rows, err := tx.Query(t.query+"WHERE id IN ("+db.In(len(ids), 1)+")", db.Args(ids...)...)
	switch t.name {
	case placeTable.name:
		all, err := db.Collect(rows, err, scanPlace)
		for i := range all {
			found[all[i].ID] = &all[i]
		}
		return found, err
	case serviceTable.name:
		all, err := db.Collect(rows, err, scanService)
		for i := range all {
			found[all[i].ID] = &all[i]
		}
		return found, err
	}
	all, err := db.Collect(rows, err, scanOrganisation)
	for i := range all {
		found[all[i].ID] = &all[i]
	}
	return found, err
}

// ownColumns are the columns that a feed does not speak of, or only in its print.
var ownColumns = []string{"print", "confirmed", "confirmed_by"}

// differing names the columns in which a record differs from what it will be.
func differing(t table, old kept, values []any) []string {
	if old == nil {
		return nil
	}
	var columns []string
	for i, was := range old.values() {
		if name := t.columns[i]; !slices.Contains(ownColumns, name) && fmt.Sprint(was) != fmt.Sprint(values[i]) {
			columns = append(columns, name)
		}
	}
	return columns
}
