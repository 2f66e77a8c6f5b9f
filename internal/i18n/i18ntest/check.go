// Package i18ntest holds catalogues to what i18n promises. Each package that has catalogues calls Check in one test.
package i18ntest

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"

	"parvis/internal/i18n"
)

// forms are the plural forms that a counting text needs in each language (CLDR, whole numbers).
var forms = map[string][]string{
	"en": {"one", "other"},
	"fr": {"many", "one", "other"},
	"ro": {"few", "one", "other"},
	"vi": {"other"},
	"zh": {"other"},
}

// Check reads locales/{en,fr,ro,vi,zh}.json in fsys and fails the test when the languages do not have the same keys
// with the same arguments, when a text is empty, when a counting text lacks a plural form or has one too many, or when
// a French text has a breaking space where it must not break.
func Check(t testing.TB, fsys fs.FS) {
	t.Helper()
	for _, fault := range Faults(fsys) {
		t.Error(fault)
	}
}

// Faults is what Check finds, sorted.
func Faults(fsys fs.FS) []string {
	if err := i18n.NewBundle().Add(fsys); err != nil && !strings.Contains(err.Error(), "another catalogue") {
		return []string{err.Error()}
	}
	var faults []string
	all := map[string]catalogue{}
	for _, lang := range i18n.Languages {
		c, err := read(fsys, lang)
		if err != nil {
			return []string{err.Error()}
		}
		all[lang] = c
	}
	for _, lang := range i18n.Languages {
		for key, text := range all[lang] {
			for _, fault := range checkText(lang, key, text, all["en"]) {
				faults = append(faults, fmt.Sprintf("locales/%s.json: %s: %s", lang, key, fault))
			}
		}
		for key := range all["en"] {
			if _, ok := all[lang][key]; !ok {
				faults = append(faults, fmt.Sprintf("locales/%s.json: %s: is missing", lang, key))
			}
		}
	}
	slices.Sort(faults)
	return faults
}

// catalogue is key -> form -> text; a text that does not count has the form "".
type catalogue map[string]map[string]string

func read(fsys fs.FS, lang string) (catalogue, error) {
	data, err := fs.ReadFile(fsys, "locales/"+lang+".json")
	if err != nil {
		return nil, err
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		return nil, fmt.Errorf("locales/%s.json: %w", lang, err)
	}
	c := catalogue{}
	for key, value := range raw {
		c[key] = map[string]string{}
		switch value := value.(type) {
		case string:
			c[key][""] = value
		case map[string]any:
			for form, text := range value {
				c[key][form], _ = text.(string)
			}
		}
	}
	return c, nil
}

func checkText(lang, key string, text map[string]string, english catalogue) []string {
	model, ok := english[key]
	if !ok {
		return []string{"is not in locales/en.json"}
	}
	var faults []string
	_, zero := text["=0"]
	_, modelZero := model["=0"]
	_, single := text[""]
	_, modelSingle := model[""]
	switch {
	case single != modelSingle:
		return []string{"counts in one language and not in English, or the other way round"}
	case zero != modelZero:
		faults = append(faults, "has the form =0 in one language and not in English, or the other way round")
	}
	if !single {
		faults = append(faults, checkForms(lang, text)...)
	}
	want := arguments(strings.Join(slices.Collect(maps.Values(model)), " "))
	if got := arguments(strings.Join(slices.Collect(maps.Values(text)), " ")); got != want {
		faults = append(faults, fmt.Sprintf("has the arguments [%s], English has [%s]", got, want))
	}
	for form, words := range text {
		if strings.TrimSpace(words) != words {
			faults = append(faults, "begins or ends with a space: "+form)
		}
		if found := frenchSpace.FindString(words); lang == "fr" && found != "" {
			faults = append(faults, fmt.Sprintf("%q needs a narrow no-break space (U+202F)", found))
		}
	}
	return faults
}

// frenchSpace finds double punctuation after a letter, a digit, an argument or a breaking or wide space.
var frenchSpace = regexp.MustCompile(`(?:^|[\p{L}\p{N}\x{7d} \x{a0}])[;!?](?:\s|$)|[\p{L}\p{N}\x{7d} \x{a0}]:(?:\s|$)|«[^\x{202f}]|[^\x{202f}]»`)

func checkForms(lang string, text map[string]string) []string {
	var faults []string
	got := slices.DeleteFunc(slices.Sorted(maps.Keys(text)), func(form string) bool { return form == "=0" })
	if !slices.Equal(got, forms[lang]) {
		faults = append(faults, fmt.Sprintf("has the forms %v, this language needs %v", got, forms[lang]))
	}
	if strings.Contains(text["other"], "{{.N}}") {
		for form, words := range text {
			if exact := form == "=0" || form == "one" && lang != "fr"; !exact && !strings.Contains(words, "{{.N}}") {
				faults = append(faults, fmt.Sprintf("the form %q covers several numbers and does not say {{.N}}", form))
			}
		}
	}
	return faults
}

var argument = regexp.MustCompile(`{{\s*\.(\w+)\s*}}`)

func arguments(text string) string {
	var names []string
	for _, match := range argument.FindAllStringSubmatch(text, -1) {
		names = append(names, match[1])
	}
	slices.Sort(names)
	return strings.Join(slices.Compact(names), " ")
}
