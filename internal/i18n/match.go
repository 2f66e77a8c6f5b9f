package i18n

import (
	"strings"
	"sync"

	"golang.org/x/text/language"
)

const acceptLimit = 300 // characters of the header that are read; browsers send less than half

var matchers sync.Map // offered languages, joined -> language.Matcher; as many as territories

// writtenAs are spoken languages whose speakers read another one.
var writtenAs = map[string]string{"yue": "zh", "wuu": "zh", "hak": "zh", "nan": "zh", "gan": "zh", "hsn": "zh"}

// Match picks the language for an Accept-Language header (or a bare code) from the offered ones; the first offered
// when none suits. A close relative counts: any Chinese for zh, Moldavian for ro.
func Match(accept string, offered []string) string {
	if len(offered) == 0 {
		return ""
	}
	if len(accept) > acceptLimit {
		accept = accept[:strings.LastIndexByte(accept[:acceptLimit], ',')+1]
		accept = strings.TrimSuffix(accept, ",")
	}
	asked, _, err := language.ParseAcceptLanguage(accept)
	if err != nil || len(asked) == 0 {
		return offered[0]
	}
	for _, tag := range asked { // the matcher's distances would put zh-TW behind a weak second choice
		base, _ := tag.Base()
		if written := writtenAs[base.String()]; written != "" {
			base = language.MustParseBase(written)
		}
		for _, o := range offered {
			if b, _ := language.Make(o).Base(); b == base {
				return o
			}
		}
	}
	_, i, confidence := matcher(offered).Match(asked...)
	if confidence == language.No {
		return offered[0]
	}
	return offered[i]
}

func matcher(offered []string) language.Matcher {
	key := strings.Join(offered, ",")
	if m, ok := matchers.Load(key); ok {
		return m.(language.Matcher)
	}
	tags := make([]language.Tag, len(offered))
	for i, o := range offered {
		tags[i] = language.Make(o)
	}
	m, _ := matchers.LoadOrStore(key, language.NewMatcher(tags))
	return m.(language.Matcher)
}
