package app

import (
	"context"
	"fmt"
	"io"
	"time"

	"parvis/internal/i18n"
)

// UndoImport takes an import of a territory back, and tells what became of it.
func UndoImport(ctx context.Context, o Options, territory, importID string, out io.Writer) error {
	o.complete()
	open, err := o.openTerritory(ctx, territory)
	if err != nil {
		return err
	}
	defer open.store.Close()
	pack := open.pack
	undone, err := open.directory.Undo(ctx, "", importID)
	if undone != nil {
		p := open.words.Printer(pack.Language(), pack.Location(), pack.Currency)
		fmt.Fprintln(out, p.T("directory.report.undone", "Restored", undone.Restored, "Removed", undone.Removed, "Kept", len(undone.Kept)))
		for _, one := range undone.Kept {
			fmt.Fprintf(out, "%s · %s · %s\n", one.Subject, nameOf(one.Name, pack.Languages), one.ID)
		}
	}
	return explain(pack, pack.Language(), err)
}

func nameOf(name i18n.Text, languages []string) string { return name.In(languages[0], languages...) }

// ListImports lists the imports of a territory that can be taken back, the newest first.
func ListImports(ctx context.Context, o Options, territory string, out io.Writer) error {
	o.complete()
	open, err := o.openTerritory(ctx, territory)
	if err != nil {
		return err
	}
	defer open.store.Close()
	all, err := open.directory.Imports(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(out, "No import of the last 90 days has changed anything here.")
	}
	for _, one := range all {
		line := fmt.Sprintf("%s  %s  %s: %d new, %d changed, %d back, %d gone, %d rejected", one.ID, one.Made.In(open.pack.Location()).Format("2006-01-02 15:04"),
			one.Source, one.Added, one.Changed, one.Back, one.Gone, one.Rejected)
		if !one.Undone.IsZero() {
			line += ", taken back " + one.Undone.In(open.pack.Location()).Format(time.DateOnly)
		}
		fmt.Fprintln(out, line)
	}
	return nil
}
