package main

import (
	"context"
	"fmt"
	"html"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
)

// headers walks the pages of every territory and looks at each answer as an attacker would: what would this browser let
// me do? It also posts to every form from another site, which must be refused. Its planted fault loses the content policy
// of one page on the way.
func headers(ctx context.Context, t *trial) error {
	d, err := startDemo(ctx, t.place)
	if err != nil {
		return err
	}
	defer d.stop()
	var faults []string
	for _, host := range []string{"nord.localhost", "auch.localhost", "sector4.localhost", "hai-van.localhost", "jingan.localhost", "127.0.0.1"} {
		c := &walker{demo: d, trial: t, host: host, shapes: map[string]int{}, forms: map[string]bool{}}
		if err := c.walk(ctx); err != nil {
			return err
		}
		if err := c.attack(ctx); err != nil {
			return err
		}
		faults = append(faults, c.faults...)
	}
	if len(faults) > 0 {
		return broken{fmt.Sprintf("%d faults: %s", len(faults), strings.Join(faults[:min(len(faults), 8)], "; "))}
	}
	if number(t.figures["pages"]) < 20 {
		return broken{fmt.Sprintf("only %v pages were found: the walk is blind", t.figures["pages"])}
	}
	return nil
}

// walker goes through a territory's pages by their links.
type walker struct {
	*demo
	*trial
	host   string
	shapes map[string]int  // how many of a kind were opened
	forms  map[string]bool // where forms are posted to
	faults []string
}

var (
	anchor   = regexp.MustCompile(`<a\b[^>]*?\shref="([^"]*)"`)
	resource = regexp.MustCompile(`<(?:link|script|img)\b[^>]*?\s(?:href|src)="(/[^"]*)"`)
	posted   = regexp.MustCompile(`(?is)<form\b[^>]*method="post"[^>]*>`)
	action   = regexp.MustCompile(`\saction="([^"]*)"`)
	inline   = regexp.MustCompile(`(?i)<script\b(?:\s+(?:type|defer|async)(?:="[^"]*")?)*\s*>|<style|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=`)
	varying  = regexp.MustCompile(`[0-9a-f]{8}-[0-9a-f-]{20,}|\d+`)
)

// walk opens at most cycles pages of each kind.
func (c *walker) walk(ctx context.Context) error {
	queue, seen := []string{"/", "/no-such-page", "/sign-in"}, map[string]bool{}
	for len(queue) > 0 {
		path := queue[0]
		queue = queue[1:]
		kind := varying.ReplaceAllString(strings.SplitN(path, "=", 2)[0], "*")
		if seen[path] || c.shapes[kind] >= max(1, c.cycles) {
			continue
		}
		seen[path] = true
		c.shapes[kind]++
		a, err := c.ask(ctx, http.MethodGet, c.host, path, nil)
		if err != nil {
			return fmt.Errorf("%s%s: %w", c.host, path, err)
		}
		c.look(a, false)
		secure, err := c.ask(ctx, http.MethodGet, c.host, path, nil, "X-Forwarded-Proto", "https", "X-Forwarded-For", "192.0.2.7")
		if err != nil {
			return err
		}
		c.look(secure, true)
		if a.html() {
			c.add("pages", 1)
			queue = append(queue, c.onward(a)...)
		}
	}
	return nil
}

// onward is where a page leads within the territory. It also notes its forms.
func (c *walker) onward(a answer) []string {
	base := &url.URL{Scheme: "http", Host: fmt.Sprintf("%s:%d", c.host, c.port), Path: a.path}
	var paths []string
	for _, m := range slices.Concat(anchor.FindAllStringSubmatch(a.body, -1), resource.FindAllStringSubmatch(a.body, -1)) {
		if u, err := base.Parse(html.UnescapeString(m[1])); err == nil && u.Host == base.Host && u.Scheme == "http" {
			u.Fragment = ""
			paths = append(paths, u.RequestURI())
		}
	}
	for _, form := range posted.FindAllString(a.body, -1) {
		to := a.path
		if m := action.FindStringSubmatch(form); m != nil {
			to = html.UnescapeString(m[1])
		}
		if u, err := base.Parse(to); err == nil && u.Host == base.Host {
			c.forms[varying.ReplaceAllString(u.Path, "*")+" "+u.RequestURI()] = true
		}
	}
	return paths
}

func (c *walker) fault(a answer, format string, args ...any) {
	c.faults = append(c.faults, c.host+a.path+": "+fmt.Sprintf(format, args...))
}

// look checks one answer.
func (c *walker) look(a answer, secure bool) {
	c.add("answers", 1)
	if c.planted && a.path == "/places" {
		a.header.Del("Content-Security-Policy")
	}
	if a.status >= 500 {
		c.fault(a, "status %d", a.status)
	}
	for _, name := range []string{"Server", "X-Powered-By"} {
		if a.header.Get(name) != "" {
			c.fault(a, "it says what it is made of: %s", name)
		}
	}
	if a.header.Get("X-Content-Type-Options") != "nosniff" {
		c.fault(a, "no nosniff")
	}
	if secure && !strings.Contains(a.header.Get("Strict-Transport-Security"), "max-age=") {
		c.fault(a, "no Strict-Transport-Security over https")
	}
	c.cookies(a, secure)
	if a.html() {
		c.page(a)
	}
}

// page checks what only a page needs.
func (c *walker) page(a answer) {
	policy := a.header.Get("Content-Security-Policy")
	for _, directive := range []string{"default-src 'none'", "base-uri 'none'", "form-action 'self'", "frame-ancestors "} {
		if !strings.Contains(policy, directive) {
			c.fault(a, "content policy without %s", directive)
		}
	}
	for _, loose := range []string{"unsafe-", "http:", "https:", "script-src *"} {
		if strings.Contains(policy, loose) {
			c.fault(a, "content policy with %s", loose)
		}
	}
	for name, want := range map[string]string{"Referrer-Policy": "", "Permissions-Policy": "camera=()", "Cross-Origin-Opener-Policy": "same-origin",
		"Cross-Origin-Resource-Policy": "", "Cache-Control": "", "Vary": ""} {
		if got := a.header.Get(name); got == "" || !strings.Contains(got, want) {
			c.fault(a, "%s is %q", name, got)
		}
	}
	if found := inline.FindString(a.body); found != "" {
		c.fault(a, "inline: %s", found)
	}
}

// cookies checks that no script reads a cookie, that none crosses to another site, and that https keeps it.
func (c *walker) cookies(a answer, secure bool) {
	for _, cookie := range (&http.Response{Header: a.header}).Cookies() {
		c.add("cookies", 1)
		if !cookie.HttpOnly || cookie.SameSite != http.SameSiteLaxMode && cookie.SameSite != http.SameSiteStrictMode || cookie.Domain != "" {
			c.fault(a, "cookie %s: %s", cookie.Name, cookie.Raw)
		}
		if secure && !cookie.Secure {
			c.fault(a, "cookie %s is not bound to https", cookie.Name)
		}
	}
}

// attack posts to every form as another site's page would, in each way that a browser marks it.
func (c *walker) attack(ctx context.Context) error {
	for form := range c.forms {
		_, to, _ := strings.Cut(form, " ")
		for _, marks := range [][]string{
			{"Sec-Fetch-Site", "cross-site", "Origin", "https://attacker.example"},
			{"Origin", "https://attacker.example"},
			{"Sec-Fetch-Site", "same-site", "Origin", "http://other.localhost"},
		} {
			marks = append(marks, "Content-Type", "application/x-www-form-urlencoded")
			a, err := c.ask(ctx, http.MethodPost, c.host, to, strings.NewReader("text=x"), marks...)
			if err != nil {
				return err
			}
			c.add("posts from elsewhere", 1)
			if a.status != http.StatusForbidden {
				c.fault(a, "a post from elsewhere (%s) answers %d", strings.Join(marks[:2], ": "), a.status)
			}
		}
	}
	return nil
}
