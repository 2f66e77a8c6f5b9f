package openweb

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/i18n"
)

type cursorInput struct {
	Cursor        string `query:"cursor" doc:"The place to go on from: what the answer before gave as next. Absent: from the beginning."`
	Limit         int    `query:"limit" minimum:"1" maximum:"200" default:"100" doc:"How many places at most."`
	ModifiedAfter string `query:"modified_after" doc:"Only what changed later: a day or an instant. What is gone is among it, with the day it went." example:"2026-05-31"`
}

type placesOutput struct {
	Body struct {
		Places []opendata.Place `json:"places"`
		Next   string           `json:"next,omitempty" doc:"Give it as cursor to go on; absent at the end."`
	}
}

type idInput struct {
	ID string `path:"id" maxLength:"100" doc:"The record's id."`
}

type placeOutput struct{ Body opendata.Place }

// Vocabulary is a vocabulary of the directory with its codes.
type Vocabulary struct {
	Name  string `json:"name"`
	Codes []Code `json:"codes"`
}

// Code is a code of a vocabulary with its words.
type Code struct {
	Code string            `json:"code"`
	Name map[string]string `json:"name" doc:"What it is called, by language."`
}

type vocabulariesOutput struct {
	Body struct {
		Vocabularies []Vocabulary `json:"vocabularies"`
	}
}

// own are the endpoints of our own API.
func (room *Room) own() {
	const tag = "Parvis"
	get(room, "/api/v1/places", "places", tag, "All places, by cursor",
		"Follow next until it is absent. A place that does not change meanwhile is given once, and none is left out.", room.places)
	get(room, "/api/v1/places/{id}", "place", tag, "One place", "A place that closed for good says so in gone.", room.place)
	get(room, "/api/v1/vocabularies", "vocabularies", tag, "The codes that records use, with their words", "", room.vocabularies)
}

func (room *Room) places(ctx context.Context, in *cursorInput) (*placesOutput, error) {
	after, ok := readCursor(in.Cursor)
	if !ok {
		return nil, wrongParameter("cursor", "next")
	}
	since, err := room.since("modified_after", in.ModifiedAfter)
	if err != nil {
		return nil, err
	}
	entries, err := room.Directory.Entries(ctx, directory.EntryQuery{After: after, Limit: in.Limit + 1, ModifiedAfter: since, Gone: !since.IsZero()})
	if err != nil {
		return nil, err
	}
	out := &placesOutput{}
	out.Body.Places = make([]opendata.Place, 0, len(entries))
	if len(entries) > in.Limit {
		entries = entries[:in.Limit]
		out.Body.Next = writeCursor(entries[in.Limit-1].Place.ID)
	}
	setting, now := room.setting(requestOf(ctx)), room.Directory.Now()
	for i := range entries {
		out.Body.Places = append(out.Body.Places, setting.Record(&entries[i], now))
	}
	return out, nil
}

// A cursor is the id of the last place, closed to readers so that they do not make their own.
const cursorMark = "1 "

func writeCursor(id string) string {
	return base64.RawURLEncoding.EncodeToString([]byte(cursorMark + id))
}

func readCursor(text string) (after string, ok bool) {
	if text == "" {
		return "", true
	}
	read, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return "", false
	}
	after, ok = strings.CutPrefix(string(read), cursorMark)
	return after, ok && !strings.ContainsFunc(after, func(r rune) bool { return r < ' ' || r > '~' })
}

func (room *Room) place(ctx context.Context, in *idInput) (*placeOutput, error) {
	e, found, err := room.Directory.Entry(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	if !found {
		return nil, huma.Error404NotFound("no such place")
	}
	return &placeOutput{Body: room.setting(requestOf(ctx)).Record(&e, room.Directory.Now())}, nil
}

func (room *Room) vocabularies(ctx context.Context, _ *struct{}) (*vocabulariesOutput, error) {
	r, out := requestOf(ctx), &vocabulariesOutput{}
	for _, g := range []directory.Group{directory.GroupNeed, directory.GroupAudience, directory.GroupWay, directory.GroupEntry, directory.GroupFee,
		directory.GroupWheelchair, directory.GroupEquipment, directory.GroupKind} {
		v := Vocabulary{Name: string(g)}
		for _, code := range directory.Codes(g) {
			name := map[string]string{}
			for _, lang := range i18n.Languages {
				name[lang] = r.Site.Words.Printer(lang, room.Directory.Setting().Zone, "").T(directory.Key(g, code))
			}
			v.Codes = append(v.Codes, Code{Code: code, Name: name})
		}
		out.Body.Vocabularies = append(out.Body.Vocabularies, v)
	}
	return out, nil
}
