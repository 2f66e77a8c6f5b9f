package openweb

import (
	"context"
	"io"
	"net/http"
	"time"

	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/problem"
	"parvis/internal/web"
)

// file is a whole territory in one format.
type file struct {
	name, kind string
	france     bool // the format is for places in France alone
	write      func(ctx context.Context, room *Room, s *opendata.Setting, w io.Writer) error
}

// files are what can be fetched whole. They are written as they are read: none is held in memory or on the disk.
var files = []file{
	{"places.geojson", "application/geo+json", false, func(ctx context.Context, room *Room, s *opendata.Setting, w io.Writer) error {
		_, err := s.WriteGeoJSON(ctx, room.Directory, w)
		return err
	}},
	{"lieux.csv", "text/csv; charset=utf-8", true, func(ctx context.Context, room *Room, _ *opendata.Setting, w io.Writer) error {
		_, err := room.Directory.WriteStandard(ctx, w, room.pack.Name.In("fr", room.pack.Languages...))
		return err
	}},
	{"data-inclusion.json", "application/json", false, func(ctx context.Context, room *Room, s *opendata.Setting, w io.Writer) error {
		_, _, err := s.WriteInclusion(ctx, room.Directory, w)
		return err
	}},
	{"hsds.ndjson", "application/x-ndjson", false, func(ctx context.Context, room *Room, s *opendata.Setting, w io.Writer) error {
		_, err := s.WriteHSDS(ctx, room.Directory, w)
		return err
	}},
}

// patience is how long a reader may take for each part of a file before it is given up.
const patience = time.Minute

// unhurried is a writer whose reader has time for each part, but not for ever.
type unhurried struct {
	http.ResponseWriter
	control *http.ResponseController
	now     func() time.Time
}

func (u *unhurried) Write(p []byte) (int, error) {
	_ = u.control.SetWriteDeadline(u.now().Add(patience)) // a test's writer has no deadlines, and needs none
	return u.ResponseWriter.Write(p)
}

// file gives a whole territory as a file. A place or a country that a format is not for is told before anything is sent.
func (room *Room) file(f file) web.Handler {
	return func(w http.ResponseWriter, r *web.Request) error {
		if f.france && room.pack.Country != "FR" {
			return problem.New(problem.NotFound, "directory.export.france")
		}
		w.Header().Set("Content-Type", f.kind)
		w.Header().Set("Content-Disposition", `attachment; filename="`+room.pack.ID+"-"+f.name+`"`)
		setting := room.setting(r)
		setting.Languages = room.pack.Languages // a file says the same to everybody
		setting.Word = func(lang string, g directory.Group, code string) string {
			return r.Site.Words.Printer(lang, room.Directory.Setting().Zone, "").T(directory.Key(g, code))
		}
		return f.write(r.Context(), room, setting, &unhurried{w, http.NewResponseController(w), r.Clock.Now})
	}
}
