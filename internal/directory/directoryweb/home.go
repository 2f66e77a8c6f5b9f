package directoryweb

import (
	"net/http"
	"time"

	"parvis/internal/directory"
	"parvis/internal/hours"
	"parvis/internal/search"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// homePage asks what a person needs, and shows the five ways of being helped.
type homePage struct {
	ui.Page
	Search ui.SearchBox
	Doors  ui.Doors
	Needs  ui.Heading
	Common ui.Cards
	Around ui.Heading
	Near   ui.Cards
	More   []ui.Link
}

var _ = ui.Parse[homePage](files, "templates/home.html")

// What the home page shows of the directory.
const (
	homeNeeds  = 6
	homePlaces = 3
)

func (room *Room) home(w http.ResponseWriter, r *web.Request) error {
	page := &homePage{
		Search: ui.SearchBox{Words: r.Words, Big: true, Label: r.T("directory.home.search-label"), Example: r.T("directory.home.example")},
		Needs:  ui.Heading{Text: r.T("directory.home.needs"), More: &ui.Link{Href: "/places", Text: r.T("directory.home.needs-all")}},
		Around: ui.Heading{More: &ui.Link{Href: "/map", Text: r.T("directory.home.map")}},
		More: []ui.Link{
			{Href: "/share", Text: r.T("directory.home.share"), Icon: "share-2"},
			{Href: "/organisations", Text: r.T("directory.organisations.title"), Icon: "building-2"},
		},
	}
	if examples := r.Territory.Examples; len(examples) > 0 {
		page.Search.Example = name(r, examples[0])
	}
	page.Page = ui.Page{Title: r.T("directory.home.title"), Description: name(r, r.Territory.Sentence), Hero: true, Wide: true}
	all, err := room.Directory.Search(r.Context(), directory.Query{Language: r.Words.Lang(), Limit: 1})
	if err != nil {
		return err
	}
	page.Doors = room.doors(r)
	for _, c := range first(all.Counts["need"], homeNeeds) {
		page.Common.Items = append(page.Common.Items, needCard(r, "/places?need="+c.Value, c))
	}
	if err := room.nearby(r, page); err != nil {
		return err
	}
	if social, err := room.Directory.Search(r.Context(), directory.Query{Social: true, Limit: 1}); err == nil && social.Total > 0 {
		page.More = append(page.More, ui.Link{Href: "/social-economy", Text: r.T("directory.home.social"), Icon: "handshake"})
	}
	return r.Render(w, page)
}

// homeReach is how far from the territory's centre the home page looks for places, in metres.
const homeReach = 100_000

// nearby shows places where one can go: those that are open now, the nearest to the centre first; where none is open, the
// nearest all the same, each with when it opens.
func (room *Room) nearby(r *web.Request, page *homePage) error {
	centre := room.pack.Centre
	query := directory.Query{Language: r.Words.Lang(), Here: &centre, Within: homeReach, OpenAt: room.Directory.Now(), Limit: homePlaces}
	page.Around.Text = r.T("directory.home.open")
	found, err := room.Directory.Search(r.Context(), query)
	if err != nil {
		return err
	}
	if len(found.Found) == 0 {
		page.Around.Text = r.T("directory.home.around")
		query.OpenAt = time.Time{}
		if found, err = room.Directory.Search(r.Context(), query); err != nil {
			return err
		}
	}
	for i := range found.Found {
		f := &found.Found[i]
		card := room.placeCard(r, &f.Brief, 3)
		card.Chips = append(card.Chips, stateChip(r.Words, f.State, room.Directory.Now()))
		page.Near.Items = append(page.Near.Items, card)
	}
	return nil
}

func first(counts []search.Count, n int) []search.Count { return counts[:min(len(counts), n)] }

// doors are the ways of being served that the territory offers, in its order and its words.
func (room *Room) doors(r *web.Request) ui.Doors {
	doors := ui.Doors{Label: r.T("directory.home.doors")}
	for _, way := range room.ways() {
		door := ui.Door{Href: "/places?way=" + way, Icon: wayIcons[way], Title: word(r, directory.GroupWay, way), Text: r.T("directory.door." + way)}
		for _, own := range r.Territory.Doors {
			if own.Door == way && len(own.Text) > 0 {
				door.Text = name(r, own.Text)
			}
		}
		if way == directory.WayPhone {
			door = room.phoneDoor(r, door)
		}
		doors.Items = append(doors.Items, door)
	}
	return doors
}

// ways are the territory's doors; all five when it says nothing.
func (room *Room) ways() []string {
	if len(room.pack.Doors) == 0 {
		return directory.Codes(directory.GroupWay)
	}
	ways := make([]string, len(room.pack.Doors))
	for i, door := range room.pack.Doors {
		ways[i] = door.Door
	}
	return ways
}

// phoneDoor leads to the telephone, and says until when somebody answers.
func (room *Room) phoneDoor(r *web.Request, door ui.Door) ui.Door {
	if link := ui.TelLink(r.Territory.Phone); link != "" {
		door.Href = link
	}
	schedule, err := hours.Parse(r.Territory.Hours)
	if err != nil {
		return door
	}
	now := room.Directory.Now()
	state := schedule.At(now, r.Territory.Calendar(r.Words.Lang()))
	switch {
	case state.Open && !state.Until.IsZero():
		door.Text = r.T("directory.door.phone-open", "Until", until(r.Words, state.Until, now))
	case !state.Open && !state.Next.IsZero():
		door.Text = r.T("directory.door.phone-closed", "Next", next(r.Words, state.Next, now))
	}
	return door
}
