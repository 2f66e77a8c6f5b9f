package web_test

import (
	"bytes"
	"fmt"
	"mime/multipart"
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"

	"parvis/internal/problem"
	"parvis/internal/web"
	"parvis/internal/web/ui"
	"parvis/internal/web/webtest"
)

type where struct {
	Lat float64 `form:"lat"`
}

type entered struct {
	where
	Name  string                  `form:"name,max=10"`
	About string                  `form:"about"`
	Needs []string                `form:"need"`
	Free  bool                    `form:"free"`
	Page  int                     `form:"page"`
	Big   int64                   `form:"big"`
	Photo *multipart.FileHeader   `form:"photo"`
	More  []*multipart.FileHeader `form:"more"`
	Kept  string
	Not   string `form:"-"`
}

// decoded sends a form (with GET: a query) and gives what came out.
func decoded(t *testing.T, method string, form url.Values) (got entered, err error) {
	t.Helper()
	got.Kept = "kept"
	serve := func(w http.ResponseWriter, r *web.Request) error {
		err = r.Decode(&got)
		return r.Redirect(w, "/")
	}
	client := open(t, webtest.Site(t), get("/form", serve), post("/form", serve))
	if method == http.MethodGet {
		client.Get("/form?" + form.Encode()).Is(303)
	} else {
		client.Post("/form", form).Is(303)
	}
	return got, err
}

func TestFormsAreRead(t *testing.T) {
	t.Parallel()
	form := url.Values{
		"name": {"  Ana\t\x00\u2028Pop "}, "about": {"one\r\ntwo\u0007\xff "}, "need": {" a ", "", "b"}, "free": {"on"}, "page": {" 12 "},
		"big": {"-9000000000"}, "lat": {"43,65"}, "Not": {"x"}, "-": {"x"}, "Kept": {"x"},
	}
	want := entered{where: where{43.65}, Name: "Ana Pop", About: "one\ntwo", Needs: []string{"a", "b"}, Free: true, Page: 12, Big: -9000000000, Kept: "kept"}
	for _, method := range []string{http.MethodGet, http.MethodPost} {
		if got, err := decoded(t, method, form); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", method, got, err)
		}
	}
	if got, err := decoded(t, http.MethodPost, nil); err != nil || !reflect.DeepEqual(got, entered{Kept: "kept"}) {
		t.Errorf("nothing entered: %+v, %v", got, err)
	}
}

func TestWhatCannotBeUsedIsSaidFieldByField(t *testing.T) {
	t.Parallel()
	for name, form := range map[string]url.Values{
		"name": {"name": {"elevenchars"}}, "page": {"page": {"one"}}, "big": {"big": {"99999999999999999999"}}, "lat": {"lat": {"NaN"}},
		"need": {"need": {strings.Repeat("é", 2001)}},
	} {
		got, err := decoded(t, http.MethodPost, form)
		e, ok := err.(*problem.Error) //nolint:errorlint // Decode gives it bare
		if !ok || e.Kind != problem.Invalid || len(e.Fields) != 1 || e.Fields[0].Name != name {
			t.Errorf("%s: %v", name, err)
		}
		if name == "name" && got.Name != "elevenchars" {
			t.Error("what was typed is lost")
		}
	}
	if _, err := decoded(t, http.MethodPost, url.Values{"name": {"Ștefănescu"}}); err != nil {
		t.Errorf("ten letters are ten, whatever their bytes: %v", err)
	}
}

func TestAFormComesBackWithWhatWasTyped(t *testing.T) {
	t.Parallel()
	serve := func(w http.ResponseWriter, r *web.Request) error {
		var in struct {
			Mail string `form:"mail"`
		}
		err := r.Decode(&in)
		if err == nil && !strings.Contains(in.Mail, "@") {
			var wrong problem.Fields
			wrong.Add("mail", "web.too-long", "N", 3)
			err = wrong.Err()
		}
		errors, about := r.Errors(err)
		switch {
		case about:
			return r.Render(w, &hello{Page: ui.Page{Title: "x", Status: 422}, Sum: ui.ErrorSummary{Words: r.Words, Errors: errors},
				Form: ui.Field{Label: ui.Label{Words: r.Words, Name: "mail", Label: "E-mail", Error: errors.For("mail")}, Value: in.Mail}})
		case err != nil:
			return err
		}
		return r.Redirect(w, "/")
	}
	client := open(t, webtest.Site(t), post("/form", serve))
	client.Post("/form", url.Values{"mail": {"ana@example.org"}}).Is(303)
	page := client.Post("/form", url.Values{"mail": {"<ana>"}}).Is(422)
	if page.Attr("#f-mail", "value") != "<ana>" || page.Attr("#f-mail", "aria-invalid") != "true" {
		t.Error("what was typed is not shown again")
	}
	if page.Attr("#errors a", "href") != "#f-mail" || page.Text("#errors a") != "Écrivez 3 caractères au plus." {
		t.Errorf("summary: %s", page.Text("#errors"))
	}
	if id := page.Attr("#f-mail", "aria-describedby"); id == "" || !strings.Contains(page.Text("#"+id), "Écrivez 3 caractères") {
		t.Error("the message does not stand beside the field")
	}
}

func TestBodiesHaveAnEnd(t *testing.T) {
	t.Parallel()
	n := 0
	serve := func(w http.ResponseWriter, r *web.Request) error {
		n++
		var in entered
		if err := r.Decode(&in); err != nil {
			return err
		}
		if in.Photo != nil {
			return r.Redirect(w, fmt.Sprintf("/%d/%d", in.Photo.Size, len(in.More)))
		}
		return r.Redirect(w, "/")
	}
	large := post("/large", serve)
	large.MaxBody = 1 << 20
	client := open(t, webtest.Site(t), post("/form", serve), large)
	big := url.Values{"about": {strings.Repeat("a", 70_000)}}
	page := client.Post("/form", big).Is(413)
	if n != 0 || !page.Has(".call a") {
		t.Error("a body that says its size is refused before it is read")
	}
	chunked := client.With("Content-Type", "application/x-www-form-urlencoded").With("Sec-Fetch-Site", "same-origin")
	chunked.Do(http.MethodPost, "/form", struct{ *strings.Reader }{strings.NewReader(big.Encode())}).Is(413)
	if n != 1 {
		t.Error("a body that says no size is cut where it becomes too large")
	}
	client.Post("/large", big).Is(422) // it fits, but 70,000 characters are more than the field takes

	var b bytes.Buffer
	form := multipart.NewWriter(&b)
	for _, name := range []string{"photo", "more", "more"} {
		part, _ := form.CreateFormFile(name, "../x.jpg")
		_, _ = part.Write(make([]byte, 90_000))
	}
	_ = form.Close()
	send := client.With("Content-Type", form.FormDataContentType()).With("Sec-Fetch-Site", "same-origin")
	if got := send.Do(http.MethodPost, "/large", bytes.NewReader(b.Bytes())).Is(303).Header.Get("Location"); got != "/90000/2" {
		t.Errorf("files: %s", got)
	}
	send.Do(http.MethodPost, "/form", bytes.NewReader(b.Bytes())).Is(413)
	send.Do(http.MethodPost, "/large", strings.NewReader("--broken")).Is(422)
}
