package directoryweb

import (
	"net/http"
	"net/url"
	"strconv"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// organisationsPerPage is how many organisations one page lists.
const organisationsPerPage = 30

// organisationsPage lists those who answer for the places.
type organisationsPage struct {
	ui.Page
	Search ui.SearchBox
	Total  int
	Cards  ui.Cards
	Pages  ui.Pagination
	Empty  *ui.Empty
}

// organisationPage is all that is known of an organisation.
type organisationPage struct {
	ui.Page
	NameLang string
	Kind     string
	About    string
	AboutIn  string
	Facts    ui.KeyValues
	Places   ui.Cards
}

var (
	_ = ui.Parse[organisationsPage](files, "templates/organisations.html")
	_ = ui.Parse[organisationPage](files, "templates/organisation.html")
)

func (room *Room) organisations(w http.ResponseWriter, r *web.Request) error {
	values := r.URL.Query()
	asked, need := clip(values.Get("q")), clip(values.Get("need"))
	number, _ := strconv.Atoi(values.Get("page"))
	number = min(max(number, 1), pageMax)
	listed, total, err := room.Directory.Organisations(r.Context(), directory.OrganisationQuery{
		Words: asked, Need: need, Language: r.Words.Lang(), Limit: organisationsPerPage, Offset: (number - 1) * organisationsPerPage,
	})
	if err != nil {
		return err
	}
	page := &organisationsPage{
		Search: ui.SearchBox{Words: r.Words, Action: "/organisations", Value: asked, Label: r.T("directory.organisations.search")},
		Total:  total,
		Pages: ui.Paginate(r.Words, number, (total+organisationsPerPage-1)/organisationsPerPage, func(n int) string {
			v := url.Values{"page": {strconv.Itoa(n)}}
			for name, value := range map[string]string{"q": asked, "need": need} {
				if value != "" {
					v.Set(name, value)
				}
			}
			return "/organisations?" + v.Encode()
		}),
	}
	for i := range listed {
		page.Cards.Items = append(page.Cards.Items, organisationCard(r, &listed[i]))
	}
	if total == 0 {
		page.Empty = &ui.Empty{
			Title: r.T("directory.search.none"), Text: r.T("directory.search.none-check"),
			Ways: []ui.Link{{Href: "/organisations", Text: r.T("directory.organisations.title"), Icon: "building-2"}},
		}
	}
	page.Page = ui.Page{Title: r.T("directory.organisations.title"), Styles: sheetStyles}
	return r.Render(w, page)
}

func organisationCard(r *web.Request, o *directory.Listed) ui.Card {
	title, lang := said(r, o.Name)
	card := ui.Card{Title: title, Lang: lang, Href: "/organisations/" + o.ID, Icon: "building-2", Level: 2}
	card.Text = name(r, o.About)
	if o.Town != "" {
		card.Lines = append(card.Lines, ui.Line{Icon: "map-pin", Text: o.Town})
	}
	if o.Places > 0 {
		card.Lines = append(card.Lines, ui.Line{Icon: "list", Text: r.T("directory.home.places", "N", o.Places)})
	}
	return card
}

func (room *Room) organisation(w http.ResponseWriter, r *web.Request) error {
	sheet, err := room.Directory.Organisation(r.Context(), r.PathValue("id"))
	if err != nil {
		return err
	}
	o := &sheet.Organisation
	title, lang := said(r, o.Name)
	page := &organisationPage{NameLang: lang}
	page.Page = ui.Page{Title: title, Styles: sheetStyles, Crumbs: []ui.Crumb{{Text: r.T("directory.organisations.title"), Href: "/organisations"}, {Text: title}}}
	page.About, page.AboutIn = said(r, o.About)
	if o.Kind != "" {
		page.Kind = word(r, directory.GroupKind, o.Kind)
	}
	f := facts{r: r}
	f.add("directory.search.need", series(r, words(r, directory.GroupNeed, o.Needs)), "")
	f.add("directory.place.address", o.Town, "")
	f.contact(o.Contact)
	if !o.Source.Updated.IsZero() {
		f.add("directory.place.updated", r.Words.Date(o.Source.Updated), "")
	}
	page.Facts = f.list()
	for i := range sheet.Places {
		entry := directory.Entry{Place: sheet.Places[i], Services: sheet.Services[sheet.Places[i].ID]}
		brief := entry.Brief()
		page.Places.Items = append(page.Places.Items, room.placeCard(r, &brief, 3))
	}
	return r.Render(w, page)
}

// placeCard is a place as a list shows it, without what a search knows.
func (room *Room) placeCard(r *web.Request, p *directory.Brief, level int) ui.Card {
	title, lang := said(r, p.Name)
	card := ui.Card{Title: title, Lang: lang, Href: "/places/" + p.ID, Icon: "map-pin", Level: level}
	if line := addressLine(r, p.Address); line != "" {
		card.Lines = append(card.Lines, ui.Line{Icon: "map-pin", Text: line})
	} else if p.Itinerant {
		card.Lines = append(card.Lines, ui.Line{Icon: "bus", Text: r.T("directory.place.mobile")})
	}
	if text := offers(r, p.Needs); text != "" {
		card.Text = text
	}
	return card
}

// offersShown is how many needs a card names.
const offersShown = 3

// offers says in one line what a place helps with.
func offers(r *web.Request, needs []string) string {
	return series(r, words(r, directory.GroupNeed, needs[:min(len(needs), offersShown)]))
}
