package org

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"

	"parvis/internal/i18n"
)

// Organisation is the authority itself or a partner that answers for places, services or teams.
type Organisation struct {
	ID        string    `yaml:"id"`
	Authority bool      `yaml:"authority"` // the territory itself: one organisation is
	Kind      string    `yaml:"kind"`      // one of OrganisationKinds
	Parent    string    `yaml:"parent"`    // the organisation that it belongs to, empty for none
	Name      i18n.Text `yaml:"name"`
	About     i18n.Text `yaml:"about"`
	Phone     string    `yaml:"phone"`
	Mail      string    `yaml:"mail"`
	Site      string    `yaml:"site"`
	Town      string    `yaml:"town"`   // where its office is, as the gazetteer names it
	Needs     []string  `yaml:"needs"`  // what it is there for, codes of the directory
	Source    string    `yaml:"source"` // "demo" when it was generated
	Teams     []Team    `yaml:"teams"`
}

// Team is a group of people of an organisation who keep certain doors.
type Team struct {
	ID        string    `yaml:"id"`
	Name      i18n.Text `yaml:"name"`
	Doors     []string  `yaml:"doors"`     // of online, counter, near-home, home, phone
	Languages []string  `yaml:"languages"` // that the team speaks
	Hours     string    `yaml:"hours"`     // OpenStreetMap opening_hours
	Phone     string    `yaml:"phone"`
	Mail      string    `yaml:"mail"`
}

// OrganisationKinds are what organisations may be: codes that the directory has for kinds of place.
var OrganisationKinds = []string{"town-hall", "service-centre", "association", "cooperative", "shop", "social-centre",
	"community-hall", "library", "school", "health-centre", "nursing-home", "post", "neighbourhood-committee"}

func (p *Pack) organisations(languages []string, faults *Faults) {
	if _, err := fs.Stat(p.FS, OrganisationsFile); errors.Is(err, fs.ErrNotExist) {
		return
	}
	var all []Organisation
	doc, whole := readYAML(p.FS, OrganisationsFile, &all, faults)
	p.Organisations = all
	if !whole {
		return
	}
	c := checker{document: doc, languages: languages}
	ids := map[string]bool{}
	authority := -1
	for i, o := range all {
		if o.Authority && authority >= 0 {
			c.fault("a second authority", "one organisation with authority: true", i, "authority")
		}
		if o.Authority {
			authority = i
		}
		c.fresh(ids, o.ID, i, "id")
		c.organisation(o, i, all)
		for j, t := range o.Teams {
			c.fresh(ids, t.ID, i, "teams", j, "id")
			c.team(t, i, "teams", j)
		}
	}
	if authority < 0 && len(all) > 0 {
		c.fault("no organisation is the authority", "authority: true for the town hall itself", 0)
	}
}

// Authority gives the organisation that the territory itself is; false where the pack names none.
func (p *Pack) Authority() (Organisation, bool) {
	for _, o := range p.Organisations {
		if o.Authority {
			return o, true
		}
	}
	return Organisation{}, false
}

// fresh notes an id that is no id, or that somebody has already.
func (c checker) fresh(ids map[string]bool, id string, path ...any) {
	switch {
	case !idForm.MatchString(id):
		c.fault(fmt.Sprintf("id %q", id), "small letters, digits and hyphens", path...)
	case ids[id]:
		c.fault(fmt.Sprintf("id %q is there twice", id), "each id once, teams included", path...)
	}
	ids[id] = true
}

func (c checker) organisation(o Organisation, i int, all []Organisation) {
	at := func(field string) []any { return []any{i, field} }
	c.text(o.Name, at("name")...)
	if o.About != nil {
		c.text(o.About, at("about")...)
	}
	c.among(o.Kind, OrganisationKinds, at("kind")...)
	if o.Parent != "" && !slices.ContainsFunc(all, func(p Organisation) bool { return p.ID == o.Parent && p.ID != o.ID }) {
		c.fault(fmt.Sprintf("parent %q is no other organisation", o.Parent), "the id of an organisation of this file", at("parent")...)
	}
	if o.Phone != "" {
		c.phone(o.Phone, at("phone")...)
	}
	if o.Mail != "" {
		c.mail(o.Mail, at("mail")...)
	}
	if o.Site != "" {
		c.site(o.Site, at("site")...)
	}
}

func (c checker) team(t Team, path ...any) {
	at := func(field ...any) []any { return slices.Concat(path, field) }
	c.text(t.Name, at("name")...)
	if len(t.Doors) == 0 {
		c.fault("a team without a door", "doors: the ways in which people meet it", at("doors")...)
	}
	for k, d := range t.Doors {
		c.among(d, doors, at("doors", k)...)
	}
	if t.Hours != "" {
		c.hours(t.Hours, at("hours")...)
	}
	if t.Phone != "" {
		c.phone(t.Phone, at("phone")...)
	}
	if t.Mail != "" {
		c.mail(t.Mail, at("mail")...)
	}
}
