package directoryweb

import (
	"net/http"
	"strconv"

	"parvis/internal/directory"
	"parvis/internal/geo"
	"parvis/internal/search"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// perPage is how many places one page of a list shows.
const perPage = 20

// placesPage is a list of places with what narrows it, and the same places on a drawn map.
type placesPage struct {
	ui.Page
	Path    string // where the filters lead
	Search  ui.SearchBox
	Hidden  []ui.Hidden // what the filters' form carries along
	When    whenView
	Filters []ui.FilterGroup
	Apply   ui.Button
	Active  ui.Tags
	Clear   *ui.Link
	Notices []ui.Notice
	Total   int
	Views   []ui.Button
	Results []resultView
	Map     ui.Map
	Live    *liveMap
	Pages   ui.Pagination
	Empty   *ui.Empty
	Nearest []resultView
}

// resultView is one place of a list.
type resultView struct {
	ID   string
	Card ui.Card
}

// whenView asks when a place should be open.
type whenView struct {
	Label    string
	Open     bool // unfolded
	Any, Now ui.FilterOption
	At       ui.Field
}

// liveMap is what the moving map needs to start, for a script.
type liveMap struct {
	Data   string // address of the places, as GeoJSON
	Tiles  string
	Centre string
	Zoom   string
	Base   Base
	Script string
	Worker string
	Start  ui.Button
}

var (
	_ = ui.Parse[placesPage](files, "templates/places.html", "templates/parts.html")
	_ = ui.Parse[socialPage](files, "templates/social.html", "templates/parts.html")
)

// places lists what a person asked for.
func (room *Room) places(w http.ResponseWriter, r *web.Request) error {
	a := readAsk(r.URL.Query(), r.Words.Zone())
	page, err := room.list(r, a, "/places", false)
	if err != nil {
		return err
	}
	page.Title = r.T("directory.search.title")
	if a.Words != "" {
		page.Title = r.T("directory.search.title-words", "Words", a.Words)
	}
	return r.Render(w, page)
}

// list makes the page of a list at a path, of all places or of the social economy alone.
func (room *Room) list(r *web.Request, a ask, path string, social bool) (*placesPage, error) {
	query := room.query(r, a)
	query.Social, query.Limit, query.Offset = social, perPage, (a.Page-1)*perPage
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return nil, err
	}
	page := &placesPage{
		Path:   path,
		Search: ui.SearchBox{Words: r.Words, Action: path, Value: a.Words, Near: true, Place: a.Near, Hidden: carried(a, false)},
		Hidden: carried(a, true),
		When:   when(r, a, found),
		Apply:  ui.Button{Text: r.T("directory.search.apply"), Main: true, Wide: true},
		Total:  found.Total,
		Pages:  ui.Paginate(r.Words, a.Page, min((found.Total+perPage-1)/perPage, pageMax), func(n int) string { return a.onPage(path, n) }),
	}
	page.Page = ui.Page{Scripts: []string{"locate"}, Styles: styles}
	page.Filters = room.filters(r, a, found)
	page.Active, page.Clear = active(r, a, path)
	page.Notices = notices(r, a, found, path)
	page.Results = numbered(room.results(r, found.Found), (a.Page-1)*perPage)
	page.Map = room.resultMap(r, a, found.Found, path)
	if found.Total == 0 {
		page.Empty = empty(r, a, found, path)
		page.Nearest = room.results(r, found.Nearest)
	}
	return page, nil
}

// query puts a question into the directory's terms.
func (room *Room) query(r *web.Request, a ask) directory.Query {
	q := directory.Query{Words: a.Words, Near: a.Near, Here: a.Here, Box: a.Box, Filters: a.Chosen, Language: r.Words.Lang()}
	switch a.Open {
	case "now":
		q.OpenAt = room.Directory.Now()
	case "at":
		q.OpenAt = a.At
	}
	return q
}

// carried is what a form passes on of the question beside its own fields: the search box what is filtered, the filters'
// form what is searched.
func carried(a ask, words bool) []ui.Hidden {
	var hidden []ui.Hidden
	values := a.values()
	for _, name := range []string{"q", "near", "lat", "lon", "box"} {
		if words && values.Has(name) {
			hidden = append(hidden, ui.Hidden{Name: name, Value: values.Get(name)})
		}
	}
	if words {
		return hidden
	}
	for _, name := range append([]string{"open", "at"}, facetNames()...) {
		for _, value := range values[name] {
			hidden = append(hidden, ui.Hidden{Name: name, Value: value})
		}
	}
	return hidden
}

func facetNames() []string {
	names := make([]string, len(facets))
	for i, f := range facets {
		names[i] = f.Name
	}
	return names
}

// when is the choice of an hour.
func when(r *web.Request, a ask, found *directory.Result) whenView {
	v := whenView{
		Label: r.T("directory.search.when"), Open: a.Open != "" || a.AtWrong,
		Any: ui.FilterOption{Value: "any", Text: r.T("directory.search.any-time"), Checked: a.Open == "" && !a.AtWrong, Count: -1},
		Now: ui.FilterOption{Value: "now", Text: r.T("directory.search.open-now"), Checked: a.Open == "now", Count: found.OpenCount},
	}
	label := ui.Label{Words: r.Words, Name: "at", Label: r.T("directory.search.open-at"), Optional: true}
	if a.AtWrong {
		label.Error = r.T("directory.search.open-at-wrong", "Example", found.At.Format(atLayout))
	}
	v.At = ui.Field{Label: label, Type: "datetime-local", Value: a.AtText, Short: true}
	if a.AtWrong {
		v.At.Type = "text" // a browser shows nothing of a date that is none; what was typed stays
	}
	return v
}

// shownValues is how many values of a facet are offered; those chosen always are.
const shownValues = 12

// filters are the groups that narrow the list, each value with how many places it would leave.
func (room *Room) filters(r *web.Request, a ask, found *directory.Result) []ui.FilterGroup {
	groups := make([]ui.FilterGroup, 0, len(facets))
	for _, f := range facets {
		group := ui.FilterGroup{Words: r.Words, Name: f.Name, Label: r.T("directory.search." + f.Name), Icon: f.Icon}
		for i, count := range withChosen(found.Counts[f.Name], a.Chosen[f.Name]) {
			chosen := contains(a.Chosen[f.Name], count.Value)
			if i >= shownValues && !chosen || count.Value == "unknown" && !chosen {
				continue
			}
			group.Options = append(group.Options, ui.FilterOption{
				Value: count.Value, Text: room.label(r, f.Name, count.Value), Count: count.N, Checked: chosen,
			})
		}
		groups = append(groups, group)
	}
	return groups
}

// withChosen adds to the counts what was chosen and would leave nothing.
func withChosen(counts []search.Count, chosen []string) []search.Count {
	for _, value := range chosen {
		there := false
		for _, c := range counts {
			there = there || c.Value == value
		}
		if !there {
			counts = append(counts[:len(counts):len(counts)], search.Count{Value: value})
		}
	}
	return counts
}

func contains(list []string, value string) bool {
	for _, one := range list {
		if one == value {
			return true
		}
	}
	return false
}

// label is a facet's value in words.
func (room *Room) label(r *web.Request, facet, value string) string {
	switch facet {
	case "spoken":
		return r.Words.LanguageName(value)
	case "unit":
		if unit, ok := room.pack.Unit(value); ok {
			return name(r, unit.Name)
		}
		return value
	}
	return word(r, directory.Group(facet), value)
}

// active are the choices made, each with the way to take it back.
func active(r *web.Request, a ask, path string) (ui.Tags, *ui.Link) {
	tags := ui.Tags{Label: r.T("directory.search.active")}
	add := func(text string, without ask) {
		tags.Items = append(tags.Items, ui.Chip{Text: text, Href: without.href(path), Remove: r.T("directory.search.remove", "Name", text)})
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
	for _, f := range facets {
		for _, value := range a.Chosen[f.Name] {
			text := value
			if f.Name == "spoken" {
				text = r.Words.LanguageName(value)
			} else if f.Name != "unit" {
				text = word(r, directory.Group(f.Name), value)
			}
			add(text, a.without(f.Name, value))
		}
	}
	if len(tags.Items) < 2 {
		return tags, nil
	}
	return tags, &ui.Link{Href: a.bare().href(path), Text: r.T("directory.search.clear")}
}

// notices say how the question was understood.
func notices(r *web.Request, a ask, found *directory.Result, path string) []ui.Notice {
	var list []ui.Notice
	if near := found.Near; near != nil && !near.Exact {
		n := ui.Notice{Tone: ui.Wait, Icon: "map-pin", Text: r.T("directory.search.near-unknown", "Near", a.Near)}
		if near.Known {
			n = ui.Notice{Icon: "map-pin", Text: r.T("directory.search.near-taken", "Town", near.Town.Name)}
		}
		for _, town := range near.Others {
			b := a.clone()
			b.Near = town.Name
			n.Links = append(n.Links, ui.Link{Href: b.href(path), Text: town.Name})
		}
		list = append(list, n)
	}
	if found.Corrected != "" {
		list = append(list, ui.Notice{Icon: "info", Text: r.T("directory.search.corrected", "Words", found.Corrected)})
	}
	if found.Translated != nil {
		list = append(list, ui.Notice{Icon: "languages", Text: r.T("directory.search.translated",
			"Words", found.Translated.Asked, "Meaning", word(r, found.Translated.Group, found.Translated.Code))})
	}
	if len(found.Dropped) > 0 && found.Total > 0 {
		list = append(list, ui.Notice{Icon: "info", Text: r.T("directory.search.dropped")})
	}
	return list
}

// numbered gives the places of a list their numbers, which are those of the pins on the map beside it.
func numbered(views []resultView, before int) []resultView {
	for i := range views {
		views[i].Card.Icon, views[i].Card.Number = "", before+i+1
	}
	return views
}

// results shows places as a list does.
func (room *Room) results(r *web.Request, found []directory.Found) []resultView {
	views := make([]resultView, len(found))
	for i := range found {
		f := &found[i]
		card := room.placeCard(r, &f.Place, f.Services, 2)
		if f.Distance >= 0 {
			card.Aside = r.Words.Distance(f.Distance)
		}
		card.Chips = append(card.Chips, stateChip(r.Words, f.State, room.Directory.Now()))
		if len(f.Services) > 0 && allFree(f.Services) {
			card.Chips = append(card.Chips, ui.Chip{Text: word(r, directory.GroupFee, directory.FeeFree)})
		}
		if f.Place.Wheelchair == directory.WheelchairYes {
			card.Chips = append(card.Chips, ui.Chip{Text: word(r, directory.GroupWheelchair, directory.WheelchairYes), Icon: "accessibility"})
		}
		card.Why = why(r, f.Reasons)
		views[i] = resultView{ID: f.Place.ID, Card: card}
	}
	return views
}

// why tells which words led to a place, and where they stand in its record.
func why(r *web.Request, reasons []directory.Reason) string {
	var parts []string
	for _, reason := range reasons {
		matched := reason.Word
		if reason.Matched != "" && reason.Kind == search.Spelling {
			matched = reason.Matched
		}
		part := r.T("directory.reason.matches", "Word", matched, "Where", r.T("directory.reason."+reason.Field))
		if !contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return r.Words.Sentence(r.Words.List(parts))
}

// resultMap draws the places of a page of the list.
func (room *Room) resultMap(r *web.Request, a ask, found []directory.Found, path string) ui.Map {
	m := room.chart.draw(r, r.T("directory.map.picture", "Territory", name(r, r.Territory.Name)), false)
	m.Here = a.Here
	for i := range found {
		if p := &found[i].Place; p.Point != nil {
			m.Pins = append(m.Pins, ui.Pin{At: *p.Point, Number: (a.Page-1)*perPage + i + 1, Name: name(r, p.Name), Href: "#p-" + p.ID})
		}
	}
	switch box := room.pack.Outline.Box(); {
	case a.Box != nil:
		m.Box = a.Box
	case a.Words == "" && a.Near == "" && a.Here == nil && !a.narrowed() || len(m.Pins) == 0:
		m.Box = &box
	}
	m.Closer = func(box geo.Box) string { return a.within(box).href(path) }
	return m
}

// empty tells that nothing fits, and every way on from there.
func empty(r *web.Request, a ask, found *directory.Result, path string) *ui.Empty {
	e := &ui.Empty{Title: r.T("directory.search.none")}
	for _, relaxed := range found.Relaxed {
		b, label := relax(r, a, relaxed.Name)
		e.Ways = append(e.Ways, ui.Link{Href: b.href(path), Icon: "funnel",
			Text: r.T("directory.search.none-relax", "Filter", label) + " · " + r.T("directory.search.relax-count", "N", relaxed.Total)})
	}
	for _, words := range found.Suggest {
		b := a.clone()
		b.Words = words
		e.Ways = append(e.Ways, ui.Link{Href: b.href(path), Text: words, Icon: "search"})
	}
	if a.Words != "" {
		e.Tips = append(e.Tips, r.T("directory.search.none-check"))
	}
	if phone := r.Territory.Phone; phone != "" {
		e.Text = r.T("directory.search.none-call")
		e.Ways = append(e.Ways, ui.Link{Href: ui.TelLink(phone), Text: phone, Icon: "phone"})
	}
	e.Ways = append(e.Ways, ui.Link{Href: path, Text: r.T("directory.home.needs-all"), Icon: "list"})
	return e
}

// relax is the question without one of the things that were asked, and what that thing is called.
func relax(r *web.Request, a ask, thing string) (ask, string) {
	switch thing {
	case directory.RelaxOpen:
		return a.anyTime(), r.T("directory.search.when")
	case directory.RelaxArea, directory.RelaxDistance:
		return a.anywhere(), r.T("directory.search.area")
	case directory.RelaxWords:
		b := a.clone()
		b.Words = ""
		return b, a.Words
	case directory.RelaxAll:
		return a.bare(), r.T("directory.search.filters")
	}
	return a.withoutAll(thing), r.T("directory.search." + thing)
}

func zoom(v float64) string { return strconv.FormatFloat(v, 'f', 1, 64) }
