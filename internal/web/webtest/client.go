package webtest

import (
	"bytes"
	"compress/gzip"
	"io"
	"mime"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

// Client asks a handler, and keeps its cookies between requests.
type Client struct {
	t       testing.TB
	handler http.Handler
	jar     *cookiejar.Jar
	base    *url.URL
	header  http.Header
}

// New returns a client of handler that reads French, as a browser on the machine itself.
func New(t testing.TB, handler http.Handler) *Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	base, _ := url.Parse("http://vald.localhost:8080/")
	return &Client{t: t, handler: handler, jar: jar, base: base, header: http.Header{"Accept-Language": {"fr"}}}
}

// With returns a client with the same cookies that sends one more header, or none where value is empty.
func (c *Client) With(name, value string) *Client {
	other := *c
	other.header = c.header.Clone()
	other.header.Del(name)
	if value != "" {
		other.header.Set(name, value)
	}
	return &other
}

// At returns a client, with no cookies yet, that asks under another host name.
func (c *Client) At(host string) *Client {
	other := New(c.t, c.handler)
	other.header = c.header
	other.base = &url.URL{Scheme: c.base.Scheme, Host: host, Path: "/"}
	return other
}

// In returns a client that reads lang.
func (c *Client) In(lang string) *Client { return c.With("Accept-Language", lang) }

// Get fetches a page.
func (c *Client) Get(path string) *Page { return c.Do(http.MethodGet, path, nil) }

// Post sends a form as the page's own form would.
func (c *Client) Post(path string, form url.Values) *Page {
	return c.With("Content-Type", "application/x-www-form-urlencoded").With("Sec-Fetch-Site", "same-origin").
		Do(http.MethodPost, path, strings.NewReader(form.Encode()))
}

// Do sends any request and reads what comes back.
func (c *Client) Do(method, path string, body io.Reader) *Page {
	c.t.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Host = c.base.Host
	r.RemoteAddr = "127.0.0.1:40000"
	for name, values := range c.header {
		r.Header[name] = values
	}
	for _, cookie := range c.jar.Cookies(c.base) {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	c.handler.ServeHTTP(w, r)
	answer := w.Result()
	c.jar.SetCookies(c.base, answer.Cookies())
	raw := w.Body.Bytes()
	page := &Page{t: c.t, Method: method, Path: path, Status: answer.StatusCode, Header: answer.Header, Sent: len(raw), Body: unzip(c.t, answer.Header, raw)}
	if kind, _, _ := mime.ParseMediaType(answer.Header.Get("Content-Type")); kind == "text/html" && len(raw) > 0 {
		page.parse()
	}
	return page
}

func unzip(t testing.TB, header http.Header, raw []byte) string {
	t.Helper()
	if header.Get("Content-Encoding") != "gzip" || len(raw) == 0 {
		return string(raw)
	}
	r, err := gzip.NewReader(bytes.NewReader(raw))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
