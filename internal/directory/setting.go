package directory

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/nyaruka/phonenumbers"

	"parvis/internal/fold"
	"parvis/internal/geo"
)

// towns finds the gazetteer's town that an address means.
type towns struct {
	byCode map[string]geo.Named
	byName map[string][]geo.Named // by its folded words
}

func newTowns(g *geo.Gazetteer) *towns {
	t := &towns{byCode: map[string]geo.Named{}, byName: map[string][]geo.Named{}}
	for _, named := range g.All() {
		t.byCode[named.Code] = named
		for _, name := range append([]string{named.Name}, named.Names...) {
			key := townKey(name)
			if !slices.ContainsFunc(t.byName[key], func(n geo.Named) bool { return n.Code == named.Code }) {
				t.byName[key] = append(t.byName[key], named)
			}
		}
	}
	return t
}

// shortSaints are how addresses shorten the names of towns.
var shortSaints = map[string]string{"st": "saint", "ste": "sainte"}

// townKey is a town's name as it is compared: folded words, "St" as "Saint", without the number of a district or a
// post office's mark.
func townKey(name string) string {
	words := fold.Words(name)
	for i, word := range words {
		if long := shortSaints[word]; long != "" {
			words[i] = long
		}
	}
	if at := slices.Index(words, "cedex"); at > 0 {
		words = words[:at]
	}
	return strings.Join(words, " ")
}

// find gives the town of a code, else the town of a name: of several with the name the one with the postcode. Nil when
// none is surely meant.
func (t *towns) find(name, postcode, code string) *geo.Named {
	if named, ok := t.byCode[code]; ok && code != "" {
		return &named
	}
	named := t.byName[townKey(name)]
	for i := range named {
		if postcode != "" && slices.Contains(named[i].Postcodes, postcode) {
			return &named[i]
		}
	}
	if len(named) == 1 && (postcode == "" || len(named[0].Postcodes) == 0 || sameArea(named[0].Postcodes, postcode)) {
		return &named[0]
	}
	return nil
}

// sameArea reports whether a postcode is of the area of others: a town has more of them than lists tell.
func sameArea(postcodes []string, postcode string) bool {
	return slices.ContainsFunc(postcodes, func(p string) bool {
		return len(p) >= 2 && len(postcode) >= 2 && p[:2] == postcode[:2]
	})
}

// unit is the code of the administrative unit that an address lies in: the given code, the town's, or that of the unit
// which is called as the town is. Empty when none is known.
func (s Setting) unit(code, name string, town *geo.Named) string {
	codes := nonEmpty(code)
	if town != nil {
		codes = append(codes, town.Code)
	}
	for _, u := range s.Units {
		if slices.Contains(codes, u.Code) {
			return u.Code
		}
	}
	key := townKey(name)
	for _, u := range s.Units {
		for _, called := range u.Name {
			if key != "" && townKey(called) == key {
				return u.Code
			}
		}
	}
	return ""
}

// country is the territory's country, or another when it does not say.
func (s Setting) country(other string) string {
	if s.Country == "" {
		return other
	}
	return s.Country
}

// phoneExample is a phone number of a country as it is written there.
func phoneExample(country string) string {
	example := phonenumbers.GetExampleNumber(country)
	if example == nil {
		return "+33 3 53 01 00 12"
	}
	return phonenumbers.Format(example, phonenumbers.INTERNATIONAL)
}

// smallWords stay small inside the name of a town.
var smallWords = []string{"de", "du", "des", "la", "le", "les", "sur", "sous", "en", "et", "aux", "au", "d", "l", "lès"}

// calmer writes a name that is all in capitals as names are written ("SAINT-JEAN-DE-LUZ" is "Saint-Jean-de-Luz").
func calmer(name string) string {
	if name != strings.ToUpper(name) || name == strings.ToLower(name) {
		return name
	}
	var b strings.Builder
	lower := strings.ToLower(name)
	for i := 0; i < len(lower); {
		end := i
		for end < len(lower) {
			r, size := utf8.DecodeRuneInString(lower[end:])
			if !unicode.IsLetter(r) {
				break
			}
			end += size
		}
		if word := lower[i:end]; word != "" {
			if i > 0 && slices.Contains(smallWords, word) {
				b.WriteString(word)
			} else {
				first, size := utf8.DecodeRuneInString(word)
				b.WriteRune(unicode.ToUpper(first))
				b.WriteString(word[size:])
			}
			i = end
			continue
		}
		_, size := utf8.DecodeRuneInString(lower[i:])
		b.WriteString(lower[i : i+size])
		i += size
	}
	return b.String()
}
