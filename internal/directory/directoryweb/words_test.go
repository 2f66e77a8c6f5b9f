package directoryweb

import (
	"io/fs"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/i18n"
	"parvis/internal/i18n/i18ntest"
)

func TestWords(t *testing.T) {
	t.Parallel()
	i18ntest.Check(t, Locales)
}

func TestEveryCodeHasItsWords(t *testing.T) {
	t.Parallel()
	words := i18n.NewBundle()
	for _, catalogue := range []fs.FS{directory.Locales, Locales} {
		if err := words.Add(catalogue); err != nil {
			t.Fatal(err)
		}
	}
	known := map[string]bool{}
	for _, key := range words.Keys("en") {
		known[key] = true
	}
	for _, group := range []directory.Group{
		directory.GroupNeed, directory.GroupAudience, directory.GroupWay, directory.GroupEntry, directory.GroupFee,
		directory.GroupWheelchair, directory.GroupEquipment, directory.GroupKind, directory.GroupRemark,
	} {
		for _, code := range directory.Codes(group) {
			if key := directory.Key(group, code); !known[key] {
				t.Errorf("%s has no words", key)
			}
		}
	}
}
