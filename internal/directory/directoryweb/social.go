package directoryweb

import (
	"net/http"
	"slices"
	"strings"

	"parvis/internal/directory"
	"parvis/internal/fold"
	"parvis/internal/search"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// socialPage is the directory of the social economy: the same search, over organisations and resources that put people
// first, with the ways in by need and by place.
type socialPage struct {
	placesPage
	Lead    string
	Fresh   bool // nothing was asked yet: the ways in are shown
	Needs   ui.Cards
	Towns   ui.Tags
	Members ui.Link
}

func (room *Room) social(w http.ResponseWriter, r *web.Request) error {
	const path = "/social-economy"
	a := readAsk(r.URL.Query(), r.Words.Zone())
	list, err := room.list(r, a, path, true)
	if err != nil {
		return err
	}
	page := &socialPage{
		placesPage: *list, Lead: r.T("directory.social.lead"),
		Fresh:   a.Words == "" && a.Near == "" && a.Here == nil && !a.narrowed() && a.Page == 1 && a.More == "",
		Members: ui.Link{Href: "/organisations", Text: r.T("directory.organisations.title"), Icon: "building-2"},
	}
	page.Title = r.T("directory.social.title")
	if page.Fresh {
		if err := room.waysIn(r, page, a, path); err != nil {
			return err
		}
	}
	unkept(w, a)
	return r.Render(w, page)
}

// waysIn offers the needs that the social economy serves here, and the parts of the territory where it is.
func (room *Room) waysIn(r *web.Request, page *socialPage, a ask, path string) error {
	query := room.query(r, a)
	query.Social, query.Limit = true, 1
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return err
	}
	for _, c := range socialNeeds(found.Counts[directory.FacetNeed]) {
		page.Needs.Items = append(page.Needs.Items, needCard(r, a.with(directory.FacetNeed, c.Value).href(path), c))
	}
	page.Towns.Label = r.T("directory.social.by-place")
	for _, c := range found.Counts[directory.FacetUnit] {
		page.Towns.Items = append(page.Towns.Items, ui.Chip{Text: room.label(r, directory.FacetUnit, c.Value), Href: a.with(directory.FacetUnit, c.Value).href(path)})
	}
	slices.SortFunc(page.Towns.Items, func(x, y ui.Chip) int { return strings.Compare(fold.Fold(x.Text), fold.Fold(y.Text)) })
	return nil
}

// needCard is a need with how many places help with it.
func needCard(r *web.Request, href string, c search.Count) ui.Card {
	return ui.Card{
		Title: word(r, directory.GroupNeed, c.Value), Href: href, Icon: needIcon(c.Value),
		Text: r.T("directory.home.places", "N", c.N),
	}
}

// socialNeeds are the needs among counts that the social economy serves.
func socialNeeds(counts []search.Count) []search.Count {
	needs := directory.SocialEconomyNeeds()
	return slices.DeleteFunc(slices.Clone(counts), func(c search.Count) bool { return !slices.Contains(needs, c.Value) })
}
