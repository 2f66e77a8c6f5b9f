package web

import (
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"

	"parvis/internal/problem"
	"parvis/internal/web/ui"
)

//go:embed templates
var templates embed.FS

// errorPage says what happened and what one can do now.
type errorPage struct {
	ui.Page
	Code   int
	Text   string
	Ways   []ui.Link
	Search ui.SearchBox
	Ask    bool // offer the search
	Fault  bool // ours: the reference matters
}

var _ = ui.Parse[errorPage](templates, "templates/error.html")

// statuses are the answers to each kind of problem.
var statuses = map[problem.Kind]int{
	problem.Internal: http.StatusInternalServerError, problem.Invalid: http.StatusUnprocessableEntity,
	problem.NotFound: http.StatusNotFound, problem.Gone: http.StatusGone, problem.Unauthenticated: http.StatusUnauthorized,
	problem.Forbidden: http.StatusForbidden, problem.Conflict: http.StatusConflict,
	problem.TooLarge: http.StatusRequestEntityTooLarge, problem.TooMany: http.StatusTooManyRequests,
	problem.Unavailable: http.StatusServiceUnavailable, problem.Full: http.StatusInsufficientStorage,
}

// words are the parts of the message keys of each kind: "web.not-found", "web.not-found-text".
var words = map[problem.Kind]string{
	problem.Internal: "internal", problem.Invalid: "invalid", problem.NotFound: "not-found", problem.Gone: "gone",
	problem.Unauthenticated: "unauthenticated", problem.Forbidden: "forbidden", problem.Conflict: "conflict",
	problem.TooLarge: "too-large", problem.TooMany: "too-many", problem.Unavailable: "unavailable", problem.Full: "full",
}

type notAPage struct{ page any }

func (n notAPage) Error() string {
	return fmt.Sprintf("%T is no page: it must be a pointer to a struct that embeds ui.Page", n.page)
}

type foreign string

func (f foreign) Error() string { return "redirect to another site: " + string(f) }

// wrongMethod is a page that exists, asked for in a way that it does not answer.
type wrongMethod struct{ allow string }

func (w wrongMethod) Error() string { return "method not allowed; allowed: " + w.allow }

func problemOf(err error) *problem.Error {
	var e *problem.Error
	if errors.As(err, &e) {
		return e
	}
	return nil
}

// fail answers an error with a page that helps. Its cause goes to the log alone.
func (h *handler) fail(w http.ResponseWriter, r *Request, err error) {
	kind := problem.KindOf(err)
	if errors.Is(err, context.DeadlineExceeded) && kind == problem.Internal {
		kind = problem.Unavailable
	}
	status := statuses[kind]
	name := words[kind]
	header := w.Header()
	var method wrongMethod
	switch {
	case errors.As(err, &method):
		status, name = http.StatusMethodNotAllowed, "method"
		header.Set("Allow", method.allow)
	case errors.Is(r.answer.left(), context.Canceled):
		r.answer.status = 499 // the person left; nobody reads an answer
		h.note(r, slog.LevelInfo, kind, err)
		return
	}
	level := slog.LevelInfo
	if status >= 500 {
		level = slog.LevelError
	}
	h.note(r, level, kind, err)
	if r.answer.started {
		return // too late for a page; the connection ends short and the browser sees it
	}
	header.Del("Content-Length")
	header.Del("Etag")
	header["Cache-Control"] = noStore
	h.headers.set(header, Strict, secure(r.Request))
	if kind == problem.TooMany || kind == problem.Unavailable {
		header.Set("Retry-After", "30")
	}
	r.answer.status = 0
	if strings.HasPrefix(r.URL.Path, "/api/") {
		h.failProgram(w, r, status, name, err)
		return
	}
	if err := r.Render(w, h.errorPage(r, status, name, err)); err != nil {
		h.note(r, slog.LevelError, problem.Internal, err)
		header["Content-Type"] = textType
		w.WriteHeader(http.StatusInternalServerError)
		_, _ = fmt.Fprintf(w, "%s\n%s\n", r.Territory.Phone, r.Ref)
	}
}

// programError is an error as a program gets it: a code that never changes, and a sentence for whoever runs it.
type programError struct {
	Code      string         `json:"code"`
	Sentence  string         `json:"sentence"`
	Fields    []programField `json:"fields,omitempty"`
	Reference string         `json:"reference"`
}

// programField is what is wrong with one parameter.
type programField struct {
	Name     string `json:"name"`
	Sentence string `json:"sentence"`
}

// failProgram answers an error under /api/, where programs ask.
func (h *handler) failProgram(w http.ResponseWriter, r *Request, status int, name string, err error) {
	page := h.errorPage(r, status, name, err)
	said := programError{Code: name, Sentence: page.Text, Reference: r.Ref}
	if fields, ok := r.Errors(err); ok {
		for _, f := range fields {
			said.Fields = append(said.Fields, programField{f.Name, f.Text})
		}
	}
	text, _ := json.Marshal(said) // texts only: it can be written
	header := w.Header()
	h.headers.set(header, Open, secure(r.Request))
	header.Set("Content-Type", "application/json")
	header.Set("Content-Language", r.Words.Lang())
	w.WriteHeader(status)
	_, _ = w.Write(append(text, '\n'))
}

func (h *handler) errorPage(r *Request, status int, name string, err error) *errorPage {
	page := &errorPage{
		Page: ui.Page{Title: r.T("web." + name), Status: status, Private: true},
		Code: status, Text: r.T("web." + name + "-text"), Fault: status >= 500,
		Search: ui.SearchBox{Words: r.Words},
		Ask:    status == http.StatusNotFound || status == http.StatusGone || status == http.StatusMethodNotAllowed,
	}
	if e := problemOf(err); e != nil && e.Key != "" && h.site.Words.Has(r.Words.Lang(), e.Key) {
		page.Text = r.T(e.Key, e.Args...)
	}
	home := ui.Link{Href: "/", Text: r.T("web.to-home"), Icon: "house"}
	switch {
	case status == http.StatusUnauthorized && h.site.SignIn:
		next := "/"
		if r.Method == http.MethodGet {
			next = r.URL.RequestURI()
		}
		page.Ways = []ui.Link{{Href: "/sign-in?next=" + url.QueryEscape(next), Text: r.T("web.to-sign-in"), Icon: "log-in"}, home}
	case status == http.StatusServiceUnavailable || status == http.StatusTooManyRequests || status >= 500:
		if r.Method == http.MethodGet {
			page.Ways = []ui.Link{{Href: r.URL.RequestURI(), Text: r.T("web.again"), Icon: "refresh-cw"}}
		}
		page.Ways = append(page.Ways, home)
	default:
		page.Ways = []ui.Link{home}
	}
	return page
}

// note writes what went wrong into the log, under the reference that the person sees.
func (h *handler) note(r *Request, level slog.Level, kind problem.Kind, err error) {
	h.site.Log.LogAttrs(r.Context(), level, "a request could not be answered as asked",
		slog.String("ref", r.Ref), slog.String("route", r.Pattern), slog.String("kind", kind.String()), slog.Any("cause", err))
}
