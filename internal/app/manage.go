package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"

	"parvis"
	"parvis/internal/clock"
	"parvis/internal/config"
	"parvis/internal/db"
	"parvis/internal/directory"
	"parvis/internal/directory/mapping"
	"parvis/internal/i18n"
	"parvis/internal/org"
	"parvis/packs"
)

// complete gives the options their defaults.
func (o *Options) complete() {
	if o.Clock == nil {
		o.Clock = clock.System{}
	}
	if o.Log == nil {
		o.Log = slog.Default()
	}
	if o.Config == nil {
		o.Config = &config.Config{}
	}
}

// DemoPacks are the five territories that ship with the program.
func DemoPacks() ([]*org.Pack, error) {
	var all []*org.Pack
	var errs []error
	for _, id := range packs.IDs() {
		folder, err := packs.Open(id)
		if err != nil {
			return nil, err
		}
		pack, err := org.LoadPack(folder)
		if err != nil {
			errs = append(errs, fmt.Errorf("pack %s: %w", id, err))
			continue
		}
		all = append(all, pack)
	}
	return all, errors.Join(errs...)
}

// pack finds a territory's pack in the data folder.
func (o *Options) pack(territory string) (*org.Pack, error) {
	if err := checkID(territory); err != nil {
		return nil, err
	}
	own, failed, err := o.ownPacks()
	if err != nil {
		return nil, err
	}
	for _, f := range failed {
		if f.Territory == territory {
			return nil, f.Err
		}
	}
	for _, p := range own {
		if p.ID == territory {
			return p, nil
		}
	}
	return nil, fmt.Errorf("there is no territory %s in %s", territory, o.Config.Data)
}

// Migrate brings the stores of all territories to this program's version. One that fails does not stop the others.
func Migrate(ctx context.Context, o Options) (migrated []string, err error) {
	o.complete()
	own, failed, err := o.ownPacks()
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, f := range failed {
		errs = append(errs, fmt.Errorf("%s: %w", f.Territory, f.Err))
	}
	for _, p := range own {
		store, err := o.openStore(ctx, p.ID)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		errs = append(errs, store.Close())
		migrated = append(migrated, p.ID)
	}
	return migrated, errors.Join(errs...)
}

// Copy copies a territory's store to the other engine, which must be empty there, and gives how many events it has. To is
// the address of a PostgreSQL database, or "sqlite" for the file in the data folder.
func Copy(ctx context.Context, o Options, territory, to string) (int64, error) {
	o.complete()
	if to != "sqlite" && !strings.HasPrefix(to, "postgres://") && !strings.HasPrefix(to, "postgresql://") {
		return 0, errors.New("--to is postgres://user:password@host/database, or sqlite")
	}
	if err := o.known(territory); err != nil {
		return 0, err
	}
	from, err := o.storeAddress(territory)
	if err != nil {
		return 0, err
	}
	target := o
	there := *o.Config
	there.Database.URL = ""
	if to != "sqlite" {
		there.Database.URL = config.Secret(to)
	}
	target.Config = &there
	address, err := target.storeAddress(territory)
	if err != nil {
		return 0, err
	}
	if from == address {
		return 0, fmt.Errorf("%s is there already: the settings say so", territory)
	}
	if err := copyStores(ctx, from, address, db.Options{Clock: o.Clock, Log: o.Log}); err != nil {
		return 0, fmt.Errorf("copy %s: %w", territory, err)
	}
	return countEvents(ctx, address, db.Options{Clock: o.Clock, Log: o.Log})
}

func countEvents(ctx context.Context, address string, options db.Options) (n int64, err error) {
	store, err := db.Open(ctx, address, options)
	if err != nil {
		return 0, err
	}
	err = store.Read(ctx, func(tx *db.Tx) error { return tx.QueryRow("SELECT count(*) FROM event").Scan(&n) })
	return n, errors.Join(err, store.Close())
}

// Feed is a file to bring into a territory's directory.
type Feed struct {
	Territory  string
	File       io.Reader
	Folder     fs.FS  // a package of several files, read instead of File; nil: there is none
	Name       string // of the file, for the operator
	Source     string // the register it comes from; empty: told by its rows
	EndMissing bool   // what the register no longer has has closed for good
	Fewer      bool   // even when that is more than a third
	Ask        bool   // what is surely one place waits at the desk, too
	Mapping    string // a mapping file that says how the file is read; empty: it is of a form that is known by itself
	DryRun     bool   // write nothing, tell what would become of each row
	List       bool   // list what is new, changed or gone
	Out        io.Writer
}

// territory is what a command about one territory's directory needs.
type territory struct {
	pack      *org.Pack
	store     *db.DB
	words     *i18n.Bundle
	directory *directory.Directory
}

// openTerritory opens a territory for a command, which closes its store.
func (o *Options) openTerritory(ctx context.Context, name string) (*territory, error) {
	pack, err := o.pack(name)
	if err != nil {
		return nil, err
	}
	words, err := Words(pack)
	if err != nil {
		return nil, err
	}
	store, err := o.openStore(ctx, pack.ID)
	if err != nil {
		return nil, err
	}
	rooms, err := o.openDirectory(pack, store, words, "")
	if err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return &territory{pack, store, words, rooms}, nil
}

// Import brings a feed into a territory's directory, with its progress and, at the end, what became of every row.
func Import(ctx context.Context, o Options, f Feed) error {
	o.complete()
	open, err := o.openTerritory(ctx, f.Territory)
	if err != nil {
		return err
	}
	defer open.store.Close()
	pack, words := open.pack, open.words
	mapped, err := readMapping(f.Mapping)
	if err != nil {
		return err
	}
	report, err := open.directory.Import(ctx, f.File, directory.Feed{
		Source: f.Source, EndMissing: f.EndMissing, Fewer: f.Fewer, Ask: f.Ask, Folder: f.Folder, Mapping: mapped, DryRun: f.DryRun, List: f.List,
		Progress: func(p directory.Progress) {
			fmt.Fprintf(f.Out, "%s: %d rows read, %d new, %d changed, %d as before, %d rejected\n",
				filepath.Base(f.Name), p.Rows, p.Added, p.Changed, p.Same, p.Rejected)
		},
	})
	if report != nil && report.Rows > 0 {
		err = errors.Join(err, report.Write(f.Out, words.Printer(pack.Language(), pack.Location(), pack.Currency)))
	}
	if report != nil && report.ID != "" {
		fmt.Fprintf(f.Out, "To take it back: parvis import %s --undo %s\n", pack.ID, report.ID)
	}
	return explain(pack, pack.Language(), err)
}

// readMapping reads a mapping file; nil when there is none to read.
func readMapping(file string) (*mapping.Mapping, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	return directory.ReadMapping(filepath.Base(file), data)
}

// Version is the program's version and what it is built from, a line each.
func Version() string {
	lines := []string{"parvis " + release(), runtime.Version() + " " + runtime.GOOS + "/" + runtime.GOARCH}
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if slices.Contains([]string{"vcs.revision", "vcs.time", "vcs.modified"}, s.Key) {
				lines = append(lines, s.Key+" "+s.Value)
			}
		}
	}
	return strings.Join(lines, "\n")
}

// release is the version that the change log tells.
func release() string { return parvis.Version(parvis.Changes) }
