package web

import (
	"net/http"
	"slices"
	"strings"
)

// strictPolicy is the content policy of every page that is not a map or an embed.
var strictPolicy = []string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "connect-src 'self'",
	"form-action 'self'", "frame-ancestors 'none'", "base-uri 'none'",
	"require-trusted-types-for 'script'", "trusted-types 'none'",
}

// htmlType and its like are shared header values: set without making a new slice for each answer.
var (
	htmlType  = []string{"text/html; charset=utf-8"}
	textType  = []string{"text/plain; charset=utf-8"}
	anyOrigin = []string{"*"}
	nosniff   = []string{"nosniff"}
	gzipped   = []string{"gzip"}
	immutable = []string{"public, max-age=31536000, immutable"}
	noStore   = []string{"no-store"}
	ask       = []string{"private, no-cache"}
	varies    = []string{"Accept-Encoding, Accept-Language, Cookie"}
)

// policies holds the header values of one site, made once.
type policies struct {
	content  [4][]string // by Policy
	fixed    map[string][]string
	overTLS  []string
	embedded []string
}

func newPolicies(site *Site) policies {
	p := policies{
		fixed: map[string][]string{
			"X-Content-Type-Options":       nosniff,
			"Referrer-Policy":              {"same-origin"},
			"Permissions-Policy":           {"geolocation=(self), camera=(), microphone=(), payment=(), usb=(), interest-cohort=()"},
			"Cross-Origin-Opener-Policy":   {"same-origin"},
			"Cross-Origin-Resource-Policy": {"same-origin"},
			"X-Frame-Options":              {"DENY"},
		},
		overTLS:  []string{"max-age=63072000; includeSubDomains"},
		embedded: []string{"cross-origin"},
	}
	p.content[Strict] = []string{strings.Join(strictPolicy, "; ")}
	p.content[Map] = []string{strings.Join(mapPolicy(site.MapSources), "; ")}
	p.content[Open] = []string{"default-src 'none'; frame-ancestors 'none'"}
	p.content[Embed] = []string{strings.Join(embedPolicy(site.MapSources, site.FrameAncestors), "; ")}
	return p
}

// mapPolicy lets a map draw: its worker, pictures it makes itself, tiles from the named origins. MapLibre makes its own
// elements from text, so trusted types are not required here.
func mapPolicy(sources []string) []string {
	policy := slices.DeleteFunc(slices.Clone(strictPolicy), func(d string) bool {
		return strings.Contains(d, "trusted-types")
	})
	more := ""
	if len(sources) > 0 {
		more = " " + strings.Join(sources, " ")
	}
	for i, directive := range policy {
		switch {
		case strings.HasPrefix(directive, "img-src"):
			policy[i] = "img-src 'self' data: blob:" + more
		case strings.HasPrefix(directive, "connect-src"):
			policy[i] = "connect-src 'self'" + more
		}
	}
	return append(policy, "worker-src 'self' blob:", "child-src 'self' blob:")
}

// embedPolicy lets the named sites, or any, show the page in a frame.
func embedPolicy(sources, ancestors []string) []string {
	policy := mapPolicy(sources)
	who := "*"
	if len(ancestors) > 0 {
		who = strings.Join(ancestors, " ")
	}
	for i, directive := range policy {
		if strings.HasPrefix(directive, "frame-ancestors") {
			policy[i] = "frame-ancestors " + who
		}
	}
	return policy
}

// set puts the security headers on an answer.
func (p *policies) set(header http.Header, policy Policy, https bool) {
	for name, value := range p.fixed {
		header[name] = value
	}
	header["Content-Security-Policy"] = p.content[policy]
	if policy == Open {
		header["Access-Control-Allow-Origin"] = anyOrigin
		header["Cross-Origin-Resource-Policy"] = p.embedded
	}
	if policy == Embed {
		header["Cross-Origin-Resource-Policy"] = p.embedded
		delete(header, "X-Frame-Options")
	}
	if https {
		header["Strict-Transport-Security"] = p.overTLS
	}
}

// accepts reports whether the browser takes gzip.
func accepts(r *http.Request) bool {
	for _, line := range r.Header["Accept-Encoding"] {
		for part := range strings.SplitSeq(line, ",") {
			name, quality, _ := strings.Cut(strings.TrimSpace(part), ";")
			if name == "gzip" && strings.ReplaceAll(quality, " ", "") != "q=0" {
				return true
			}
		}
	}
	return false
}
