package app_test

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"filippo.io/age"

	"parvis/internal/app"
)

// told checks that an error says something.
func told(t *testing.T, what string, err error, says string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), says) {
		t.Errorf("%s: %v; it should say %q", what, err, says)
	}
}

func names(t *testing.T, folder string) (all []string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		all = append(all, e.Name())
	}
	return all
}

// What is no id never becomes part of a path.
func TestStrangeIdsTouchNothing(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	outside := t.TempDir()
	o.Config.Data = filepath.Join(outside, "data")
	precious := filepath.Join(outside, "evil.making", "precious")
	if err := os.MkdirAll(precious, 0o700); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{"../evil", "a/b", "", " ", ".", "..", "Ville", "đà-nẵng", "-x", "a b", `a"b`, "a.making", "1a", "a", strings.Repeat("a", 60)} {
		n := newTerritory
		n.ID = id
		const says = "its id is a small letter, then"
		_, err := app.Init(t.Context(), o, n)
		told(t, "init "+id, err, says)
		_, err = app.Backup(t.Context(), o, id, filepath.Join(outside, "copy"), "")
		told(t, "backup "+id, err, says)
		told(t, "restore "+id, app.Restore(t.Context(), o, id, "copy", ""), says)
		_, err = app.Copy(t.Context(), o, id, "sqlite")
		told(t, "copy "+id, err, says)
		_, err = app.OpenUsers(t.Context(), o, id)
		told(t, "user "+id, err, says)
	}
	if left := names(t, outside); len(left) != 1 || len(names(t, filepath.Join(outside, "evil.making"))) != 1 {
		t.Errorf("there is %v", left)
	}
}

func TestInitTellsAllThatIsWrongByItsFlag(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	n := app.NewTerritory{ID: "vald", Name: "Val\nhosts: [x]", Language: "de", Manager: "a@b.example # x", Centre: "north", Country: "FR", Host: "h", Zone: "UTC", Phone: "1"}
	_, err := app.Init(t.Context(), o, n)
	for _, flag := range []string{"--name: ", `--language: "de"`, `--manager: "a@b.example # x"`, `--centre: "north"`} {
		told(t, "init", err, flag)
	}
	n = newTerritory
	n.Name, n.Host = "Hải Vân: {x} # \"q\" \\ ☃ 'é'", "null"
	if _, err := app.Init(t.Context(), o, n); err != nil {
		t.Errorf("a name may hold what YAML minds: %v", err)
	}
	for _, host := range []string{"a, b", "x]", "x: y", "Ville.example", "x/y"} {
		n := newTerritory
		n.ID, n.Host = "other", host
		_, err := app.Init(t.Context(), o, n)
		told(t, host, err, "host \""+host+"\"")
	}
}

// What fails leaves nothing that the next try would find in its way; what was interrupted neither.
func TestInitIsWholeOrNotAtAll(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	broken := o
	config := *o.Config
	config.Database.URL = "postgres://nobody@127.0.0.1:1/none"
	broken.Config = &config
	if _, err := app.Init(t.Context(), broken, newTerritory); err == nil {
		t.Fatal("without a database")
	}
	if left := names(t, o.Config.Data); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
	for _, half := range []string{"vald.making", "nord.restoring"} {
		if err := os.MkdirAll(filepath.Join(o.Config.Data, half, "pack"), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(filepath.Join(o.Config.Data, half, "pack", "territory.yaml"), []byte("id: vald\n"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatalf("after an interrupted one: %v", err)
	}
	a := open(t, o)
	if len(a.Houses()) != 1 || len(a.Failed()) != 0 {
		t.Errorf("%d houses, %v", len(a.Houses()), a.Failed())
	}
	_, err := app.Init(t.Context(), o, newTerritory)
	told(t, "again", err, "parvis user add vald ana@vald.example manager")
	second := newTerritory
	second.ID = "other"
	_, err = app.Init(t.Context(), o, second)
	told(t, "the same host", err, "vald answers under vald.localhost already")
}

func TestTheDataFolderIsExplained(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	o.Config.Data = file
	_, err := app.Open(t.Context(), o)
	told(t, "a file", err, "not a directory")
	_, err = app.Init(t.Context(), o, newTerritory)
	told(t, "init in a file", err, "not a directory")
	o.Config.Data = file + "-none"
	_, err = app.Open(t.Context(), o)
	told(t, "nothing", err, "there is no data folder")
}

func TestADemoKeepsOutOfAFolderOfRealTerritories(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	_, err := app.Open(t.Context(), demoOptions(t, o, "auch"))
	told(t, "a demo", err, "holds a real territory, vald")
	if left := names(t, o.Config.Data); len(left) != 1 {
		t.Errorf("the demo left %v", left)
	}
}

func TestOneProgramServesAFolder(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	open(t, o)
	_, err := app.Open(t.Context(), o)
	told(t, "a second one", err, "another program has it open, perhaps `parvis serve`")
	_, err = app.Migrate(t.Context(), o)
	told(t, "migrate", err, "another program has it open")
}

func TestCopiesAreExplained(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	key, err := age.GenerateX25519Identity()
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	plain, sealed, identity := filepath.Join(folder, "plain"), filepath.Join(folder, "sealed"), filepath.Join(folder, "key")
	if err := os.WriteFile(identity, []byte(key.String()+"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for file, recipient := range map[string]string{plain: "", sealed: key.Recipient().String()} {
		if _, err := app.Backup(t.Context(), o, "vald", file, recipient); err != nil {
			t.Fatal(err)
		}
	}
	_, err = app.Backup(t.Context(), o, "vald", plain, "")
	told(t, "over a copy", err, "never written over anything")
	_, err = app.Backup(t.Context(), o, "nowhere", filepath.Join(folder, "x"), "")
	told(t, "of nothing", err, "there is no territory nowhere")
	_, err = app.Backup(t.Context(), o, "vald", filepath.Join(folder, "x"), "age1xx")
	told(t, "for a wrong key", err, "recipient")
	there := o
	config := *o.Config
	config.Data = t.TempDir()
	there.Config = &config
	told(t, "sealed, no key", app.Restore(t.Context(), there, "vald", sealed, ""), "--identity names the file")
	told(t, "plain, a key", app.Restore(t.Context(), there, "vald", plain, identity), "not sealed")
	told(t, "another's", app.Restore(t.Context(), there, "other", plain, ""), "the copy is of vald, not of other")
	cut := filepath.Join(folder, "cut")
	whole, err := os.ReadFile(plain)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(cut, whole[:len(whole)/2], 0o600); err != nil {
		t.Fatal(err)
	}
	told(t, "cut off", app.Restore(t.Context(), there, "vald", cut, ""), "unexpected EOF")
	if left := names(t, config.Data); len(left) > 0 {
		t.Errorf("%v is left behind", left)
	}
	if err := app.Restore(t.Context(), there, "vald", sealed, identity); err != nil {
		t.Error(err)
	}
	told(t, "over it", app.Restore(t.Context(), there, "vald", plain, ""), "is there already")
	for to, says := range map[string]string{"sqlite": "is there already", "mysql://x/y": "--to is postgres://", "/tmp/x.db": "--to is postgres://"} {
		_, err := app.Copy(t.Context(), o, "vald", to)
		told(t, "copy to "+to, err, says)
	}
}

func TestAFileThatIsNoFeedIsExplained(t *testing.T) {
	t.Parallel()
	o := options(t, "")
	if _, err := app.Init(t.Context(), o, newTerritory); err != nil {
		t.Fatal(err)
	}
	err := app.Import(t.Context(), o, app.Feed{Territory: "vald", File: strings.NewReader("\x7fELF\x00\x01 nothing of ours\n"), Name: "x", Out: io.Discard})
	if err == nil || strings.Contains(err.Error(), "directory.") || !strings.Contains(err.Error(), " ") {
		t.Errorf("it says %v", err)
	}
}
