package directoryweb

import (
	"io/fs"
	"testing"

	"parvis/internal/directory"
	"parvis/internal/fold"
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
	for _, sign := range []directory.Sign{directory.SameName, directory.AlikeName, directory.SameAddress, directory.SameSpot, directory.Near, directory.SamePhone,
		directory.SameMail, directory.SameSite, directory.SameRegister, directory.OtherName, directory.OtherNumber, directory.OtherRegister, directory.OtherTown,
		directory.Far, directory.SameSource} {
		if key := "directory.twins.sign-" + string(sign); !known[key] {
			t.Errorf("%s has no words", key)
		}
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

func TestWordsAreToldAsTheyWereTyped(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ asked, one, next, want string }{
		{"aide ordinateur", "aide", "ordinateur", "aide ordinateur"},
		{"电脑", "电", "脑", "电脑"},
		{"电 脑", "电", "脑", "电脑"},
		{"学 wifi", "学", "wifi", "学 wifi"},
		{"ordinateur aide", "aide", "ordinateur", ""},
		{"脑电", "电", "脑", ""},
	} {
		if got, ok := together(fold.Fold(c.asked), c.one, c.next); got != c.want || ok != (c.want != "") {
			t.Errorf("%q, %q after %q: %q, want %q", c.asked, c.next, c.one, got, c.want)
		}
	}
}
