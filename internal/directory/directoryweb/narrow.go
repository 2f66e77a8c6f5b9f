package directoryweb

import (
	"slices"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/fold"
	"parvis/internal/search"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// shownValues is how many values of a facet are offered at first; those chosen always are, the others a link away.
const shownValues = 5

// narrow is the form that narrows a list.
func (room *Room) narrow(r *web.Request, a ask, found *directory.Result, path string, social bool, chosen int) ui.Filters {
	return ui.Filters{
		Title: r.T("directory.search.filters"), Action: path, Hidden: carried(a, true), Open: a.AtWrong || a.More != "", Chosen: chosen,
		Groups: append([]ui.FilterGroup{when(r, a, found)}, room.filters(r, a, found, path, social)...),
		Apply:  ui.Button{Text: r.T("directory.search.apply"), Main: true, Wide: true},
	}
}

// when is the choice of an hour.
func when(r *web.Request, a ask, found *directory.Result) ui.FilterGroup {
	now := ui.FilterOption{Value: "now", Text: r.T("directory.search.open-now"), Checked: a.Open == "now", Count: found.OpenCount}
	if a.Open == "at" || found.Total == 0 {
		now.Count = -1 // they were counted at another hour, or not at all
	}
	label := ui.Label{Words: r.Words, Name: "at", Label: r.T("directory.search.open-at"), Optional: true}
	at := ui.Field{Label: label, Type: "datetime-local", Value: a.AtText}
	if a.AtWrong {
		at.Error = r.T("directory.search.open-at-wrong", "Example", found.At.Format(atLayout))
		at.Type = "text" // a browser shows nothing of a date that is none; what was typed stays
	}
	return ui.FilterGroup{Words: r.Words, Name: "open", Label: r.T("directory.search.when"), Open: a.Open != "" || a.AtWrong,
		Options: []ui.FilterOption{now}, Ask: &at}
}

// filters are the groups that narrow the list, each value with how many places it would leave. In the social economy the
// needs are its own.
func (room *Room) filters(r *web.Request, a ask, found *directory.Result, path string, social bool) []ui.FilterGroup {
	groups := make([]ui.FilterGroup, 0, len(facets))
	for _, facet := range facets {
		counts, shown := found.Counts[facet], shownValues
		if social && facet == directory.FacetNeed {
			counts = socialNeeds(counts)
			shown = len(counts)
		}
		group := ui.FilterGroup{Words: r.Words, Name: facet, Label: r.T("directory.search." + facet), Open: a.More == facet}
		all := room.options(r, facet, counts, a.Chosen[facet], found.Total)
		group.Options = all
		if a.More == facet {
			slices.SortStableFunc(group.Options, func(x, y ui.FilterOption) int { return strings.Compare(fold.Fold(x.Text), fold.Fold(y.Text)) })
		} else if group.Options = firstOptions(all, shown); len(group.Options) < len(all) {
			group.More = &ui.Link{Href: a.unfolded(facet).href(path), Text: r.T("directory.search.more", "N", len(all))}
		}
		groups = append(groups, group)
	}
	return groups
}

// options are a facet's values in words, those chosen among them even where they would leave nothing. That something is
// not known is no choice, and what all places have narrows nothing.
func (room *Room) options(r *web.Request, facet string, counts []search.Count, chosen []string, total int) []ui.FilterOption {
	options := make([]ui.FilterOption, 0, len(counts))
	for _, count := range withChosen(counts, chosen) {
		ticked := slices.Contains(chosen, count.Value)
		if !ticked && (count.Value == "unknown" || len(chosen) == 0 && count.N == total) {
			continue
		}
		options = append(options, ui.FilterOption{Value: count.Value, Text: room.label(r, facet, count.Value), Count: count.N, Checked: ticked})
	}
	return options
}

// firstOptions are those that are offered at first: the most frequent, and every one that is ticked.
func firstOptions(all []ui.FilterOption, shown int) []ui.FilterOption {
	var first []ui.FilterOption
	for i, option := range all {
		if i < shown || option.Checked {
			first = append(first, option)
		}
	}
	if len(all) <= len(first)+1 {
		return all // a link would take the place of the one value that it leads to
	}
	return first
}

// withChosen adds to the counts what was chosen and would leave nothing.
func withChosen(counts []search.Count, chosen []string) []search.Count {
	for _, value := range chosen {
		if !slices.ContainsFunc(counts, func(c search.Count) bool { return c.Value == value }) {
			counts = append(counts[:len(counts):len(counts)], search.Count{Value: value})
		}
	}
	return counts
}

// label is a facet's value in words.
func (room *Room) label(r *web.Request, facet, value string) string {
	switch facet {
	case directory.FacetSpoken:
		return r.Words.Sentence(r.Words.LanguageName(value))
	case directory.FacetUnit:
		if unit, ok := room.pack.Unit(value); ok {
			return name(r, unit.Name)
		}
		return value
	}
	return word(r, directory.Group(facet), value)
}

// active are the choices made, each with the way to take it back, and when there are several the way to take back all.
func (room *Room) active(r *web.Request, a ask, path string) (ui.Tags, *ui.Link) {
	tags := ui.Tags{Label: r.T("directory.search.active")}
	add := func(text string, without ask) {
		tags.Items = append(tags.Items, ui.Chip{Text: text, Href: without.href(path), Remove: r.T("directory.search.remove", "Name", text)})
	}
	if a.Here != nil {
		add(r.T("directory.search.here"), a.elsewhere())
	}
	if a.Box != nil {
		add(r.T("directory.search.area"), a.anywhere())
	}
	switch a.Open {
	case "now":
		add(r.T("directory.search.open-now"), a.anyTime())
	case "at":
		add(r.Words.DateTime(a.At), a.anyTime())
	}
	for _, facet := range facets {
		for _, value := range a.Chosen[facet] {
			add(room.label(r, facet, value), a.without(facet, value))
		}
	}
	if len(tags.Items) < 2 {
		return tags, nil
	}
	return tags, &ui.Link{Href: a.bare().href(path), Text: r.T("directory.search.clear")}
}
