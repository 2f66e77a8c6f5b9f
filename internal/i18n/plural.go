package i18n

import (
	"strconv"
	"sync"

	goi18n "github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"
)

// small is how many counts have their form looked up once and kept.
const small = 1001

// pluralRules ask go-i18n which form a count takes, through a message whose forms are their own names.
type pluralRules struct {
	localizer *goi18n.Localizer
	kept      [small]uint8
}

var rules = sync.OnceValue(func() map[string]*pluralRules {
	bundle := goi18n.NewBundle(language.English)
	probe := &goi18n.Message{ID: "form", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	all := map[string]*pluralRules{}
	for _, lang := range Languages {
		bundle.MustAddMessages(language.MustParse(lang), probe)
	}
	for _, lang := range Languages {
		r := &pluralRules{localizer: goi18n.NewLocalizer(bundle, lang)}
		for n := range small {
			r.kept[n] = uint8(r.ask(n))
		}
		all[lang] = r
	}
	return all
})

func (r *pluralRules) ask(count any) int {
	form, err := r.localizer.Localize(&goi18n.LocalizeConfig{MessageID: "form", PluralCount: count})
	if i := formIndex(form); err == nil && i > zeroForm {
		return i
	}
	return otherForm
}

// pluralForm is the form that a count takes in a language. A count is an integer of any size, a float, or a text of
// digits as it is shown ("1.50" differs from "1.5" in some languages).
func pluralForm(lang string, count any) int {
	r := rules()[lang]
	if r == nil {
		return otherForm
	}
	n, whole := integer(count)
	switch {
	case whole && n >= 0 && n < small:
		return int(r.kept[n])
	case whole:
		return r.ask(n)
	}
	switch count := count.(type) {
	case float64:
		return r.ask(strconv.FormatFloat(count, 'f', -1, 64))
	case float32:
		return r.ask(strconv.FormatFloat(float64(count), 'f', -1, 32))
	case string:
		return r.ask(count)
	}
	return otherForm
}

// integer gives the value of any whole number.
func integer(n any) (int64, bool) {
	switch n := n.(type) {
	case int:
		return int64(n), true
	case int64:
		return n, true
	case int32:
		return int64(n), true
	case int16:
		return int64(n), true
	case int8:
		return int64(n), true
	case uint:
		return int64(n), true
	case uint64:
		return int64(n), true
	case uint32:
		return int64(n), true
	case uint16:
		return int64(n), true
	case uint8:
		return int64(n), true
	case float64:
		return int64(n), n == float64(int64(n))
	}
	return 0, false
}

func isZero(n any) bool {
	v, ok := integer(n)
	return ok && v == 0
}
