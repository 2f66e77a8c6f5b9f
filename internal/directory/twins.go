package directory

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode"

	"parvis/internal/fold"
	"parvis/internal/geo"
)

// Verdict says whether two records are one place in life.
type Verdict string

// The verdicts.
const (
	Match   Verdict = "match"  // they are
	Unsure  Verdict = "unsure" // a person has to look
	NoMatch Verdict = "none"   // they are not, or nothing says that they are
)

// Sign is one thing that speaks for or against two records being one place.
type Sign string

// What speaks for it.
const (
	SameName     Sign = "same-name"
	AlikeName    Sign = "alike-name" // one name is within the other, or most words are the same
	SameAddress  Sign = "same-address"
	SameSpot     Sign = "same-spot" // within 50 metres
	Near         Sign = "near"      // within 300 metres
	SamePhone    Sign = "same-phone"
	SameMail     Sign = "same-mail"
	SameSite     Sign = "same-site"
	SameRegister Sign = "same-register"
)

// What speaks against it.
const (
	OtherName     Sign = "other-name"
	OtherNumber   Sign = "other-number" // of the house in the same street
	OtherRegister Sign = "other-register"
	OtherTown     Sign = "other-town"
	Far           Sign = "far"         // a kilometre or more
	SameSource    Sign = "same-source" // one register lists both
)

// How far is near, in metres.
const (
	spotMetres = 50
	nearMetres = 300
	farMetres  = 1000
)

// Likeness is how alike two records are, and why.
type Likeness struct {
	Verdict Verdict
	For     []Sign
	Against []Sign
	Metres  float64 // between their points; negative where one has none of its own
}

func (l *Likeness) has(s Sign) bool {
	return slices.Contains(l.For, s) || slices.Contains(l.Against, s)
}

// looks is what of a record is compared with others.
type looks struct {
	id, source               string
	names                    [][]string // the words of its name in each language
	street                   []string   // the words of its street, without its number
	number                   string
	postcode, town, register string
	phones, mails, sites     []string
	point                    *geo.Point // nil when it has none of its own
}

// looksOf prepares a record to be compared.
func looksOf(p *Place) *looks {
	l := &looks{id: p.ID, source: p.Source.Name, postcode: digits(p.Address.Postcode), town: fold.Fold(p.Address.Town), register: registerKey(p.Register)}
	for _, lang := range slices.Sorted(maps.Keys(p.Name)) {
		if words := nameWords(p.Name[lang], l.town); len(words) > 0 {
			l.names = append(l.names, words)
		}
	}
	l.number, l.street = streetWords(p.Address.Street)
	for _, phone := range p.Contact.Phones {
		l.phones = append(l.phones, phone.Number)
	}
	for _, mail := range p.Contact.Mails {
		l.mails = append(l.mails, strings.ToLower(mail))
	}
	for _, site := range p.Contact.Sites {
		l.sites = append(l.sites, siteKey(site))
	}
	if p.Point != nil && !p.Approximate {
		l.point = p.Point
	}
	return l
}

// registerKey is a number of a register as it is compared: without the spaces and dots that people put between.
func registerKey(register string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToUpper(r)
		}
		return -1
	}, register)
}

// siteKey is a site as it is compared: host and path.
func siteKey(site string) string {
	u, err := url.Parse(site)
	if err != nil {
		return site
	}
	return strings.TrimPrefix(u.Host, "www.") + strings.TrimSuffix(u.Path, "/")
}

// idle are words that tell no place from another.
var idle = wordSet("de du des d la le les l et a au aux en sur the of and at in cu din la si al ale pe")

// shortened are words of addresses as they are often written.
var shortened = map[string]string{"av": "avenue", "ave": "avenue", "bd": "boulevard", "bld": "boulevard", "boul": "boulevard", "pl": "place",
	"r": "rue", "st": "saint", "ste": "sainte", "chem": "chemin", "che": "chemin", "ch": "chemin", "rte": "route", "imp": "impasse",
	"all": "allee", "fg": "faubourg", "fbg": "faubourg", "sq": "square", "str": "strada", "bdul": "boulevard", "dr": "docteur",
	"gal": "general", "mal": "marechal", "pdt": "president"}

func wordSet(text string) map[string]bool {
	set := map[string]bool{}
	for _, word := range strings.Fields(text) {
		set[word] = true
	}
	return set
}

// wordsOf are the folded words of a text, without those that tell nothing.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(fold.Fold(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	return slices.DeleteFunc(words, func(w string) bool { return idle[w] })
}

// nameWords are the words of a name, each once, in order. Its town is left out where more is said: everything there has it.
func nameWords(name, town string) []string {
	words := wordsOf(name)
	for i, w := range words {
		if long, ok := shortened[w]; ok && len(w) > 1 {
			words[i] = long
		}
	}
	of := wordSet(strings.Join(wordsOf(town), " "))
	own := slices.DeleteFunc(slices.Clone(words), func(w string) bool { return of[w] })
	if len(own) > 0 {
		words = own
	}
	slices.Sort(words)
	return slices.Compact(words)
}

// furtherDoors stand after a house's number.
var furtherDoors = []string{"bis", "ter", "quater", "b", "c", "d"}

// streetWords parts a street into its number ("12 bis") and its other words, in order.
func streetWords(street string) (number string, words []string) {
	for _, w := range wordsOf(street) {
		switch {
		case unicode.IsDigit(rune(w[0])) && number == "" && len(words) == 0:
			number = w
		case slices.Contains(furtherDoors, w) && number != "" && len(words) == 0:
			number += w[:1]
		default:
			if long, ok := shortened[w]; ok {
				w = long
			}
			words = append(words, w)
		}
	}
	number = strings.NewReplacer("bis", "b", "ter", "t").Replace(number)
	slices.Sort(words)
	return number, slices.Compact(words)
}

// compare says how alike two records are. It is the same whichever comes first.
func compare(a, b *looks) Likeness {
	l := Likeness{Metres: -1}
	l.compareNames(a, b)
	l.compareGround(a, b)
	for _, one := range []struct {
		sign Sign
		a, b []string
	}{{SamePhone, a.phones, b.phones}, {SameMail, a.mails, b.mails}, {SameSite, a.sites, b.sites}} {
		if slices.ContainsFunc(one.a, func(s string) bool { return slices.Contains(one.b, s) }) {
			l.For = append(l.For, one.sign)
		}
	}
	switch {
	case a.register == "" || b.register == "":
	case a.register == b.register:
		l.For = append(l.For, SameRegister)
	default:
		l.Against = append(l.Against, OtherRegister)
	}
	if a.source != "" && a.source == b.source {
		l.Against = append(l.Against, SameSource)
	}
	l.Verdict = l.verdict()
	return l
}

// compareNames takes the two languages in which the names are most alike.
func (l *Likeness) compareNames(a, b *looks) {
	best := OtherName
	for _, one := range a.names {
		for _, other := range b.names {
			switch alike := namesAlike(one, other); {
			case alike == SameName:
				best = SameName
			case alike == AlikeName && best == OtherName:
				best = AlikeName
			}
		}
	}
	if best == OtherName {
		l.Against = append(l.Against, best)
		return
	}
	l.For = append(l.For, best)
}

// namesAlike compares the words of two names: all the same, most of them or all of one within the other, or neither.
// Numbers are the same or they are not: "Collège 1" is not "Collège 2".
func namesAlike(a, b []string) Sign {
	if len(a) > len(b) {
		a, b = b, a
	}
	shared := 0
	left := slices.Clone(b)
	for _, word := range a {
		if at := slices.IndexFunc(left, func(other string) bool { return sameWord(word, other) }); at >= 0 {
			left = slices.Delete(left, at, at+1)
			shared++
		} else if unicode.IsDigit(rune(word[0])) {
			return OtherName
		}
	}
	switch {
	case shared == len(a) && shared == len(b):
		return SameName
	case shared >= 2 && shared == len(a), 5*shared >= 3*(len(a)+len(b)-shared):
		return AlikeName
	}
	return OtherName
}

// sameWord reports whether two folded words are one, but for a slip of the pen.
func sameWord(a, b string) bool {
	if a == b {
		return true
	}
	if unicode.IsDigit(rune(a[0])) || unicode.IsDigit(rune(b[0])) {
		return false
	}
	most := min(fold.Mistakes(a), fold.Mistakes(b))
	return most > 0 && a[0] == b[0] && fold.Distance(a, b) <= min(most, 1)
}

// compareGround tells whether two records stand on the same ground.
func (l *Likeness) compareGround(a, b *looks) {
	town := a.town != "" && a.town == b.town || a.postcode != "" && a.postcode == b.postcode
	street := town && len(a.street) > 0 && slices.Equal(a.street, b.street)
	switch {
	case street && a.number == b.number:
		l.For = append(l.For, SameAddress)
	case street && a.number != "" && b.number != "":
		l.Against = append(l.Against, OtherNumber)
	}
	if a.point == nil || b.point == nil {
		if !town && a.town != "" && b.town != "" {
			l.Against = append(l.Against, OtherTown)
		}
		return
	}
	switch l.Metres = geo.Distance(*a.point, *b.point); {
	case l.Metres <= spotMetres:
		l.For = append(l.For, SameSpot)
	case l.Metres <= nearMetres:
		l.For = append(l.For, Near)
	case l.Metres >= farMetres:
		l.Against = append(l.Against, Far)
	}
}

// verdict weighs what was found. Sure is only: the same name at the same address, house number and all, with a phone number,
// a mail address, a site or a register's number in common, in two registers, and nothing that speaks against it.
func (l *Likeness) verdict() Verdict {
	known := 0 // ways in which both are known to others
	for _, s := range []Sign{SamePhone, SameMail, SameSite, SameRegister} {
		if l.has(s) {
			known++
		}
	}
	spot := l.has(SameAddress) || l.has(SameSpot)
	named := l.has(SameName) || l.has(AlikeName)
	switch {
	case l.has(Far), l.has(OtherTown):
		return NoMatch
	case l.has(SameName) && l.has(SameAddress) && known > 0 && len(l.Against) == 0:
		return Match
	case named && (spot || known > 0) && !l.has(OtherNumber) && !l.has(OtherRegister),
		l.has(SameName) && l.has(Near),
		spot && l.has(SameRegister),
		spot && known > 1:
		return Unsure
	}
	return NoMatch
}
