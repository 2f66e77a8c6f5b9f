package config

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/url"
	"slices"
	"strings"
)

// Print writes the settings that hold as a TOML file, each with where it comes from, and no secret in it.
func (c *Config) Print(w io.Writer) error {
	var b strings.Builder
	table := ""
	for _, s := range settings(c) {
		section, name, ok := strings.Cut(s.key, ".")
		if !ok {
			section, name = "", s.key
		}
		if section != table {
			fmt.Fprintf(&b, "\n[%s]\n", section)
			table = section
		}
		value := show(s.value.Interface())
		if s.key == "database.url" {
			value = show(c.Database.Shown())
		}
		fmt.Fprintf(&b, "%s = %s # %s\n", name, value, cmp.Or(c.sources[s.key], "default"))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// Example writes a file with every setting, its help and its default, to begin from.
func Example(w io.Writer) error {
	c, err := Load("", nil)
	if err != nil {
		return err
	}
	var b strings.Builder
	table := ""
	for _, s := range settings(c) {
		section, name, ok := strings.Cut(s.key, ".")
		if !ok {
			section, name = "", s.key
		}
		if section != table {
			fmt.Fprintf(&b, "\n[%s]\n", section)
			table = section
		}
		help := s.help
		if s.secret() {
			help += "; better in a file, named by " + name + "_file"
		}
		fmt.Fprintf(&b, "# %s (%s)\n# %s = %s\n", help, Variable(s.key), name, show(s.value.Interface()))
	}
	_, err = io.WriteString(w, b.String())
	return err
}

// Shown is the database's address without its password.
func (d Database) Shown() string {
	u, err := url.Parse(d.URL.Reveal())
	if err != nil || u.Host == "" {
		return d.URL.String()
	}
	u.RawQuery = "" // may hold a password too
	return u.Redacted()
}

// keyLines finds the line of each key in a TOML file, by its tables and keys.
func keyLines(text string) map[string]int {
	lines := map[string]int{}
	table := ""
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch key, _, found := strings.Cut(line, "="); {
		case strings.HasPrefix(line, "["):
			name, _, _ := strings.Cut(strings.TrimPrefix(line, "["), "]")
			table = bare(name) + "."
			lines[bare(name)] = i + 1
		case found && !strings.HasPrefix(line, "#"):
			if key = table + bare(key); lines[key] == 0 {
				lines[key] = i + 1
			}
		}
	}
	return lines
}

// bare takes quotation marks and spaces out of a key.
func bare(key string) string {
	return strings.NewReplacer(`"`, "", "'", "", " ", "", "\t", "").Replace(key)
}

// flat gives every value of a tree by its dotted key.
func flat(prefix string, tree map[string]any) map[string]any {
	all := map[string]any{}
	for key, value := range tree {
		if inner, ok := value.(map[string]any); ok {
			maps.Copy(all, flat(prefix+key+".", inner))
			continue
		}
		all[prefix+key] = value
	}
	return all
}

func sortedByLine(values map[string]any, lines map[string]int) []string {
	return slices.SortedFunc(maps.Keys(values), func(a, b string) int {
		return cmp.Or(lines[a]-lines[b], strings.Compare(a, b))
	})
}

// perhaps suggests the key that was meant, when one is near.
func (l *loader) perhaps(key string) string {
	best, distance := "", 4
	for _, s := range l.settings {
		if d := edits(key, s.key); d < distance {
			best, distance = s.key, d
		}
		if section, name, ok := strings.Cut(s.key, "."); ok && name == key { // in the wrong place
			return fmt.Sprintf("; do you mean %s? It belongs under [%s]", s.key, section)
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; do you mean %s?", best)
}

func (l *loader) perhapsVariable(name string) string {
	best, distance := "", 4
	for _, s := range l.settings {
		if d := edits(name, Variable(s.key)); d < distance {
			best, distance = Variable(s.key), d
		}
	}
	if best == "" {
		return ""
	}
	return fmt.Sprintf("; do you mean %s?", best)
}

// edits counts the characters to change, add or drop between two names.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := corner
			if a[i] != b[j] {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
