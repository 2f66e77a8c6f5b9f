// Package openweb gives the directory to other programs: our own API, the endpoints of data.inclusion v1 and HSDS 3.1,
// whole files, and their description as OpenAPI 3.1, which is made from the code.
//
// What always holds:
//
//   - Our own API is read by cursor, in the order of ids that never change: who follows it to its end meets every record
//     that stayed as it was once, whatever happened to the others meanwhile.
//   - The standards' pages are numbered over the order in which records were entered, what is gone included: a record
//     stays on its page.
//   - Every answer has an ETag. Every error is a sentence in the reader's language and a code.
//   - Nobody signs in, and nothing here can be changed.
package openweb

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"parvis/internal/authz"
	"parvis/internal/directory"
	"parvis/internal/directory/opendata"
	"parvis/internal/org"
	"parvis/internal/problem"
	"parvis/internal/web"
)

// Room is the open data of one territory.
type Room struct {
	Directory *directory.Directory
	pack      *org.Pack
	townCode  func(directory.Address) string
	api       huma.API
	mux       *http.ServeMux
}

// NewRoom prepares the open data of a territory.
func NewRoom(d *directory.Directory, pack *org.Pack) *Room {
	room := &Room{Directory: d, pack: pack, townCode: d.TownCodes(), mux: http.NewServeMux()}
	config := huma.DefaultConfig("Parvis: "+pack.Name.In("en", pack.Languages...), "1")
	config.CreateHooks, config.DocsPath, config.SchemasPath, config.OpenAPIPath = nil, "", "", ""
	config.Info.Description = "Places where people find help, what is offered there, and who answers for it. Everything here is public, " +
		"made from one record, and given in our own form and in those of data.inclusion v1 and HSDS 3.1."
	config.RejectUnknownQueryParameters = true
	room.api = humago.New(room.mux, config)
	room.own()
	room.inclusion()
	room.hsds()
	return room
}

// Routes are the endpoints, as the API itself lists them, its description, and the files.
func (room *Room) Routes() []web.Route {
	var routes []web.Route
	for path := range room.api.OpenAPI().Paths {
		routes = append(routes, web.Route{Method: http.MethodGet, Path: path, Can: authz.ReadPublic, Policy: web.Open, Serve: room.serve})
	}
	routes = append(routes, web.Route{Method: http.MethodGet, Path: "/api/openapi.json", Can: authz.ReadPublic, Policy: web.Open, Serve: room.description})
	for _, f := range files {
		routes = append(routes, web.Route{Method: http.MethodGet, Path: "/open-data/" + f.name, Can: authz.ReadPublic, Policy: web.Open, Timeout: -1, Serve: room.file(f)})
	}
	return routes
}

// requestKey is where an endpoint finds the request it answers.
type requestKey struct{}

func requestOf(ctx context.Context) *web.Request { return ctx.Value(requestKey{}).(*web.Request) }

// SettingOf is what the formats need to know for one reader: in their language, with the address that they use.
func SettingOf(r *web.Request) *opendata.Setting {
	return &opendata.Setting{
		Territory: r.Territory.ID, Site: r.Origin(), Country: r.Territory.Country, Zone: r.Words.Zone(),
		Languages: append([]string{r.Words.Lang()}, r.Territory.Languages...),
		Word:      func(_ string, g directory.Group, code string) string { return r.T(directory.Key(g, code)) },
	}
}

// setting is SettingOf, with the codes of towns.
func (room *Room) setting(r *web.Request) *opendata.Setting {
	s := SettingOf(r)
	s.TownCode = room.townCode
	return s
}

// kept is an answer before it is sent.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) WriteHeader(status int)      { k.status = status }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }

// serve lets the API answer, and sends its answer with an ETag; an error goes the way of all errors.
func (room *Room) serve(w http.ResponseWriter, r *web.Request) error {
	k := &kept{header: http.Header{}, status: http.StatusOK}
	ctx := context.WithValue(r.Context(), requestKey{}, r)
	plain := r.Request.WithContext(ctx)
	plain.Header = plain.Header.Clone()
	plain.Header.Set("Accept", "application/json") // the only form there is
	query := plain.URL.Query()
	query.Del("hl") // the language is the site's, not the API's
	address := *plain.URL
	address.RawQuery, plain.URL = query.Encode(), &address
	room.mux.ServeHTTP(k, plain)
	if k.status >= http.StatusBadRequest {
		return asProblem(k)
	}
	return r.Send(w, k.header.Get("Content-Type"), k.body.Bytes())
}

// asProblem is an error of the API as the house knows errors: what is wrong with the question is told by its parameter.
func asProblem(k *kept) error {
	var said huma.ErrorModel
	if err := json.Unmarshal(k.body.Bytes(), &said); err != nil {
		return problem.Because(problem.Internal, fmt.Errorf("an error that cannot be read: %w", err))
	}
	cause := fmt.Errorf("api: %d %s", said.Status, said.Detail)
	switch k.status {
	case http.StatusNotFound:
		return problem.Because(problem.NotFound, cause)
	case http.StatusGone:
		return problem.Because(problem.Gone, cause)
	case http.StatusUnprocessableEntity, http.StatusBadRequest:
		var wrong problem.Fields
		for _, one := range said.Errors {
			if one != nil {
				wrong.Add(strings.TrimPrefix(one.Location, "query."), "directory.api.parameter", "Why", one.Message)
			}
		}
		if err := wrong.Err(); err != nil {
			return err
		}
		return problem.Because(problem.Invalid, cause)
	}
	return problem.Because(problem.Internal, cause)
}

// failed turns an error of the directory into one of the API; its cause is for the log.
func failed(err error) error {
	switch {
	case problem.Is(err, problem.NotFound):
		return huma.Error404NotFound(err.Error())
	case problem.Is(err, problem.Invalid):
		return huma.Error422UnprocessableEntity(err.Error())
	}
	return err
}

// description is the API as OpenAPI 3.1 tells it.
func (room *Room) description(w http.ResponseWriter, r *web.Request) error {
	text, err := json.Marshal(room.api.OpenAPI())
	if err != nil {
		return problem.Because(problem.Internal, err)
	}
	return r.Send(w, "application/vnd.oai.openapi+json;version=3.1", text)
}

// get registers an endpoint.
func get[In, Out any](room *Room, path, id, tag, summary, about string, serve func(context.Context, *In) (*Out, error)) {
	huma.Register(room.api, huma.Operation{
		OperationID: id, Method: http.MethodGet, Path: path, Summary: summary, Description: about, Tags: []string{tag},
		Errors: []int{http.StatusNotFound, http.StatusGone, http.StatusUnprocessableEntity, http.StatusTooManyRequests},
	}, func(ctx context.Context, in *In) (*Out, error) {
		out, err := serve(ctx, in)
		var known huma.StatusError
		if err != nil && !errors.As(err, &known) {
			return nil, failed(err)
		}
		return out, err
	})
}

// wrongParameter says that a parameter cannot be used.
func wrongParameter(name, why string) error {
	return huma.Error422UnprocessableEntity("parameter", &huma.ErrorDetail{Location: "query." + name, Message: why})
}

// since reads a moment as people and programs write it: a day of the territory, or an instant.
func (room *Room) since(name, text string) (time.Time, error) {
	if text == "" {
		return time.Time{}, nil
	}
	for _, form := range []string{time.RFC3339, "2006-01-02T15:04:05", time.DateOnly} {
		if at, err := time.ParseInLocation(form, text, room.Directory.Setting().Zone); err == nil {
			return at, nil
		}
	}
	return time.Time{}, wrongParameter(name, "2026-05-31, 2026-05-31T08:00:00Z")
}
