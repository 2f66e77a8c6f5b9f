package searchtest

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"parvis/internal/geo"
	"parvis/internal/search"
)

// Weights of the fields, as a directory gives them.
const (
	weightName     = 8
	weightKind     = 4
	weightTown     = 4
	weightServices = 3
	weightAddress  = 1.5
	weightAbout    = 1
)

// Places makes n documents.
func Places(n int, seed uint64) []search.Doc {
	r := rand.New(rand.NewPCG(seed, 1))
	names := 200 + n/12 // how many family names, towns and quarters there are grows with the places
	docs := make([]search.Doc, n)
	for i := range docs {
		docs[i] = place(r, i, names)
	}
	return docs
}

func draw(r *rand.Rand) *language {
	at := r.IntN(100)
	for _, l := range languages {
		if at -= l.share; at < 0 {
			return l
		}
	}
	return languages[0]
}

func place(r *rand.Rand, i, names int) search.Doc {
	l := draw(r)
	kind := r.IntN(len(kinds))
	town := l.town(skewed(r, names/8+20))
	name := l.kinds[kind]
	if r.IntN(12) > 0 {
		name = l.join(name, l.fill(r, pick(r, l.named), town, names))
	}
	if l == &chinese {
		name = l.fill(r, pick(r, l.named), town, names) + l.kinds[kind]
	}
	address := l.fill(r, pick(r, l.streets), town, names)
	if l.tight {
		address += fmt.Sprintf("%d号", 1+skewed(r, 900))
	} else {
		address = fmt.Sprintf("%d %s", 1+skewed(r, 200), address)
	}
	var services []string
	for range 1 + r.IntN(5) {
		services = append(services, l.services[skewed(r, len(l.services))])
	}
	about := make([]string, 4+r.IntN(8))
	for k := range about {
		about[k] = pick(r, l.filling)
	}
	point := geo.Point{Lat: l.lat + r.NormFloat64()*0.15, Lon: l.lon + r.NormFloat64()*0.2}
	doc := search.Doc{
		ID: fmt.Sprintf("0199%04x-%04x-7%03x-8%03x-%012x", i>>16, i&0xffff, r.IntN(4096), r.IntN(4096), r.Uint64()>>16),
		Fields: []search.Field{
			{Name: "name", Text: name, Weight: weightName},
			{Name: "kind", Text: l.kinds[kind], Weight: weightKind},
			{Name: "town", Text: town, Weight: weightTown},
			{Name: "services", Text: strings.Join(services, "; "), Weight: weightServices},
			{Name: "address", Text: address, Weight: weightAddress},
			{Name: "about", Text: strings.Join(about, l.gap()), Weight: weightAbout},
		},
		Point:  &point,
		Facets: facets(r, l, kind, town),
		Tag:    uint32(i),
	}
	return doc
}

func (l *language) gap() string {
	if l.tight {
		return ""
	}
	return " "
}

func (l *language) join(parts ...string) string { return strings.Join(parts, l.gap()) }

// fill puts made-up names in the places of a pattern.
func (l *language) fill(r *rand.Rand, pattern, town string, names int) string {
	for _, blank := range []string{"%p", "%t", "%q", "%n"} {
		if !strings.Contains(pattern, blank) {
			continue
		}
		var with string
		switch blank {
		case "%p":
			with = l.join(pick(r, l.first), l.made(skewed(r, names), 11))
		case "%t":
			with = town
		case "%q":
			with = l.made(skewed(r, names/2), 13)
		default:
			with = fmt.Sprint(1 + r.IntN(200))
		}
		pattern = strings.Replace(pattern, blank, with, 1)
	}
	return pattern
}

func (l *language) town(number int) string { return l.made(number, 7) }

// made is the number-th made-up name of a sort.
func (l *language) made(number int, sort uint64) string {
	r := rand.New(rand.NewPCG(uint64(number), sort))
	n := 2 + r.IntN(2)
	parts := make([]string, n)
	for i := range parts {
		parts[i] = pick(r, l.parts)
	}
	if l == &vietnamese {
		return strings.Join(parts, " ")
	}
	name := strings.Join(parts, "")
	if l != &chinese {
		first, size := utf8.DecodeRuneInString(name)
		name = string(unicode.ToUpper(first)) + strings.ToLower(name[size:])
	}
	if l == &french && r.IntN(6) == 0 {
		name = "Saint-" + name
	}
	return name
}

var (
	needs     = strings.Fields("digital-first-steps digital-everyday online-forms internet-access computer-access civil-status residence social-rights health-insurance health disability elder-care home-help meals housing energy-bills food clothing debt money tax job training business-creation transport childcare school youth family violence legal-help land merit-benefits volunteering culture-sport environment repair-reuse complaints marriage migration-language")
	audiences = strings.Fields("everyone adults young older families women disabled job-seekers migrants low-income merit carers")
	ways      = strings.Fields("online counter near-home home phone")
	equipment = strings.Fields("computer printer scanner connection wifi tablet hearing-loop kiosk")
	spoken    = strings.Fields("fr en vi ro zh ar tr uk es pt ctu")
)

func facets(r *rand.Rand, l *language, kind int, town string) map[string][]string {
	return map[string][]string{
		"need": several(r, needs, 5), "audience": several(r, audiences, 3), "way": several(r, ways, 2), "equipment": several(r, equipment, 4),
		"spoken": append(several(r, spoken, 1), l.code), "kind": {kinds[kind]}, "unit": {town},
		"fee": {pick(r, []string{"free", "free", "free", "conditional", "paid", "unknown"})}, "wheelchair": {pick(r, []string{"yes", "yes", "partly", "no", "unknown"})},
	}
}

func several(r *rand.Rand, all []string, most int) []string {
	var some []string
	for range 1 + r.IntN(most) {
		if v := all[skewed(r, len(all))]; !slices.Contains(some, v) {
			some = append(some, v)
		}
	}
	return some
}
