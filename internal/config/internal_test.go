package config

import (
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestEdits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		a, b string
		want int
	}{
		{"", "", 0}, {"a", "", 1}, {"", "abc", 3}, {"listen", "listen", 0}, {"lisen", "listen", 1}, {"listne", "listen", 2}, {"data", "date", 1}, {"kitten", "sitting", 3},
	} {
		if got := edits(c.a, c.b); got != c.want || edits(c.b, c.a) != c.want {
			t.Errorf("%q to %q takes %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

func TestKeysKnowTheirLines(t *testing.T) {
	t.Parallel()
	const text = `# listen = "not this one"
listen = ":1"   # nor = this

"data" = 'x'
trusted_proxies = [
  "10.0.0.0/8", # = a comment with a sign
]
[ mail ]
host = "a=b"
  port=25
[s3]
key = "k"
[mail.more]
deep = 1
`
	lines := keyLines(text)
	for key, want := range map[string]int{"listen": 2, "data": 4, "trusted_proxies": 5, "mail": 8, "mail.host": 9, "mail.port": 10, "s3.key": 12, "mail.more.deep": 14, "none": 0} {
		if lines[key] != want {
			t.Errorf("%s is in line %d, want %d", key, lines[key], want)
		}
	}
}

func TestTreesAreFlattened(t *testing.T) {
	t.Parallel()
	got := flat("", map[string]any{"a": 1, "b": map[string]any{"c": "x", "d": map[string]any{"e": true}}, "f": []any{}})
	want := map[string]any{"a": 1, "b.c": "x", "b.d.e": true, "f": []any{}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %v", got)
	}
}

// TestAssign reads each kind of value as text and as TOML gives it, and shows it as TOML writes it.
func TestAssign(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		to    any
		value any
		want  string // as shown; empty for an error
	}{
		{new(string), " x ", `"x"`}, {new(string), 7, ""}, {new(string), "", `""`},
		{new(Secret), "x", `"(set)"`}, {new(Secret), "", `""`}, {new(Secret), true, ""},
		{new(bool), true, "true"}, {new(bool), "yes", "true"}, {new(bool), "off", "false"}, {new(bool), "maybe", ""}, {new(bool), int64(1), ""},
		{new(int), int64(7), "7"}, {new(int), "7", "7"}, {new(int), "-7", "-7"}, {new(int), "7.5", ""}, {new(int), 7.5, ""}, {new(int), "", ""},
		{new(time.Duration), "90s", `"1m30s"`}, {new(time.Duration), "90", ""}, {new(time.Duration), int64(90), ""},
		{new(slog.Level), "Error", `"error"`}, {new(slog.Level), "info+2", ""},
		{new([]netip.Prefix), "10.1.2.3/8,::1", `["10.0.0.0/8", "::1/128"]`}, {new([]netip.Prefix), []any{"192.168.0.1"}, `["192.168.0.1/32"]`},
		{new([]netip.Prefix), "", "[]"}, {new([]netip.Prefix), []any{1}, ""}, {new([]netip.Prefix), "localhost", ""},
	} {
		field := reflect.ValueOf(c.to).Elem()
		err := assign(field, c.value)
		if (err == nil) != (c.want != "") {
			t.Errorf("%T from %v: %v", c.to, c.value, err)
		}
		if got := show(field.Interface()); err == nil && got != c.want {
			t.Errorf("%T from %v: shown as %s, want %s", c.to, c.value, got, c.want)
		}
	}
}

func TestAFieldWithoutAReaderIsNoticedAtOnce(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("a float passes")
		}
	}()
	_ = assign(reflect.ValueOf(new(float64)).Elem(), "1")
}

// TestEveryFieldIsASetting: a field without a key could not be set by anybody.
func TestEveryFieldIsASetting(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for _, s := range settings(new(Config)) {
		if seen[s.key] || s.help == "" || strings.ToLower(s.key) != s.key || strings.HasSuffix(s.key, "_file") {
			t.Errorf("setting %q: twice, without help, or with a bad name", s.key)
		}
		seen[s.key] = true
	}
	typ := reflect.TypeFor[Config]()
	for i := range typ.NumField() {
		f := typ.Field(i)
		if _, ok := f.Tag.Lookup("key"); !ok && f.Name != "Warnings" && f.Name != "sources" {
			t.Errorf("%s has no key", f.Name)
		}
	}
}

// FuzzFile: no file makes trouble, the same file is told the same faults, and neither an error nor what is printed gives
// away what a secret was set to.
func FuzzFile(f *testing.F) {
	for _, text := range []string{"", "listen = \":1\"", "[mail]\npassword = \"hush-hush\"\nport = 1", "[database]\nurl = \"hush-hush\"", "a.b.c = 1", "[[mail]]\nhost = \"x\"",
		"mail = 3", "trusted_proxies = [[1]]", "listen = '''\nx'''", "\"\" = 1", "=\n=", "[mail\nx"} {
		f.Add(text)
	}
	folder := f.TempDir()
	f.Fuzz(func(t *testing.T, text string) {
		path := filepath.Join(folder, fmt.Sprintf("%d.toml", os.Getpid()))
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		c, err := Load(path, nil)
		if _, again := Load(path, nil); fmt.Sprint(again) != fmt.Sprint(err) {
			t.Fatalf("%q: %v, then %v", text, err, again)
		}
		if err != nil {
			if c == nil || strings.Contains(err.Error(), "hush-hush") && strings.Contains(text, "\npassword = \"hush-hush\"") {
				t.Fatalf("%q: %v", text, err)
			}
			return
		}
		var printed strings.Builder
		if err := c.Print(&printed); err != nil || c.Mail.Password != "" && c.Mail.Password != hidden && len(c.Mail.Password) > 5 && strings.Contains(printed.String(), string(c.Mail.Password)) {
			t.Fatalf("%q: %v\n%s", text, err, printed.String())
		}
	})
}
