package i18n

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Languages are the codes of the languages that every catalogue has, in the order in which a person chooses.
var Languages = []string{"en", "fr", "ro", "vi", "zh"}

//go:embed locales/*.json
var own embed.FS

// Bundle holds all texts of an installation, or of one territory of it. Fill it at start; then any number of
// goroutines may print from it.
type Bundle struct {
	texts   map[string]map[string]*message // by language, then by key
	missing *missing
}

// missing counts the keys and arguments that were asked for and not there.
type missing struct {
	count atomic.Int64
	names sync.Map // what was missing -> struct{}
}

const missingKept = 1000 // names kept; a flood of made-up keys must not fill the memory

func (m *missing) add(what string) {
	if n := m.count.Add(1); n <= missingKept {
		m.names.Store(what, struct{}{})
	}
}

// NewBundle returns a bundle with this package's own words (today, yesterday, units of time) and nothing else.
func NewBundle() *Bundle {
	b := &Bundle{texts: map[string]map[string]*message{}, missing: new(missing)}
	for _, lang := range Languages {
		b.texts[lang] = map[string]*message{}
	}
	if err := b.Add(own); err != nil {
		panic(err) // the program's own file: found at the first start
	}
	return b
}

// Add reads a feature's catalogues, locales/{en,fr,ro,vi,zh}.json. A file that is not there, a key that the bundle
// has already, a text that is not one: every error is told with its file and line, and nothing is added.
func (b *Bundle) Add(fsys fs.FS) error {
	var wrong []error
	read := map[string]map[string]*message{}
	for _, lang := range Languages {
		name := "locales/" + lang + ".json"
		data, err := fs.ReadFile(fsys, name)
		if err != nil {
			return fmt.Errorf("read catalogue: %w", err)
		}
		entries, err := readCatalogue(name, data)
		wrong = append(wrong, err)
		read[lang] = map[string]*message{}
		for _, e := range entries {
			if b.texts[lang][e.key] != nil {
				wrong = append(wrong, fmt.Errorf("%s:%d: key %q is in another catalogue already", name, e.line, e.key))
				continue
			}
			read[lang][e.key] = e.message
		}
	}
	if err := errors.Join(wrong...); err != nil {
		return err
	}
	for lang, texts := range read {
		maps.Copy(b.texts[lang], texts)
	}
	return nil
}

// Clone returns a bundle of the same texts. What is added to it, and what it counts as missing, b does not have.
func (b *Bundle) Clone() *Bundle {
	clone := &Bundle{texts: map[string]map[string]*message{}, missing: new(missing)}
	for lang, texts := range b.texts {
		clone.texts[lang] = maps.Clone(texts)
	}
	return clone
}

// Keys are all keys that the bundle has in a language, sorted.
func (b *Bundle) Keys(lang string) []string { return slices.Sorted(maps.Keys(b.texts[lang])) }

// Has reports whether the bundle has a text for the key in the language.
func (b *Bundle) Has(lang, key string) bool { return b.texts[lang][key] != nil }

// Override returns a bundle in which some texts of one language say what a territory says instead; b stays as it is.
// Missing keys of both are counted together. Texts that cannot be read, or whose key b does not have, are left out:
// CheckOverride tells which. An overriding text has no plural forms; for a counting key write the form after the key:
// "directory.places#few".
func (b *Bundle) Override(lang string, texts map[string]string) *Bundle {
	derived := &Bundle{texts: maps.Clone(b.texts), missing: b.missing}
	merged := maps.Clone(b.texts[lang])
	for _, o := range b.overrides(lang, texts) {
		if o.err == nil {
			o.apply(merged)
		}
	}
	derived.texts[lang] = merged
	return derived
}

// CheckOverride tells what Override would leave out, one error a text.
func (b *Bundle) CheckOverride(lang string, texts map[string]string) error {
	var wrong []error
	for _, o := range b.overrides(lang, texts) {
		wrong = append(wrong, o.err)
	}
	return errors.Join(wrong...)
}

// Missing is how often a key or an argument was not there, and which (sorted, the first thousand).
func (b *Bundle) Missing() (count int64, names []string) {
	b.missing.names.Range(func(name, _ any) bool {
		names = append(names, name.(string))
		return true
	})
	slices.Sort(names)
	return b.missing.count.Load(), names
}

// Printer returns what speaks to one reader: the texts of a language (English when the language is not one of ours),
// times in the zone (UTC when nil), money in the currency (ISO 4217).
func (b *Bundle) Printer(lang string, zone *time.Location, currency string) *Printer {
	way, ok := ways[lang]
	if !ok {
		lang, way = "en", ways["en"]
	}
	if zone == nil {
		zone = time.UTC
	}
	return &Printer{lang: lang, way: way, texts: b.texts[lang], missing: b.missing, zone: zone, currency: currency}
}
