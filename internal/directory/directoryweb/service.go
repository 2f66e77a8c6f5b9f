package directoryweb

import (
	"time"

	"parvis/internal/directory"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// serviceView is one service as its place's page shows it.
type serviceView struct {
	ID        string
	Name      string
	Lang      string
	Icon      string
	Details   string
	DetailsIn string // their language, where it is not the page's
	Chips     ui.Tags
	Facts     ui.KeyValues
	Book      *ui.Link
}

// services shows each service with what one needs to know to use it.
func (room *Room) services(r *web.Request, sheet *directory.Sheet, now time.Time) []serviceView {
	views := make([]serviceView, 0, len(sheet.Services))
	for i := range sheet.Services {
		s := &sheet.Services[i]
		v := serviceView{ID: s.ID, Icon: "hand-helping", Chips: serviceChips(r, s, now), Facts: serviceFacts(r, s, now)}
		v.Name, v.Lang = said(r, s.Name)
		v.Details, v.DetailsIn = said(r, s.Details)
		if len(s.Needs) > 0 {
			v.Icon = needIcon(s.Needs[0])
		}
		if s.Booking != "" {
			v.Book = &ui.Link{Href: s.Booking, Text: r.T("directory.place.booking"), Icon: "calendar-days", External: true,
				About: r.T("directory.place.booking-on", "Service", v.Name, "Site", host(s.Booking))}
		}
		views = append(views, v)
	}
	return views
}

// serviceChips are its price, its doors, how one gets in, and what is left.
func serviceChips(r *web.Request, s *directory.Service, now time.Time) ui.Tags {
	tags := ui.Tags{Label: r.T("directory.place.facts")}
	if s.Fee != directory.FeeUnknown {
		tags.Items = append(tags.Items, ui.Chip{Text: word(r, directory.GroupFee, s.Fee), Tone: feeTone(s.Fee)})
	}
	for _, way := range s.Ways {
		tags.Items = append(tags.Items, ui.Chip{Text: word(r, directory.GroupWay, way), Icon: wayIcons[way]})
	}
	for _, entry := range s.Entry {
		tags.Items = append(tags.Items, ui.Chip{Text: word(r, directory.GroupEntry, entry)})
	}
	if left, known := s.Capacity.At(now); known {
		chip := ui.Chip{Icon: "users", Tone: ui.Brand, Text: r.T("directory.capacity.left", "N", left, "Date", r.Words.DayMonth(s.Capacity.Said))}
		if left == 0 {
			chip.Tone, chip.Text = ui.Wait, r.T("directory.capacity.none", "Date", r.Words.DayMonth(s.Capacity.Said))
		}
		tags.Items = append(tags.Items, chip)
	}
	return tags
}

func serviceFacts(r *web.Request, s *directory.Service, now time.Time) ui.KeyValues {
	f := facts{r: r}
	f.add("directory.place.for", series(r, words(r, directory.GroupAudience, s.Audiences)), "")
	f.add("directory.place.languages", r.Words.Sentence(languages(r, s.Languages)), "")
	if note, lang := said(r, s.FeeNote); note != "" {
		f.items = append(f.items, ui.KeyValue{Key: r.T("directory.search.fee"), Text: note, Lang: lang})
	}
	f.add("directory.place.hours", hoursText(r, s.Hours, now), "")
	return f.list()
}
