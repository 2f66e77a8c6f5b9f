package config

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
)

// Load reads the settings: defaults, then the file (none when path is empty), then the environment, as os.Environ
// gives it. The error joins everything that is wrong.
func Load(path string, environ []string) (*Config, error) {
	c := &Config{sources: map[string]string{}}
	l := &loader{config: c, settings: settings(c)}
	l.defaults()
	if path != "" {
		l.file(path)
	}
	l.environment(environ)
	if len(l.wrong) == 0 {
		l.check()
	}
	return c, errors.Join(l.wrong...)
}

// Override sets what a flag of the command line says, over the file and the environment, and looks at the whole again.
// Empty says nothing.
func (c *Config) Override(flag, key, value string) error {
	if value == "" {
		return nil
	}
	warned := len(c.Warnings)
	l := &loader{config: c, settings: settings(c)}
	s, ok := l.find(key)
	if !ok {
		return fmt.Errorf("there is no setting %s", key)
	}
	l.set(s, value, flag, flag)
	if len(l.wrong) == 0 {
		l.check()
	}
	c.Warnings = c.Warnings[:warned] // they were told when the rest was read
	return errors.Join(l.wrong...)
}

// setting is one field of Config.
type setting struct {
	key    string // "mail.port"
	help   string
	value  reflect.Value
	preset string
}

func (s setting) secret() bool { return s.value.Type() == reflect.TypeFor[Secret]() }

// settings lists the fields in their order.
func settings(c *Config) []setting {
	var all []setting
	var walk func(prefix string, v reflect.Value)
	walk = func(prefix string, v reflect.Value) {
		for i := range v.NumField() {
			field := v.Type().Field(i)
			key, ok := field.Tag.Lookup("key")
			switch {
			case !ok:
			case field.Type.Kind() == reflect.Struct:
				walk(prefix+key+".", v.Field(i))
			default:
				all = append(all, setting{prefix + key, field.Tag.Get("help"), v.Field(i), field.Tag.Get("default")})
			}
		}
	}
	walk("", reflect.ValueOf(c).Elem())
	return all
}

type loader struct {
	config   *Config
	settings []setting
	wrong    []error
}

func (l *loader) bad(where, format string, args ...any) {
	l.wrong = append(l.wrong, fmt.Errorf("%s: %s", where, fmt.Sprintf(format, args...)))
}

func (l *loader) defaults() {
	for _, s := range l.settings {
		if s.preset != "" {
			l.set(s, s.preset, "default", "")
		}
	}
}

// set gives a setting its value, told as text or as the file's own type.
func (l *loader) set(s setting, value any, where, source string) {
	if err := assign(s.value, value); err != nil {
		l.bad(where, "%s: %v; it is %s", s.key, err, s.help)
		return
	}
	if source != "" {
		l.config.sources[s.key] = source
	}
}

// secretFile reads a secret from its own file. A relative path is seen from the settings' folder.
func (l *loader) secretFile(s setting, path, folder, where, source string) {
	if !filepath.IsAbs(path) {
		path = filepath.Join(folder, path)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		l.bad(where, "%s_file: %v; it is a file that holds nothing but the secret", s.key, err)
		return
	}
	text := strings.TrimRight(string(data), "\r\n")
	if text == "" || strings.ContainsAny(text, "\r\n") {
		l.bad(where, "%s_file: %s should hold the secret in one line", s.key, path)
		return
	}
	if info, err := os.Stat(path); err == nil && info.Mode().Perm()&0o007 != 0 {
		l.config.Warnings = append(l.config.Warnings, fmt.Sprintf("%s: everybody on this machine can read %s; chmod 600 helps", where, path))
	}
	l.set(s, text, where, source+", "+path)
}

func (l *loader) file(path string) {
	data, err := os.ReadFile(path)
	if err != nil {
		l.bad(path, "%v", err)
		return
	}
	var tree map[string]any
	if _, err := toml.Decode(string(data), &tree); err != nil {
		var parse toml.ParseError
		if errors.As(err, &parse) {
			l.bad(fmt.Sprintf("%s:%d", path, parse.Position.Line), "%s", parse.Message)
			return
		}
		l.bad(path, "%v", err)
		return
	}
	lines := keyLines(string(data))
	values := flat("", tree)
	for _, key := range sortedByLine(values, lines) {
		l.fromFile(path, key, values[key], lines[key])
	}
}

func (l *loader) fromFile(path, key string, value any, line int) {
	where := path
	if line > 0 {
		where = fmt.Sprintf("%s:%d", path, line)
	}
	if s, ok := l.find(key); ok {
		l.set(s, value, where, where)
		return
	}
	if s, ok := l.find(strings.TrimSuffix(key, "_file")); ok && s.secret() && strings.HasSuffix(key, "_file") {
		text, _ := value.(string)
		l.secretFile(s, text, filepath.Dir(path), where, where)
		return
	}
	l.bad(where, "there is no setting %s%s", key, l.perhaps(key))
}

func (l *loader) find(key string) (setting, bool) {
	i := slices.IndexFunc(l.settings, func(s setting) bool { return s.key == key })
	if i < 0 {
		return setting{}, false
	}
	return l.settings[i], true
}

const prefix = "PARVIS_"

// notOurs begin the names that the program's own flags, its tests and its proofs read.
var notOurs = []string{"PARVIS_CONFIG", "PARVIS_TEST_", "PARVIS_FULL", "PARVIS_ENGINES", "PARVIS_SCRIPTS", "PARVIS_SITES", "PARVIS_PLANT",
	"PARVIS_PORT", "PARVIS_CHROMIUM", "PARVIS_LOOKS", "PARVIS_TERRITORIES", "PARVIS_POSTGRES_OPTIONS"}

func (l *loader) environment(environ []string) {
	environ = slices.Sorted(slices.Values(environ))
	for _, pair := range environ {
		name, text, _ := strings.Cut(pair, "=")
		if !strings.HasPrefix(name, prefix) || slices.ContainsFunc(notOurs, func(p string) bool { return strings.HasPrefix(name, p) }) {
			continue
		}
		s, file, ok := l.named(name)
		switch {
		case !ok:
			l.config.Warnings = append(l.config.Warnings, name+": there is no such setting"+l.perhapsVariable(name))
		case file:
			l.secretFile(s, text, ".", name, name)
		default:
			l.set(s, text, name, name)
		}
	}
}

// Variable is the environment's name of a key.
func Variable(key string) string {
	return prefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

func (l *loader) named(name string) (s setting, file, ok bool) {
	for _, s := range l.settings {
		switch name {
		case Variable(s.key):
			return s, false, true
		case Variable(s.key) + "_FILE":
			if s.secret() {
				return s, true, true
			}
		}
	}
	return setting{}, false, false
}
