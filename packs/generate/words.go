package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// describe says what a place is, in as many sentences as its model's parts give, and what to bring.
func (m *maker) describe(p *place, d *draw) {
	v := said{town: m.inText(p), n: count(p.equipment, "computer")}
	var own, en []string
	for i, part := range p.model.About {
		if !d.chance(p.model.Chance[i]) {
			continue
		}
		fit := slices.DeleteFunc(slices.Clone(part), func(s sentence) bool {
			return s.needs != "" && !slices.Contains(p.has, s.needs) || strings.Contains(s.own, "{n}") && v.n < 2
		})
		if len(fit) == 0 {
			continue
		}
		s := fit[d.below(len(fit))]
		own, en = append(own, v.own(s.own, m.Lang)), append(en, v.english(s.en))
	}
	if len(own) > 0 {
		p.about, p.aboutEn = joinSentences(m.Lang, own), strings.Join(en, " ")
	}
	if len(p.model.Bring) > 0 && d.chance(p.model.Brings) {
		s := p.model.Bring[d.below(len(p.model.Bring))]
		p.bring, p.bringEn = s.own, s.en
	}
}

// inText is the town that a sentence names: in a French town its own name reads better than the quarter's.
func (m *maker) inText(p *place) string {
	if m.Town != "" && m.Lang == "fr" {
		return m.Town
	}
	return p.spot.name
}

// count is how many of a piece of equipment there are; 0 when nobody said.
func count(equipment []string, code string) int {
	for _, e := range equipment {
		if n, ok := strings.CutPrefix(e, code+":"); ok {
			v, err := strconv.Atoi(n)
			if err == nil {
				return v
			}
		}
	}
	return 0
}

// reach gives a place a phone number of the recipe's range and, to some, a mail address that leads nowhere.
func (m *maker) reach(p *place, d *draw) {
	if p.model.Kind != "online" && d.chance(92) {
		p.phone = m.number(len(m.places) + 1)
	}
	if d.chance(55) {
		p.mail = p.id + "@" + m.Host
	}
}

// number is the nth phone number of the range, its digits in pairs where the country writes them so.
func (m *maker) number(n int) string {
	const stride = 7919 // a prime, so that neighbours have numbers that do not look alike and no two the same
	limit := 1
	for range m.Digits {
		limit *= 10
	}
	digits := fmt.Sprintf("%0*d", m.Digits, n*stride%limit)
	if m.Lang == "fr" {
		return m.Phone + " " + digits[:2] + " " + digits[2:]
	}
	return m.Phone + " " + digits
}

// own gives a place an organisation that bears its name.
func (m *maker) own(p *place) {
	o := organisation{ID: "org-" + p.id, Kind: p.model.OwnKind,
		Name:  map[string]string{m.Lang: p.name, "en": p.nameEn},
		About: map[string]string{m.Lang: p.about, "en": p.aboutEn}}
	p.organisation = o.ID
	m.organisations = append(m.organisations, o)
}
