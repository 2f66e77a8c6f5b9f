package db

import (
	"errors"

	"parvis/internal/problem"
)

// SettingDemo marks a store that holds a demo. It is written before anything else, and never taken away.
const SettingDemo = "demo"

// Setting is what the store knows about itself under a name; empty when nothing was set.
func (t *Tx) Setting(name string) (string, error) {
	var value string
	err := t.QueryRow("SELECT value FROM setting WHERE name = $1", name).Scan(&value)
	var missing *problem.Error
	if errors.As(err, &missing) && missing.Kind == problem.NotFound {
		return "", nil
	}
	return value, err
}

// Set writes a setting over what was there.
func (t *Tx) Set(name, value string) error {
	_, err := t.Exec(`INSERT INTO setting (name, value, changed) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed = excluded.changed`, name, value, t.Now())
	return err
}

// Demo reports whether the store is marked as a demo.
func (t *Tx) Demo() (bool, error) {
	value, err := t.Setting(SettingDemo)
	return value == "true", err
}
