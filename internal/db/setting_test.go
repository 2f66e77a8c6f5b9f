package db_test

import (
	"testing"

	"parvis/internal/db"
	"parvis/internal/db/dbtest"
)

func TestSettings(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		err := d.Write(t.Context(), func(tx *db.Tx) error {
			if value, err := tx.Setting("pack"); value != "" || err != nil {
				t.Errorf("nothing was set, got %q, %v", value, err)
			}
			if err := tx.Set("pack", "auch"); err != nil {
				return err
			}
			return tx.Set("pack", "nord")
		})
		if err != nil {
			t.Fatal(err)
		}
		err = d.Read(t.Context(), func(tx *db.Tx) error {
			value, err := tx.Setting("pack")
			if value != "nord" {
				t.Errorf("the last value is nord, got %q", value)
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}

func TestDemoMarker(t *testing.T) {
	t.Parallel()
	dbtest.Each(t, func(t *testing.T, d *db.DB) {
		for _, want := range []bool{false, true} {
			var got bool
			err := d.Write(t.Context(), func(tx *db.Tx) (err error) {
				if got, err = tx.Demo(); err != nil {
					return err
				}
				return tx.Set(db.SettingDemo, "true")
			})
			if err != nil || got != want {
				t.Fatalf("marked %v, want %v (%v)", got, want, err)
			}
		}
	})
}
