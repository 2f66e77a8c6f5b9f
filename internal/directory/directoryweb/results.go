package directoryweb

import (
	"slices"
	"strings"
	"unicode/utf8"

	"parvis/internal/directory"
	"parvis/internal/fold"
	"parvis/internal/search"
	"parvis/internal/web"
	"parvis/internal/web/ui"
)

// numbered gives the places of a list their numbers, which are those of the pins on the map beside it.
func numbered(views []ui.Result, before int) []ui.Result {
	for i := range views {
		views[i].Card.Icon, views[i].Card.Number = "", before+i+1
	}
	return views
}

// results shows places as a list does that answers a question's words.
func (room *Room) results(r *web.Request, words string, found []directory.Found) []ui.Result {
	words = fold.Fold(words)
	views := make([]ui.Result, len(found))
	for i := range found {
		views[i] = ui.Result{ID: found[i].ID, Card: room.foundCard(r, words, &found[i], 2)}
	}
	return views
}

// foundCard is a place with what a search knows of it: how far, open until when, free, reachable, and why it was found.
func (room *Room) foundCard(r *web.Request, words string, f *directory.Found, level int) ui.Card {
	card := room.placeCard(r, &f.Brief, level)
	if f.Distance >= 0 {
		card.Aside = r.Words.Distance(f.Distance)
	}
	card.Chips = append(card.Chips, stateChip(r.Words, f.State, room.Directory.Now()))
	if f.Free() {
		card.Chips = append(card.Chips, ui.Chip{Text: word(r, directory.GroupFee, directory.FeeFree)})
	}
	if f.Wheelchair == directory.WheelchairYes {
		card.Chips = append(card.Chips, ui.Chip{Text: word(r, directory.GroupWheelchair, directory.WheelchairYes), Icon: "accessibility"})
	}
	card.Why = why(r, words, f.Reasons)
	return card
}

// why tells which of the folded words that were asked for led to a place, and where they stand in its record. Words that
// were typed one after the other and stand in the same part of it are told as one.
func why(r *web.Request, asked string, reasons []directory.Reason) string {
	var said []directory.Reason
	for _, reason := range reasons {
		if reason.Matched != "" && reason.Kind == search.Spelling {
			reason.Word = reason.Matched
		}
		if n := len(said) - 1; n >= 0 && said[n].Field == reason.Field {
			if both, ok := together(asked, said[n].Word, reason.Word); ok {
				said[n].Word = both
				continue
			}
		}
		said = append(said, reason)
	}
	var parts []string
	for _, reason := range said {
		part := r.T("directory.reason.matches", "Word", reason.Word, "Where", r.T("directory.reason."+reason.Field))
		if !slices.Contains(parts, part) {
			parts = append(parts, part)
		}
	}
	return r.Words.Sentence(r.Words.List(parts))
}

// together writes two words as the one who asked did, when one followed the other. Han characters, each a word of its own,
// stand without a space.
func together(asked, one, next string) (string, bool) {
	ways := []string{" ", ""}
	last, _ := utf8.DecodeLastRuneInString(one)
	first, _ := utf8.DecodeRuneInString(next)
	if fold.IsHan(last) && fold.IsHan(first) {
		ways = ways[1:]
	}
	for _, between := range ways {
		if both := one + between + next; strings.Contains(asked, fold.Fold(both)) {
			return both, true
		}
	}
	return "", false
}

// empty tells that nothing fits, and every way on from there.
func (room *Room) empty(r *web.Request, a ask, found *directory.Result, path string) *ui.Empty {
	e := &ui.Empty{Title: r.T("directory.search.none")}
	for _, relaxed := range found.Relaxed {
		b, label := room.relax(r, a, relaxed)
		text := r.T("directory.search.none-relax", "Filter", label, "N", relaxed.Total)
		if relaxed.Name == directory.RelaxAll {
			text = r.T("directory.search.none-all", "N", relaxed.Total)
		}
		e.Ways = append(e.Ways, ui.Link{Href: b.href(path), Text: text, Icon: "funnel"})
	}
	for _, words := range found.Suggest {
		b := a.clone()
		b.Words = words
		e.Ways = append(e.Ways, ui.Link{Href: b.href(path), Text: words, Icon: "search"})
	}
	if a.Words != "" {
		e.Tips = append(e.Tips, r.T("directory.search.none-check"))
	}
	e.Ways = append(e.Ways, ui.Link{Href: path, Text: r.T("directory.home.needs-all"), Icon: "list"})
	if phone := r.Territory.Phone; phone != "" {
		e.Tips = append(e.Tips, r.T("directory.search.none-call"))
		e.Ways = append(e.Ways, ui.Link{Href: ui.TelLink(phone), Text: phone, Icon: "phone"})
	}
	return e
}

// relax is the question without one of the things that were asked, and what that thing is called.
func (room *Room) relax(r *web.Request, a ask, thing directory.Relaxed) (ask, string) {
	switch thing.Name {
	case directory.RelaxOpen:
		if a.Open == "now" {
			return a.anyTime(), r.T("directory.search.open-now")
		}
		return a.anyTime(), r.Words.DateTime(a.At)
	case directory.RelaxArea, directory.RelaxDistance:
		return a.anywhere(), r.T("directory.search.area")
	case directory.RelaxWords:
		b := a.clone()
		b.Words = ""
		return b, a.Words
	case directory.RelaxAll:
		return a.bare(), ""
	}
	values := make([]string, len(thing.Values))
	for i, value := range thing.Values {
		values[i] = room.label(r, thing.Name, value)
	}
	return a.withoutAll(thing.Name), r.Words.ListOr(values)
}
