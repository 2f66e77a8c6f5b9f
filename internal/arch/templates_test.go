package arch_test

import (
	"fmt"
	"path"
	"regexp"
	"strings"
	"testing"
)

// What no template may hold: the content policy refuses it, or it makes two pages of one.
var refusedMarks = []struct {
	re  *regexp.Regexp
	why string
}{
	{regexp.MustCompile(`(?i)<noscript`), "noscript: the page works without scripts, and says so to nobody"},
	{regexp.MustCompile(`(?i)\sstyle\s*=`), "an inline style: the content policy refuses it"},
	{regexp.MustCompile(`(?i)<style`), "an inline style sheet: the content policy refuses it"},
	{regexp.MustCompile(`(?i)\son[a-z]+\s*=\s*"`), "an inline handler: the content policy refuses it"},
	{regexp.MustCompile(`(?i)<script(\s+(type|defer|async|nonce)[^>]*)?>[^<]`), "an inline script: the content policy refuses it"},
	{regexp.MustCompile(`(?i)(src|href)\s*=\s*"(https?:)?//`), "an address elsewhere: a page loads from its own house"},
}

var (
	comment   = regexp.MustCompile(`(?s)<!--.*?-->`)
	mark      = regexp.MustCompile(`(?s)<[^>]*>`)
	attribute = regexp.MustCompile(`\s[a-z-]+="[^"]*"`) // one that a block of its own adds to a mark
	spoken    = regexp.MustCompile(`(?i)\s(aria-label|alt|title|placeholder)\s*=\s*"([^"]*)"`)
	wordForm  = regexp.MustCompile(`\pL{2,}`)
	entity    = regexp.MustCompile(`&\w+;`)
	ownScript = regexp.MustCompile(`(?s)<(script|code|svg)\b.*?</(script|code|svg)>`)
)

// templateFaults finds marks that a page may not hold and words that stand in the template itself: those would be in one
// language only. What stands inside <code> is nobody's language.
func templateFaults(t *tree) []string {
	var faults []string
	for _, name := range t.names {
		if path.Ext(name) != ".html" || !strings.HasPrefix(name, "internal/") || strings.Contains(name, "testdata/") {
			continue
		}
		text := t.text(name)
		for _, refused := range refusedMarks {
			if found := refused.re.FindString(text); found != "" {
				faults = append(faults, fmt.Sprintf("%s: %q is %s", name, strings.TrimSpace(found), refused.why))
			}
		}
		bare := action.ReplaceAllString(text, "")
		for _, m := range spoken.FindAllStringSubmatch(bare, -1) {
			if wordForm.MatchString(m[2]) {
				faults = append(faults, fmt.Sprintf("%s: %s %q is in one language only", name, m[1], m[2]))
			}
		}
		bare = ownScript.ReplaceAllString(comment.ReplaceAllString(bare, ""), "")
		bare = entity.ReplaceAllString(attribute.ReplaceAllString(mark.ReplaceAllString(bare, " "), " "), " ")
		for _, word := range wordForm.FindAllString(bare, -1) {
			if word != "Parvis" {
				faults = append(faults, fmt.Sprintf("%s: %q is in one language only", name, word))
			}
		}
	}
	return faults
}

func TestTemplatesHoldNoWordsAndNothingInline(t *testing.T) {
	t.Parallel()
	holds(t, templateFaults(house(t)))
	for text, says := range map[string]string{
		`<p>{{.T "x.a"}} now</p>`:                      `"now" is in one language`,
		`<nav aria-label="Main">{{.Nav}}</nav>`:        `aria-label "Main"`,
		`<p style="color:red">{{.A}}</p>`:              "an inline style",
		`<noscript></noscript>`:                        "noscript",
		`<a onclick="go()">{{.A}}</a>`:                 "an inline handler",
		`<script>{{.A}}</script>`:                      "an inline script",
		`<img src="https://example.org/x.png" alt="">`: "an address elsewhere",
	} {
		finds(t, templateFaults(planted(t, "internal/x/templates/x.html", text)), says)
	}
	holds(t, templateFaults(planted(t, "internal/x/templates/x.html",
		"<!-- a note --><p class=\"lead\">{{.T \"x.a\" \"Name\" .Name}}&nbsp;: <b>{{range .All}}{{.}} · {{end}}</b> 3 × 4</p>\n<script src=\"{{.Script}}\" type=\"module\"></script>")))
}
