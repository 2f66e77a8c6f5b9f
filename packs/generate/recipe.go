package main

import (
	"bytes"
	"embed"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"parvis/internal/i18n"
)

//go:embed recipes
var recipes embed.FS

// recipe says what a territory is given. What is shared is in files that it includes.
type recipe struct {
	Territory string            `yaml:"territory"`
	Prefix    string            `yaml:"prefix"` // of ids
	Seed      uint64            `yaml:"seed"`
	Lang      string            `yaml:"lang"` // the language beside English
	Include   []string          `yaml:"include"`
	Phone     string            `yaml:"phone"` // the beginning of every number
	Digits    int               `yaml:"digits"`
	Host      string            `yaml:"host"` // of mail addresses
	Town      string            `yaml:"town"` // when all places are in one
	Postcode  string            `yaml:"postcode"`
	Within    bool              `yaml:"within"` // a place's town is the unit round it
	Spots     spotRule          `yaml:"spots"`
	Others    map[string]int    `yaml:"others"` // weight of spots that have no population, by code
	Local     []local           `yaml:"local"`
	Street    map[string]string `yaml:"street"` // of spots by kind, instead of streets with numbers

	Places        []portion      `yaml:"places"`
	Services      int            `yaml:"services"`
	Beside        beside         `yaml:"beside"`
	Authority     organisation   `yaml:"authority"`
	Organisations []organisation `yaml:"organisations"`

	kitchen `yaml:"-"`
}

// kitchen is what files that are included bring: words, models of places, services.
type kitchen struct {
	Names   []string            `yaml:"names"` // "玉兰|Yulan" where the two languages differ
	Streets []string            `yaml:"streets"`
	Hours   map[string][]string `yaml:"hours"`
	Models  map[string]model    `yaml:"models"`
	Offers  map[string]offer    `yaml:"services"`
}

// spotRule says which towns of the gazetteer, or units, get places, and how far round the point they may stand.
type spotRule struct {
	Kinds  []string `yaml:"kinds"`
	Units  []string `yaml:"units"`
	Codes  string   `yaml:"codes"`
	Spread float64  `yaml:"spread"` // metres
	Even   bool     `yaml:"even"`   // the same spread for all, not wider where more people live
}

// local is a language that is spoken in some spots.
type local struct {
	Code  string   `yaml:"code"`
	Share int      `yaml:"share"`
	Spots []string `yaml:"spots"`
}

type beside struct {
	Places   []portion `yaml:"places"`
	Services int       `yaml:"services"`
}

// portion is how many places of a model there are, and where.
type portion struct {
	Model string   `yaml:"model"`
	Count int      `yaml:"count"`
	Least int      `yaml:"least"` // population of the town
	Most  int      `yaml:"most"`
	Only  []string `yaml:"only"`  // spots by name
	Kinds []string `yaml:"kinds"` // spots by kind
	Once  bool     `yaml:"once"`  // each spot has one
}

type model struct {
	Like       string         `yaml:"like"` // another model, for all that this one does not say
	Kind       string         `yaml:"kind"`
	Nowhere    bool           `yaml:"nowhere"` // online, by phone
	Itinerant  bool           `yaml:"itinerant"`
	Own        int            `yaml:"own"` // per cent that have an organisation of their own
	OwnKind    string         `yaml:"own_kind"`
	Names      []string       `yaml:"names"`
	NamesEn    []string       `yaml:"names_en"`
	Fixed      []fixed        `yaml:"fixed"` // places that are listed one by one
	Hours      []string       `yaml:"hours"`
	Wheelchair map[string]int `yaml:"wheelchair"`
	Equipment  []piece        `yaml:"equipment"`
	Speaks     map[string]int `yaml:"speaks"`
	About      [][]sentence   `yaml:"about"`
	Chance     []int          `yaml:"chance"` // of each part of About
	Bring      []sentence     `yaml:"bring"`
	Brings     int            `yaml:"brings"`
	Ways       []string       `yaml:"ways"` // instead of those of the services
	Offered    []int          `yaml:"offered"`
	Offers     map[string]int `yaml:"offers"`
}

type fixed struct {
	Name    sentence `yaml:"name"`
	About   sentence `yaml:"about"`
	Service string   `yaml:"service"`
}

type offer struct {
	Needs     []string       `yaml:"needs"`
	Also      map[string]int `yaml:"also"`
	Audiences map[string]int `yaml:"audiences"`
	Fee       map[string]int `yaml:"fee"`
	FeeNote   []sentence     `yaml:"fee_note"`
	Ways      map[string]int `yaml:"ways"`
	Entry     map[string]int `yaml:"entry"`
	Capacity  numbers        `yaml:"capacity"` // per cent, from, to
	Own       int            `yaml:"own"`      // per cent with hours of their own
	Hours     []string       `yaml:"hours"`
	Names     []sentence     `yaml:"names"`
	Details   []sentence     `yaml:"details"`
}

// organisation is one that the recipe names; Models are the places that it answers for.
type organisation struct {
	ID     string    `yaml:"id"`
	Kind   string    `yaml:"kind"`
	Name   i18n.Text `yaml:"name"`
	About  i18n.Text `yaml:"about"`
	Needs  []string  `yaml:"needs"`
	Models []string  `yaml:"models"`
	Teams  []team    `yaml:"teams"`
}

type team struct {
	ID        string    `yaml:"id"`
	Name      i18n.Text `yaml:"name"`
	Doors     []string  `yaml:"doors,flow"`
	Languages []string  `yaml:"languages,flow"`
	Hours     string    `yaml:"hours"`
}

// sentence is one thing said in the territory's language and in English: "[computer] ... // ...". Needs is what the
// place must have for it to be said.
type sentence struct{ needs, own, en string }

// UnmarshalYAML reads the short form.
func (s *sentence) UnmarshalYAML(n *yaml.Node) error {
	own, en, ok := strings.Cut(n.Value, " // ")
	if !ok {
		return fmt.Errorf("line %d: %q has no English: \"... // ...\"", n.Line, n.Value)
	}
	if rest, ok := strings.CutPrefix(own, "["); ok {
		s.needs, own, _ = strings.Cut(rest, "] ")
	}
	s.own, s.en = own, en
	return nil
}

// piece is equipment: "computer 90 2 6" is 2 to 6 computers in 90 of 100 places.
type piece struct {
	Code  string   `yaml:"code"`
	Share int      `yaml:"share"`
	From  int      `yaml:"from"`
	To    int      `yaml:"to"`
	Notes []string `yaml:"notes"`
}

// UnmarshalYAML reads the short form, or the fields.
func (p *piece) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.MappingNode {
		type plain piece
		return n.Decode((*plain)(p))
	}
	words := strings.Fields(n.Value)
	if len(words) != 2 && len(words) != 4 {
		return fmt.Errorf("line %d: %q is not \"code share\" or \"code share from to\"", n.Line, n.Value)
	}
	p.Code = words[0]
	for i, to := range []*int{&p.Share, &p.From, &p.To}[:len(words)-1] {
		v, err := strconv.Atoi(words[i+1])
		if err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		*to = v
	}
	return nil
}

// numbers is "30 1 12".
type numbers []int

// UnmarshalYAML reads numbers parted by spaces.
func (v *numbers) UnmarshalYAML(n *yaml.Node) error {
	for word := range strings.FieldsSeq(n.Value) {
		i, err := strconv.Atoi(word)
		if err != nil {
			return fmt.Errorf("line %d: %w", n.Line, err)
		}
		*v = append(*v, i)
	}
	return nil
}

// readRecipe reads a territory's recipe with what it includes. What it says itself wins.
func readRecipe(id string) (*recipe, error) {
	var r recipe
	if err := decode(id+".yaml", &r); err != nil {
		return nil, err
	}
	for _, file := range r.Include {
		var k kitchen
		if err := decode(file, &k); err != nil {
			return nil, err
		}
		r.add(k)
	}
	for name, m := range r.Models {
		if m.Like != "" {
			r.Models[name] = m.over(r.Models[m.Like])
		}
	}
	return &r, r.check()
}

// over gives the model that m is like, with what m says itself.
func (m model) over(base model) model {
	if len(m.Names) > 0 {
		base.Names, base.NamesEn = m.Names, m.NamesEn
	}
	if len(m.About) > 0 {
		base.About, base.Chance = m.About, base.Chance[:min(len(m.About), len(base.Chance))]
	}
	if len(m.Chance) > 0 {
		base.Chance = m.Chance
	}
	if len(m.Hours) > 0 {
		base.Hours = m.Hours
	}
	if len(m.Equipment) > 0 {
		base.Equipment = m.Equipment
	}
	if len(m.Offers) > 0 {
		base.Offers = m.Offers
	}
	return base
}

func decode(file string, into any) error {
	data, err := recipes.ReadFile("recipes/" + file)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}

func (k *kitchen) add(other kitchen) {
	k.Names = append(k.Names, other.Names...)
	k.Streets = append(k.Streets, other.Streets...)
	k.Hours = joined(k.Hours, other.Hours)
	k.Models = joined(k.Models, other.Models)
	k.Offers = joined(k.Offers, other.Offers)
}

// joined gives both; what a has, it keeps.
func joined[V any](a, b map[string]V) map[string]V {
	all := maps.Clone(b)
	if all == nil {
		all = map[string]V{}
	}
	maps.Copy(all, a)
	return all
}

// check sees that everything that is named is there.
func (r *recipe) check() error {
	for _, p := range slices.Concat(r.Places, r.Beside.Places) {
		m, ok := r.Models[p.Model]
		if !ok {
			return fmt.Errorf("no model %q", p.Model)
		}
		if len(m.Names) != len(m.NamesEn) || len(m.About) != len(m.Chance) {
			return fmt.Errorf("model %q: %d names, %d English; %d texts, %d chances", p.Model, len(m.Names), len(m.NamesEn), len(m.About), len(m.Chance))
		}
		for _, h := range m.Hours {
			if len(r.Hours[h]) == 0 {
				return fmt.Errorf("model %q: no hours %q", p.Model, h)
			}
		}
		offers := slices.Collect(maps.Keys(m.Offers))
		for _, f := range m.Fixed {
			offers = append(offers, f.Service)
		}
		for _, o := range offers {
			if s, ok := r.Offers[o]; !ok || len(s.Names) == 0 || len(s.Details) == 0 {
				return fmt.Errorf("model %q: no service %q", p.Model, o)
			}
		}
	}
	return nil
}
