package ui

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"io/fs"
	"reflect"
	"slices"
	"strings"
	"sync"
)

//go:embed templates
var templates embed.FS

// Locales are the words of this package, for the bundle.
//
//go:embed locales
var Locales embed.FS

// functions are what templates may call. Nothing here depends on the request.
var functions = template.FuncMap{
	"icon":  func(name string) template.HTML { return Icon{Name: name}.HTML() },
	"asset": AssetPath,
	"tel":   func(phone string) template.URL { return Address(TelLink(phone)) },
	"url":   Address,
}

// schemes are what an address of ours may begin with; all else is made harmless.
var schemes = []string{"http:", "https:", "tel:", "mailto:", "geo:", "sms:"}

// Address lets an address into a page: one of this site, or of a scheme that a link may have. Templates call it as "url"
// where an address may begin with tel: or geo:, which html/template itself refuses.
func Address(address string) template.URL {
	scheme, _, found := strings.Cut(address, ":")
	if found && !strings.ContainsAny(scheme, "/?#") && !slices.Contains(schemes, strings.ToLower(scheme)+":") {
		return "#"
	}
	return template.URL(address) //nolint:gosec // its scheme was looked at; the template escapes the rest
}

// layout is the frame that every page is parsed into.
var layout = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("layout.html").Funcs(functions).ParseFS(templates, "templates/layout.html"))
})

// Registered is one page: its template and a zero value of its struct, for the test that checks one against the other.
type Registered struct {
	Name     string
	Template *template.Template // never executed: executing rewrites it, and a check would stumble
	Zero     any                // a pointer to the page's struct

	run *template.Template
}

var (
	registryMu sync.RWMutex
	registry   = map[reflect.Type]Registered{}
)

// Parse ties a page's struct P (which embeds Page) to its template file, which defines "main" and may define "head",
// and keeps both in the registry. Call it from a package variable; it panics where the file does not parse. Further
// files of fsys that the page needs ("parts.html") may follow.
//
//	var _ = ui.Parse[placesPage](files, "templates/places.html")
func Parse[P any](fsys fs.FS, name string, more ...string) *template.Template {
	zero := new(P)
	if _, ok := any(zero).(Framed); !ok {
		panic(fmt.Sprintf("page %s: %T does not embed ui.Page", name, zero))
	}
	t, err := template.Must(layout().Clone()).ParseFS(fsys, append([]string{name}, more...)...)
	if err != nil {
		panic(fmt.Sprintf("page %s: %v", name, err))
	}
	registryMu.Lock()
	defer registryMu.Unlock()
	key := reflect.TypeFor[P]()
	if old, taken := registry[key]; taken {
		panic(fmt.Sprintf("page %s: %s already has the template %s", name, key, old.Name))
	}
	run := template.Must(t.Clone())
	registry[key] = Registered{Name: name, Template: t, Zero: zero, run: run}
	return run
}

// Pages lists every registered page.
func Pages() []Registered {
	registryMu.RLock()
	defer registryMu.RUnlock()
	all := make([]Registered, 0, len(registry))
	for _, page := range registry {
		all = append(all, page)
	}
	return all
}

// Render writes a page into b: its template in the layout, then the pictograms that it uses, once each.
func Render(b *bytes.Buffer, page Framed) error {
	registryMu.RLock()
	found, ok := registry[reflect.TypeOf(page).Elem()]
	registryMu.RUnlock()
	if !ok {
		return fmt.Errorf("page %T has no template: call ui.Parse for it", page)
	}
	if err := found.run.ExecuteTemplate(b, "layout.html", page); err != nil {
		return fmt.Errorf("render page %s: %w", found.Name, err)
	}
	insertSprite(b)
	return nil
}

// components are the templates of the components, one set.
var components = sync.OnceValue(func() *template.Template {
	return template.Must(template.New("components").Funcs(functions).ParseFS(templates, "templates/components/*.html"))
})

// rooms are where components are written.
var rooms = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render makes a component's mark-up. A component whose template fails is a fault of this package, found by its golden
// test; it panics, and web's recovery answers.
func render(name string, component any) template.HTML {
	b := rooms.Get().(*bytes.Buffer)
	defer rooms.Put(b)
	b.Reset()
	if err := components().ExecuteTemplate(b, name+".html", component); err != nil {
		panic(fmt.Sprintf("component %s: %v", name, err))
	}
	return template.HTML(bytes.TrimSpace(b.Bytes())) //nolint:gosec // made by html/template, which escaped it
}
