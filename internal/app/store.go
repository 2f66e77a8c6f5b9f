package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"

	"parvis/internal/blob"
	"parvis/internal/db"
	"parvis/internal/org"
)

// Names of what lies in a territory's folder of the data folder.
const (
	packFolder   = "pack"           // the pack of a territory that is not part of the program
	storeFile    = "parvis.db"      // its store, on SQLite
	snapshotFile = "index.snapshot" // of its search index, between two runs
	blobFolder   = "files"          // what people handed in
)

// settingTerritory names the territory that a store belongs to.
const settingTerritory = "territory"

var (
	errDemo = errors.New("it holds a demo; `parvis demo` opens it, and nothing else does")
	errReal = errors.New("it holds a real territory; a demo never opens one")
)

// checkID refuses what is no territory's id, before it becomes part of a path.
func checkID(territory string) error {
	if !org.ValidID(territory) {
		return fmt.Errorf("%q cannot be a territory: its id is %s", territory, org.IDRule)
	}
	return nil
}

// there reports whether something has this path, or stands in its way. Only what is sure to be absent is not there.
func there(path string) (bool, error) {
	_, err := os.Lstat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// known refuses what is no territory of the data folder.
func (o *Options) known(territory string) error {
	if err := checkID(territory); err != nil {
		return err
	}
	is, err := there(filepath.Join(o.Config.Data, territory))
	if err == nil && !is {
		err = fmt.Errorf("there is no territory %s in %s", territory, o.Config.Data)
	}
	return err
}

// storeAddress is where a territory's store is: a file in its folder, or its schema of the database.
func (o *Options) storeAddress(territory string) (string, error) {
	if o.Config.Database.URL == "" {
		return "sqlite:" + filepath.Join(o.Config.Data, territory, storeFile), nil
	}
	u, err := url.Parse(o.Config.Database.URL.Reveal())
	if err != nil {
		return "", errors.New("the address of the database cannot be read: postgres://user:password@host/name")
	}
	query := u.Query()
	query.Set("search_path", schemaName(cmp.Or(query.Get("search_path"), "parvis"), territory))
	u.RawQuery = query.Encode()
	return u.String(), nil
}

// schemaName is a territory's schema on PostgreSQL: the installation's name there ("parvis" unless the address says
// another search_path), then the territory's id, with what a name may not hold replaced.
func schemaName(installation, territory string) string {
	name := []byte(installation + "_" + territory)
	for i, c := range name {
		if (c < 'a' || c > 'z') && (c < '0' || c > '9') {
			name[i] = '_'
		}
	}
	return string(name)
}

// openStore opens and migrates a territory's store, and checks that it is the one that is meant.
func (o *Options) openStore(ctx context.Context, territory string) (*db.DB, error) {
	if err := os.MkdirAll(filepath.Join(o.Config.Data, territory), 0o700); err != nil {
		return nil, fmt.Errorf("make the folder of %s: %w", territory, err)
	}
	address, err := o.storeAddress(territory)
	if err != nil {
		return nil, err
	}
	store, err := db.Open(ctx, address, db.Options{
		Clock: o.Clock, Log: o.Log, Readers: o.Config.Database.Readers, NoMmap: o.Config.Database.NoMmap,
		MaxConns: o.connections,
		OnFatal:  o.Fatal,
	})
	if err != nil {
		return nil, fmt.Errorf("open the store of %s: %w", territory, err)
	}
	if err = store.Migrate(ctx); err == nil {
		err = o.claim(ctx, store, territory)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("store of %s: %w", territory, err), store.Close())
	}
	return store, nil
}

// claim marks a new store as this territory's, and as a demo's in a demo. A store of another territory, a demo where the
// real thing is meant, and the real thing where a demo is meant are refused.
func (o *Options) claim(ctx context.Context, store *db.DB, territory string) error {
	return store.Write(ctx, func(tx *db.Tx) error {
		owner, err := tx.Setting(settingTerritory)
		if err != nil {
			return err
		}
		if owner == "" {
			if o.Demo {
				if err := tx.Set(db.SettingDemo, "true"); err != nil {
					return err
				}
			}
			return tx.Set(settingTerritory, territory)
		}
		demo, err := tx.Demo()
		switch {
		case err != nil:
			return err
		case owner != territory:
			return fmt.Errorf("it belongs to the territory %s", owner)
		case demo && !o.Demo:
			return errDemo
		case !demo && o.Demo:
			return errReal
		}
		return nil
	})
}

// openFiles opens where a territory keeps what people hand in: a folder beside its store, or a bucket for all territories,
// each under its own prefix.
func (o *Options) openFiles(ctx context.Context, territory string) (blob.Store, error) {
	s3 := o.Config.S3
	if s3.Bucket == "" {
		return blob.OpenDisk(filepath.Join(o.Config.Data, territory, blobFolder))
	}
	return blob.OpenS3(ctx, blob.Bucket{
		Endpoint: s3.Endpoint, Secure: !s3.Plain, Region: s3.Region, Name: s3.Bucket, Prefix: territory + "/",
		Key: s3.Key, Secret: s3.Secret.Reveal(),
	})
}
